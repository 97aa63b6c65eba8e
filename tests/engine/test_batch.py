"""Batches: nothing is built twice, nothing is stale, and every reason is told."""

import json
import os
import shutil
from pathlib import Path
from typing import Any, NoReturn

import pytest

from briefgen.cache.store import Store
from briefgen.diagnostics.finding import Finding
from briefgen.engine import batch as batches
from briefgen.engine.outcome import Outcome
from briefgen.toolchain import fonts, versions

from .conftest import Desk

BOTH_UNCHANGED = {"again": "unchanged", "note": "unchanged"}


def steps(outcome: Outcome) -> list[str]:
    return [why for why in outcome.why if why.startswith("made ")]


def test_what_was_built_is_not_built_again(desk: Desk) -> None:
    first = desk.build()
    assert {slug: outcome.state for slug, outcome in first.items()} == {
        "again": "built",
        "note": "built",
    }
    again = desk.build()
    assert {slug: outcome.state for slug, outcome in again.items()} == BOTH_UNCHANGED
    for slug, outcome in again.items():
        assert outcome.findings == first[slug].findings, "findings are replayed"
        assert outcome.outputs == first[slug].outputs
        assert outcome.counts == first[slug].counts


def test_nothing_heavy_is_asked_when_nothing_has_changed(desk: Desk) -> None:
    desk.build()

    def never() -> NoReturn:
        raise AssertionError("the workspace was opened")

    batch = desk.batch()
    batch.opened = never
    assert [outcome.state for outcome in batch.run(["again", "note"])] == ["unchanged"] * 2


def test_a_file_that_is_touched_has_not_changed(desk: Desk) -> None:
    desk.build()
    for file in desk.root.rglob("data/**/*"):
        os.utime(file, (1, 1))
    assert desk.states() == BOTH_UNCHANGED


def test_one_cell_concerns_what_shows_it(desk: Desk) -> None:
    desk.build()
    desk.edit("briefings/note/tables/prices.csv", "gpt,72", "gpt,73")
    outcomes = desk.build()
    assert outcomes["again"].state == "unchanged"
    assert outcomes["note"].state == "built"
    assert outcomes["note"].why == (
        "`data/briefings/note/tables/prices.csv` changed",
        "made 1 of 1 drawing (price-chart)",
        "made 1 of 1 page",
    )
    assert b"73" in desk.files()["note/note.html"]


def test_a_word_draws_nothing_anew(desk: Desk) -> None:
    desk.build()
    desk.edit("briefings/note/overview.md", "价格下降", "价格回落")
    (outcome,) = desk.build(["note"]).values()
    assert steps(outcome) == ["made 0 of 1 drawing", "made 1 of 1 page"]


def test_a_comment_makes_a_new_record_and_nothing_else(desk: Desk) -> None:
    desk.build()
    before = desk.files()["note/note.html"]
    desk.edit("briefings/note/briefing.yaml", "kind: 行业点评", "# comment\nkind: 行业点评")
    (outcome,) = desk.build(["note"]).values()
    assert steps(outcome) == ["made 0 of 1 drawing", "made 0 of 1 page"]
    assert desk.files()["note/note.html"] == before


def test_what_is_put_back_comes_from_the_cache(desk: Desk) -> None:
    desk.build()
    before = desk.files()
    desk.edit("briefings/note/tables/prices.csv", "gpt,72", "gpt,73")
    desk.build(["note"])
    desk.edit("briefings/note/tables/prices.csv", "gpt,73", "gpt,72")
    (outcome,) = desk.build(["note"]).values()
    assert outcome.state == "built"
    assert outcome.why[-1] == "all of it came from the cache"
    assert {name: c for name, c in desk.files().items() if "~" not in name} == before


@pytest.mark.parametrize("spoil", ["alter", "delete", "cut"])
def test_an_edition_that_was_spoilt_is_put_back(desk: Desk, spoil: str) -> None:
    desk.build()
    before, file = desk.files(), desk.output / "note" / "note.html"
    if spoil == "delete":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-10] if spoil == "cut" else b"other")
    (outcome,) = desk.build(["note"]).values()
    told = "is missing" if spoil == "delete" else "was altered"
    assert outcome.why == (f"`note.html` {told}", "all of it came from the cache")
    assert desk.files() == before


def test_a_shared_record_concerns_who_reads_it(desk: Desk) -> None:
    desk.build()
    desk.edit("brokerages/house.yaml", "names:", "# comment\nnames:")
    outcomes = desk.build(["again", "note", "other"])
    assert [outcomes[slug].why[0] for slug in ("again", "note")] == [
        "`data/brokerages/house.yaml` changed"
    ] * 2
    desk.edit("brokerages/house.yaml", "# comment\n", "# another\n")
    assert desk.build(["other"])["other"].state == "unchanged"


