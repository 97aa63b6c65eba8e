"""Batches: nothing is built twice, nothing is stale, and every reason is told."""

import json
import os
import shutil
from pathlib import Path
from typing import Any, NoReturn

import pytest

from briefgen.cache.store import Entry, Store
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


def test_nothing_heavy_is_asked_when_nothing_has_changed(built: Desk) -> None:

    def never() -> NoReturn:
        raise AssertionError("the workspace was opened")

    batch = built.batch()
    batch.opened = never
    assert [outcome.state for outcome in batch.run(["again", "note"])] == ["unchanged"] * 2


def test_a_file_that_is_touched_has_not_changed(built: Desk) -> None:
    for file in built.root.rglob("data/**/*"):
        os.utime(file, (1, 1))
    assert built.states() == BOTH_UNCHANGED


def test_one_cell_concerns_what_shows_it(built: Desk) -> None:
    built.edit("briefings/note/tables/prices.csv", "gpt,72", "gpt,73")
    outcomes = built.build()
    assert outcomes["again"].state == "unchanged"
    assert outcomes["note"].state == "built"
    assert outcomes["note"].why == (
        "`data/briefings/note/tables/prices.csv` changed",
        "made 1 of 1 drawing (price-chart)",
        "made 1 of 1 page",
    )
    assert b"73" in built.files()["note/note.html"]


def test_a_word_draws_nothing_anew(built: Desk) -> None:
    built.edit("briefings/note/overview.md", "价格下降", "价格回落")
    (outcome,) = built.build(["note"]).values()
    assert steps(outcome) == ["made 0 of 1 drawing", "made 1 of 1 page"]


def test_a_comment_makes_a_new_record_and_nothing_else(built: Desk) -> None:
    before = built.files()["note/note.html"]
    built.edit("briefings/note/briefing.yaml", "kind: 行业点评", "# comment\nkind: 行业点评")
    (outcome,) = built.build(["note"]).values()
    assert steps(outcome) == ["made 0 of 1 drawing", "made 0 of 1 page"]
    assert built.files()["note/note.html"] == before


def test_what_is_put_back_comes_from_the_cache(built: Desk) -> None:
    before = built.files()
    built.edit("briefings/note/tables/prices.csv", "gpt,72", "gpt,73")
    built.build(["note"])
    built.edit("briefings/note/tables/prices.csv", "gpt,73", "gpt,72")
    (outcome,) = built.build(["note"]).values()
    assert outcome.state == "built"
    assert outcome.why[-1] == "all of it came from the cache"
    assert {name: c for name, c in built.files().items() if "~" not in name} == before


@pytest.mark.parametrize("spoil", ["alter", "delete", "cut"])
def test_an_edition_that_was_spoilt_is_put_back(built: Desk, spoil: str) -> None:
    before, file = built.files(), built.output / "note" / "note.html"
    if spoil == "delete":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-10] if spoil == "cut" else b"other")
    (outcome,) = built.build(["note"]).values()
    told = "is missing" if spoil == "delete" else "was altered"
    assert outcome.why == (f"`note.html` {told}", "all of it came from the cache")
    assert built.files() == before


def test_a_shared_record_concerns_who_reads_it(built: Desk) -> None:
    built.edit("brokerages/house.yaml", "names:", "# comment\nnames:")
    outcomes = built.build(["again", "note", "other"])
    assert [outcomes[slug].why[0] for slug in ("again", "note")] == [
        "`data/brokerages/house.yaml` changed"
    ] * 2
    built.edit("brokerages/house.yaml", "# comment\n", "# another\n")
    assert built.build(["other"])["other"].state == "unchanged"


def test_settings_concern_editions_if_these_are_made_from_them(built: Desk) -> None:
    before = built.files()
    built.edit("workspace.yaml", "name:", "cache_mb: 9\nsite: {language: en}\nname:")
    assert built.states() == BOTH_UNCHANGED
    assert built.files() == before
    built.edit("workspace.yaml", "website: 12", "website: 11")
    why = built.build(["note"])["note"].why[0]
    assert why == "`data/workspace.yaml#editions` changed"


def test_a_new_file_is_looked_at_but_concerns_nobody_who_does_not_read_it(built: Desk) -> None:
    built.file("briefings/note/notes.txt").write_text("draft")
    assert built.states() == BOTH_UNCHANGED


def test_a_file_that_appears_is_read(desk: Desk) -> None:
    desk.file("glossary.yaml").rename(desk.root / "away.yaml")
    desk.build()
    (desk.root / "away.yaml").rename(desk.file("glossary.yaml"))
    (outcome,) = desk.build(["note"]).values()
    assert outcome.why[0] == "`data/glossary.yaml` is new"


def test_other_formats_are_another_edition(built: Desk) -> None:
    (outcome,) = built.build(["again"], formats=("plain",)).values()
    assert outcome.why[0] == "formats plain, not html"
    assert built.build(["again"])["again"].why[0] == "formats html, not plain"


