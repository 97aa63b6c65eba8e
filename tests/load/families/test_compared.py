"""Of a briefing that is compared, only what can be set side by side counts as read."""

from tests.load.families.conftest import Watch


def test_of_a_compared_briefing_no_prose_is_read(watch: Watch) -> None:
    before = watch.load("watch.kimi")
    assert before.made.value is not None
    other = watch.desk.briefing
    told = {name.removeprefix(f"{other}/") for name in before.reads if name.startswith(other)}
    assert {"briefing.yaml", "facts.yaml", "tables/prices.csv"} <= told
    assert not {name for name in told if name.endswith(".md")}
    watch.desk.write(f"{other}/chain.md", "别的话 {{ nothing }}\n")
    after = watch.load("watch.kimi")
    assert (after.reads, after.files, after.made) == (before.reads, before.files, before.made)