def test_settings_concern_editions_if_these_are_made_from_them(desk: Desk) -> None:
    desk.build()
    before = desk.files()
    desk.edit("workspace.yaml", "name:", "cache_mb: 9\nsite: {language: en}\nname:")
    assert desk.states() == BOTH_UNCHANGED
    assert desk.files() == before
    desk.edit("workspace.yaml", "website: 12", "website: 11")
    why = desk.build(["note"])["note"].why[0]
    assert why == "`data/workspace.yaml#editions` changed"


def test_a_new_file_is_looked_at_but_concerns_nobody_who_does_not_read_it(desk: Desk) -> None:
    desk.build()
    desk.file("briefings/note/notes.txt").write_text("draft")
    assert desk.states() == BOTH_UNCHANGED


def test_a_file_that_appears_is_read(desk: Desk) -> None:
    desk.file("glossary.yaml").rename(desk.root / "away.yaml")
    desk.build()
    (desk.root / "away.yaml").rename(desk.file("glossary.yaml"))
    (outcome,) = desk.build(["note"]).values()
    assert outcome.why[0] == "`data/glossary.yaml` is new"


def test_other_formats_are_another_edition(desk: Desk) -> None:
    desk.build()
    (outcome,) = desk.build(["again"], formats=("plain",)).values()
    assert outcome.why[0] == "formats plain, not html"
    assert desk.build(["again"])["again"].why[0] == "formats html, not plain"


def test_own_templates_count(desk: Desk) -> None:
    desk.build(["again"])
    own = desk.root / "templates" / "labels" / "zh-CN.yaml"
    own.parent.mkdir(parents=True)
    bundled = Path(batches.__file__).parents[2] / "templates" / "labels" / "zh-CN.yaml"
    own.write_text(bundled.read_text(encoding="utf-8") + "\n# own\n", encoding="utf-8")
    (outcome,) = desk.build(["again"]).values()
    assert outcome.why[0] == "`templates/labels/zh-CN.yaml` changed"
    assert desk.build(["again"])["again"].state == "unchanged"


def test_another_library_makes_everything_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.build()
    real = versions._version
    monkeypatch.setattr(
        versions, "_version", lambda name: "99.0" if name == "weasyprint" else real(name)
    )
    (outcome,) = desk.build(["note"]).values()
    assert outcome.why[0].startswith("weasyprint 99.0, not ")
    assert steps(outcome) == ["made 1 of 1 drawing (price-chart)", "made 1 of 1 page"]


def test_changed_code_makes_everything_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.build(["again"])
    monkeypatch.setattr(versions, "code_digest", lambda: "0" * 64)
    assert desk.build(["again"])["again"].why[0] == "the code of briefgen changed"


def test_another_font_makes_everything_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.build(["again"])
    real = fonts.digest
    monkeypatch.setattr(fonts, "digest", lambda file: real(file)[::-1])
    monkeypatch.setattr("briefgen.engine.present.face_of", lambda file: (str(file), 1, 1))
    (outcome,) = desk.build(["again"]).values()
    assert "Noto Sans CJK SC regular changed" in outcome.why


def test_without_the_cache_the_bytes_are_the_same(desk: Desk) -> None:
    desk.build()
    desk.edit("briefings/note/tables/prices.csv", "gpt,72", "gpt,73")
    desk.build()
    cached = desk.files()
    fresh = desk.build(cache=None, output=desk.root / "fresh")
    assert fresh["note"].why[0] == "the cache is not used"
    assert {outcome.state for outcome in fresh.values()} == {"built"}
    for name, content in cached.items():
        assert (desk.root / "fresh" / name).read_bytes() == content, name


def test_a_briefing_with_errors_leaves_the_others_and_its_last_edition(desk: Desk) -> None:
    desk.build()
    before = desk.files()
    desk.edit("briefings/note/briefing.yaml", "kind: overview", "kind: overvieuw")
    desk.edit("briefings/again/overview.md", "价格下降", "价格回落")
    seen: list[str] = []
    batch = desk.batch(lambda outcome: seen.append(outcome.slug))
    outcomes = batch.run(["note", "again"])
    assert [outcome.state for outcome in outcomes] == ["failed", "built"]
    assert [finding.code for finding in outcomes[0].findings] == ["LOD106"]
    assert seen == ["note", "again"]
    assert desk.files()["note/note.html"] == before["note/note.html"]
    desk.edit("briefings/note/briefing.yaml", "kind: overvieuw", "kind: overview")
    assert desk.build(["note"])["note"].state == "unchanged"