def test_own_templates_count(built: Desk) -> None:
    own = built.root / "templates" / "labels" / "zh-CN.yaml"
    own.parent.mkdir(parents=True)
    bundled = Path(batches.__file__).parents[2] / "templates" / "labels" / "zh-CN.yaml"
    own.write_text(bundled.read_text(encoding="utf-8") + "\n# own\n", encoding="utf-8")
    (outcome,) = built.build(["again"]).values()
    assert outcome.why[0] == "`templates/labels/zh-CN.yaml` changed"
    assert built.build(["again"])["again"].state == "unchanged"


def test_another_library_makes_everything_anew(
    built: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = versions._version
    monkeypatch.setattr(
        versions, "_version", lambda name: "99.0" if name == "weasyprint" else real(name)
    )
    (outcome,) = built.build(["note"]).values()
    assert outcome.why[0].startswith("weasyprint 99.0, not ")
    assert steps(outcome) == ["made 1 of 1 drawing (price-chart)", "made 1 of 1 page"]


def test_changed_code_makes_everything_anew(built: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "code_digest", lambda: "0" * 64)
    assert built.build(["again"])["again"].why[0] == "the code of briefgen changed"


def test_another_font_makes_everything_anew(built: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fonts.digest
    monkeypatch.setattr(fonts, "digest", lambda file: real(file)[::-1])
    monkeypatch.setattr("briefgen.engine.present.face_of", lambda file: (str(file), 1, 1))
    (outcome,) = built.build(["again"]).values()
    assert "Noto Sans CJK SC regular changed" in outcome.why


def test_without_the_cache_the_bytes_are_the_same(built: Desk) -> None:
    built.edit("briefings/note/tables/prices.csv", "gpt,72", "gpt,73")
    built.build()
    cached = built.files()
    fresh = built.build(cache=None, output=built.root / "fresh")
    assert fresh["note"].why[0] == "the cache is not used"
    assert {outcome.state for outcome in fresh.values()} == {"built"}
    for name, content in cached.items():
        assert (built.root / "fresh" / name).read_bytes() == content, name


def test_a_briefing_with_errors_leaves_the_others_and_its_last_edition(built: Desk) -> None:
    before = built.files()
    built.edit("briefings/note/briefing.yaml", "kind: overview", "kind: overvieuw")
    built.edit("briefings/again/overview.md", "价格下降", "价格回落")
    seen: list[str] = []
    batch = built.batch(lambda outcome: seen.append(outcome.slug))
    outcomes = batch.run(["note", "again"])
    assert [outcome.state for outcome in outcomes] == ["failed", "built"]
    assert [finding.code for finding in outcomes[0].findings] == ["LOD106"]
    assert seen == ["note", "again"]
    assert built.files()["note/note.html"] == before["note/note.html"]
    built.edit("briefings/note/briefing.yaml", "kind: overvieuw", "kind: overview")
    assert built.build(["note"])["note"].state == "unchanged"


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


def is_trace_of(slug: str, entry: Entry, store: Store) -> bool:
    kept = store.get(entry.stage, entry.key) if entry.stage == "trace" else None
    return kept is not None and json.loads(kept)["slug"] == slug


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
def test_a_trace_that_is_none_costs_a_look_and_no_more(built: Desk, spoilt: object) -> None:
    store = Store(built.cache)
    (entry,) = (entry for entry in store.entries() if is_trace_of("note", entry, store))
    content = spoilt if isinstance(spoilt, str) else json.dumps({**TRACE, **spoilt})  # type: ignore[dict-item]
    store.put("trace", entry.key, content.encode())
    (outcome,) = built.build(["note"]).values()
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


def test_a_link_out_of_the_folder_is_no_file_of_it(built: Desk) -> None:
    overview = built.file("briefings/note/overview.md")
    overview.rename(built.root / "overview.md")
    overview.symlink_to(built.root / "overview.md")
    (outcome,) = built.build(["note"]).values()
    assert [finding.code for finding in outcome.findings] == ["LOD109"]


def test_odd_things_below_the_data_are_no_matter(built: Desk) -> None:
    (built.file("briefings/note") / os.fsdecode(b"\xff.txt")).touch()
    built.file("briefings/note/loop").symlink_to(built.file("briefings"))
    assert built.build(["note"])["note"].state == "unchanged"
    built.file("briefings/note/overview.md").unlink()
    os.mkfifo(built.file("briefings/note/overview.md"))
    assert built.build(["note"])["note"].state == "failed"


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


def test_ctrl_c_ends_it_and_the_next_run_does_the_rest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process: workers would differ from it where somebody edits the code meanwhile."""

    def interrupt(_: Outcome) -> None:
        raise KeyboardInterrupt

    batch = desk.batch(interrupt)
    monkeypatch.setattr(batches, "begin", lambda: None)
    hired = batches.executor_for
    monkeypatch.setattr(batches, "executor_for", lambda *given: hired(*given[:-1], 1))
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
