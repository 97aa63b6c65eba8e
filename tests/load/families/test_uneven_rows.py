"""A row with too few or too many cells concerns the edition that it may belong to, and no other."""

import pytest

from briefgen.load.parts import part_of
from tests.load.families.conftest import PRICES, Watch

OTHERS = {"watch.kimi", "watch.rich"}


@pytest.mark.parametrize("row", ["b-2,byte", "byte,7", "b-2,byte,字节跳动,7,8"])
def test_it_concerns_the_edition_whose_key_it_holds(watch: Watch, row: str) -> None:
    watch.without_comparison()
    before = {slug: watch.load(slug) for slug in OTHERS}
    watch.desk.edit(PRICES, "k-1,kimi,月之暗面,60\n", f"k-1,kimi,月之暗面,60\n{row}\n")
    assert set(watch.slugs()) == OTHERS | {"watch", "watch.byte"}
    for slug in ("watch", "watch.byte"):
        found = watch.finding(slug)
        assert (found.code, str(found.place)) == ("LOD304", f"{PRICES}:3:1")
    for slug in OTHERS:
        after = watch.load(slug)
        assert after.made.value is not None
        assert (after.reads, after.made.value) == (before[slug].reads, before[slug].made.value)


@pytest.mark.parametrize("row", ["new,next", "5"])
def test_without_a_key_the_family_shows_it(watch: Watch, row: str) -> None:
    watch.without_comparison()
    watch.desk.write(PRICES, f"{watch.desk.read(PRICES)}{row}\n")
    assert set(watch.slugs()) == OTHERS | {"watch", "watch.byte"}
    assert watch.finding("watch").code == "LOD304"
    for slug in (*OTHERS, "watch.byte"):
        assert watch.load(slug).made.value is not None


def test_who_reads_all_rows_is_concerned(watch: Watch) -> None:
    watch.desk.write(PRICES, f"{watch.desk.read(PRICES)}new,next\n")
    assert watch.finding("watch.kimi").code == "LOD304"


def test_an_uneven_row_is_in_no_part() -> None:
    text = 'id,vendor\n1,"k\n\n1"\n"b\n2"\n\n3,c\n'
    assert part_of(text, "p.csv", "vendor", "k\n\n1") == b'id,vendor\n1,"k\n\n1"\n'
    assert part_of(text, "p.csv", "vendor", "c") == b"id,vendor\n3,c\n"