def test_a_bug_is_told_and_leaves_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefgen import pipeline

    real = pipeline.prepare

    def broken(workspace: object, slug: str, formats: object) -> object:
        if slug == "note":
            raise RuntimeError("broken within")
        return real(workspace, slug, formats)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "prepare", broken)
    outcomes = desk.build(["note", "again"])
    assert outcomes["again"].state == "built"
    (finding,) = outcomes["note"].findings
    assert finding.code == "ENG103"
    assert finding.message.endswith("RuntimeError: broken within")
    named = Path((finding.help or "").removeprefix("the traceback is in ").split(";")[0])
    assert "broken within" in named.read_text(encoding="utf-8")
    named.unlink()


@pytest.mark.parametrize("damage", ["cut", "empty", "garbage"])
def test_damaged_entries_are_made_anew(desk: Desk, damage: str) -> None:
    desk.build(["note"])
    before = desk.files()
    for file in desk.cache.glob("*/??/*"):
        content = file.read_bytes()
        file.write_bytes({"cut": content[:-5], "empty": b"", "garbage": b"x" * 99}[damage])
    (desk.output / "note" / "note.html").unlink()
    (outcome,) = desk.build(["note"]).values()
    assert steps(outcome) == ["made 1 of 1 drawing (price-chart)", "made 1 of 1 page"]
    assert desk.files() == before
    assert Store(desk.cache).damaged() == []


TRACE = {"slug": "note", "key": "", "formats": [], "toolchain": {}, "faces": [], "names": ""}
TRACE |= {"files": {}, "reads": {}, "outputs": {}, "counts": {}, "findings": []}


@pytest.mark.parametrize(
    "spoilt",
    [
        *("", "{", "[]", '{"slug": "note"}'),
        *({"toolchain": []}, {"outputs": None}, {"faces": [["a"]]}, {"files": {"a\0": ""}}),
        *({"files": []}, {"findings": [1]}, {"counts": None}),
    ],
    ids=str,
)
def test_a_trace_that_is_none_costs_a_look_and_no_more(desk: Desk, spoilt: object) -> None:
    desk.build(["note"])
    store = Store(desk.cache)
    (entry,) = (entry for entry in store.entries() if entry.stage == "trace")
    content = spoilt if isinstance(spoilt, str) else json.dumps({**TRACE, **spoilt})  # type: ignore[dict-item]
    store.put("trace", entry.key, content.encode())
    (outcome,) = desk.build(["note"]).values()
    assert outcome.state == "unchanged"
    assert json.loads(store.get("trace", entry.key) or b"")["slug"] == "note"


def test_a_file_that_appears_while_an_edition_is_made_is_seen_next_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = batches.Batch._submit

    def appear(batch: batches.Batch, *given: Any) -> None:
        desk.file("briefings/note/relations.yaml").write_text("a: [")
        real(batch, *given)

    monkeypatch.setattr(batches.Batch, "_submit", appear)
    assert desk.build(["note"])["note"].state == "built"
    assert desk.build(["note"])["note"].state == "failed"


def test_a_link_out_of_the_folder_is_no_file_of_it(desk: Desk) -> None:
    desk.build(["note"])
    overview = desk.file("briefings/note/overview.md")
    overview.rename(desk.root / "overview.md")
    overview.symlink_to(desk.root / "overview.md")
    (outcome,) = desk.build(["note"]).values()
    assert [finding.code for finding in outcome.findings] == ["LOD109"]


def test_odd_things_below_the_data_are_no_matter(desk: Desk) -> None:
    desk.build(["note"])
    (desk.file("briefings/note") / os.fsdecode(b"\xff.txt")).touch()
    desk.file("briefings/note/loop").symlink_to(desk.file("briefings"))
    assert desk.build(["note"])["note"].state == "unchanged"
    desk.file("briefings/note/overview.md").unlink()
    os.mkfifo(desk.file("briefings/note/overview.md"))
    assert desk.build(["note"])["note"].state == "failed"


@pytest.mark.parametrize("name", ["../../outside.txt", "/tmp/outside.txt", ".hidden", "a/b"])
def test_an_entry_that_names_other_files_is_none(desk: Desk, name: str) -> None:
    desk.build(["again"])
    before, store = desk.files(), Store(desk.cache)
    (entry,) = (entry for entry in store.entries() if entry.stage == "edition")
    content = store.get("edition", entry.key) or b""
    store.put("edition", entry.key, content.replace(b'"again.html"', json.dumps(name).encode()))
    shutil.rmtree(desk.output)
    (outcome,) = desk.build(["again"]).values()
    assert steps(outcome) == ["made 0 of 1 page"]
    assert desk.files() == before
    assert not Path("/tmp/outside.txt").exists()


@pytest.mark.parametrize("kind", ["link", "file"])
def test_an_edition_takes_the_place_of_folders_only(desk: Desk, tmp_path: Path, kind: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("mine")
    desk.output.mkdir()
    place = desk.output / "again"
    if kind == "link":
        place.symlink_to(elsewhere)
    else:
        place.write_text("mine")
    (outcome,) = desk.build(["again"]).values()
    assert outcome.findings[-1].message.endswith("again`: it is no folder")
    assert [path.name for path in desk.output.iterdir()] == ["again"]
    assert (elsewhere / "mine.txt").read_text() == "mine"


def test_a_cache_that_cannot_be_written_is_said_once(desk: Desk) -> None:
    (desk.root / "file").write_text("here is a file")
    batch = desk.batch(cache=desk.root / "file")
    outcomes = batch.run(["again"])
    assert [outcome.state for outcome in outcomes] == ["built"]
    (finding,) = batch.findings
    assert isinstance(finding, Finding)
    assert finding.code == "CAC101"


def test_an_output_that_cannot_be_written_is_a_failure(desk: Desk) -> None:
    desk.output.write_text("here is a file")
    (outcome,) = desk.build(["again"]).values()
    assert (outcome.state, outcome.folder) == ("failed", None)
    assert [finding.code for finding in outcome.findings] == ["PUB101"]


def test_ctrl_c_ends_it_and_the_next_run_does_the_rest(desk: Desk) -> None:
    def interrupt(_: Outcome) -> None:
        raise KeyboardInterrupt

    batch = desk.batch(interrupt)
    states = {outcome.slug: outcome.state for outcome in batch.run(["again", "note"])}
    assert sorted(states.values()) == ["built", "not-run"]
    assert batch.is_stopped
    then = {"built": "unchanged", "not-run": "built"}
    assert desk.states() == {slug: then[state] for slug, state in states.items()}


def test_the_cache_is_kept_within_its_limit(desk: Desk) -> None:
    desk.edit("workspace.yaml", "name:", "cache_mb: 0\nname:")
    desk.build(["again"])
    assert list(Store(desk.cache).entries()) == []


def test_a_cache_serves_a_workspace_in_another_place(desk: Desk, tmp_path: Path) -> None:
    desk.build(["note"])
    other = Desk(tmp_path / "another" / "place")
    shutil.copytree(desk.root / "data", other.root / "data")
    (outcome,) = other.build(["note"], cache=desk.cache).values()
    assert outcome.why == ("no earlier build of it is known", "all of it came from the cache")
    assert other.files() == desk.files()


def test_a_row_concerns_its_edition(desk: Desk) -> None:
    desk.edit(
        "briefings/note/briefing.yaml",
        "title: 一份很短的点评",
        "for_each: {table: prices}\ntitle: 关于 ${model} 的点评",
    )
    slugs = ["note.gpt", "note.moonshot"]
    assert {outcome.state for outcome in desk.build(slugs).values()} == {"built"}
    desk.edit("briefings/note/tables/prices.csv", "gpt,72", "gpt,73")
    outcomes = desk.build(slugs)
    assert (
        outcomes["note.gpt"].why[0] == "`data/briefings/note/tables/prices.csv#model=gpt` changed"
    )
    assert outcomes["note.moonshot"].state == "unchanged"


def test_other_rows_are_told_apart_without_loading(desk: Desk) -> None:
    front, prices = "briefings/note/briefing.yaml", "briefings/note/tables/prices.csv"
    desk.edit(front, "title: 一份很短的点评", "for_each: {table: prices}\ntitle: 关于 ${model}")
    desk.build(["note.gpt", "note.moonshot"])
    desk.edit(prices, "gpt,72", "gpt,73")

    def never() -> NoReturn:
        raise AssertionError("the workspace was opened")

    batch = desk.batch()
    batch.opened = never
    assert [outcome.state for outcome in batch.run(["note.moonshot"])] == ["unchanged"]
    desk.edit(prices, "gpt,73", 'gpt,"73')
    assert desk.build(["note.moonshot"])["note.moonshot"].state == "failed", "the file is broken"
