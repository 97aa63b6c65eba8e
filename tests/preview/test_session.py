"""What is made when files change, in which order, and what is shown meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from preview.conftest import Writing

from briefgen.check.rule import Rule
from briefgen.engine.work import Result
from briefgen.model.edition import Edition
from briefgen.preview import making
from briefgen.preview.session import MOST_TRIES
from briefgen.preview.shown import State

Begin = Callable[[], Writing]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The briefings that were read, one after the other."""
    found: list[str] = []
    real = making.read

    def read(workspace: object, slug: str) -> making.Draft:
        found.append(slug)
        return real(workspace, slug)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "read", read)
    return found


@pytest.fixture
def attended(writing: Writing) -> Iterator[Writing]:
    """A session at whose briefing somebody looks, all of which is done."""
    with writing.session.attended(writing.slug):
        writing.settle()
        yield writing


def test_nothing_is_made_that_nobody_looks_at(writing: Writing, reads: list[str]) -> None:
    assert writing.settle() == 0
    assert reads == []
    assert writing.session.slugs == ("again", "note", "other")
    assert writing.session.shown("note").state is State.UNSEEN


def test_the_page_comes_before_the_checks(writing: Writing) -> None:
    with writing.session.attended("note"):
        assert writing.session.step()
        shown = writing.session.shown("note")
        assert shown.page is not None
        assert shown.is_page_current
        assert shown.state is State.MAKING
        writing.settle()
        assert writing.session.shown("note").state is State.GOOD


def test_the_page_says_where_things_are_written(attended: Writing) -> None:
    assert 'data-at="data/briefings/note/overview.md:1:1"' in attended.html()


def test_a_saved_change_is_shown(attended: Writing) -> None:
    attended.told.clear()
    attended.save("overview.md", "样本", "样品")
    assert attended.session.step()
    assert "样品" in attended.html()
    assert "note" in attended.told


def test_a_file_that_was_not_read_changes_nothing(attended: Writing, reads: list[str]) -> None:
    other = attended.root / "data/briefings/other/overview.md"
    other.write_text("别的。\n", "utf-8")
    os.utime(attended.file("overview.md"))
    attended.file("overview.md.swp").write_text("x")
    attended.file(".overview.md.tmp").write_text("x")
    reads.clear()
    attended.session.disturb()
    assert attended.settle() == 0
    assert reads == []


def test_a_save_by_rename_is_a_change(attended: Writing) -> None:
    file = attended.file("overview.md")
    beside = attended.file(".overview.md~new")
    beside.write_text(file.read_text("utf-8").replace("样本", "样品"), "utf-8")
    beside.replace(file)
    attended.session.disturb()
    attended.settle()
    assert "样品" in attended.html()


def test_a_burst_of_saves_is_one_change(attended: Writing, reads: list[str]) -> None:
    reads.clear()
    for number in range(20):
        attended.file("overview.md").write_text(f"价格：{'下降' * number}。\n", "utf-8")
        attended.session.disturb()
    attended.settle()
    assert reads == ["note"]
    assert "下降" * 19 in attended.html()


def test_what_changes_while_a_page_is_made_is_made_again(
    attended: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, html = making.paged, attended.html()

    def paged(draft: making.Draft, *rest: object) -> making.Draft:
        made = real(draft, *rest)  # type: ignore[arg-type]
        monkeypatch.setattr(making, "paged", real)
        attended.file("overview.md").write_text("第三句。\n", "utf-8")
        return made

    monkeypatch.setattr(making, "paged", paged)
    attended.file("overview.md").write_text("第二句。\n", "utf-8")
    attended.session.disturb()
    attended.session.step()
    assert attended.html() == html
    assert not attended.session.shown("note").is_page_current
    attended.settle()
    assert "第三句" in attended.html()
    assert attended.session.shown("note").is_page_current


def test_a_page_whose_files_never_rest_is_shown_as_old(
    attended: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, number = making.paged, iter(range(100))

    def paged(draft: making.Draft, *rest: object) -> making.Draft:
        attended.file("overview.md").write_text(f"{'又' * next(number)}一句。\n", "utf-8")
        return real(draft, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "paged", paged)
    attended.save("overview.md", "样本", "样品")
    for _ in range(MOST_TRIES):
        assert attended.session.step()
    shown = attended.session.shown("note")
    assert "又一句" in attended.html()
    assert not shown.is_page_current
    assert shown.state is State.MAKING


def test_a_mistake_leaves_the_last_good_page(attended: Writing) -> None:
    html = attended.html()
    attended.save("overview.md", "样本", "{{ nothing }}样本")
    attended.settle()
    shown = attended.session.shown("note")
    assert "LOD402" in attended.codes()
    assert shown.state is State.ERRORS
    assert not shown.is_page_current
    assert attended.html() == html
    attended.save("overview.md", "{{ nothing }}样本", "样本")
    attended.settle()
    assert "LOD402" not in attended.codes()
    assert attended.session.shown("note").is_page_current


def test_findings_of_rules_stay_until_rules_have_their_say_again(attended: Writing) -> None:
    attended.save("overview.md", "样本", "17 家样本")
    attended.settle()
    assert "CHK101" in attended.codes()
    assert attended.session.shown("note").is_page_current
    attended.save("overview.md", "17 家样本", "17 家样品")
    attended.session.step()
    assert "CHK101" in attended.codes()
    attended.save("overview.md", "17 家样品", "样品")
    attended.settle()
    assert "CHK101" not in attended.codes()


def test_a_change_ends_the_checks_of_what_was_before(
    attended: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Rule] = []
    real = making.inspect

    def inspect(rules: Iterator[Rule], *rest: object) -> object:
        def watched() -> Iterator[Rule]:
            for rule in rules:
                asked.append(rule)
                if len(asked) == 3:
                    attended.save("overview.md", "样品", "样张")
                yield rule

        return real(watched(), *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "inspect", inspect)
    attended.save("overview.md", "样本", "样品")
    attended.session.step()
    assert attended.session.step()
    assert len(asked) == 3
    attended.settle()
    assert "样张" in attended.html()


def test_a_front_that_is_broken_from_the_start(begin: Begin, root: Path) -> None:
    file = root / "data/briefings/note/briefing.yaml"
    good = file.read_text("utf-8")
    file.write_text("title: [\n", "utf-8")
    writing = begin()
    with writing.session.attended("note"):
        writing.settle()
        shown = writing.session.shown("note")
        assert (writing.codes(), shown.state, shown.page) == (["LOD102"], State.ERRORS, None)
        file.write_text(good, "utf-8")
        writing.session.disturb()
        writing.settle()
        assert writing.session.shown("note").state is State.GOOD
        assert writing.html()


def test_shared_files_that_are_broken_from_the_start(begin: Begin, root: Path) -> None:
    file = root / "data/units.yaml"
    good = file.read_text("utf-8")
    file.write_text("a: [\n", "utf-8")
    writing = begin()
    with writing.session.attended("note"), writing.session.attended(None):
        writing.settle()
        assert writing.codes() == ["LOD102"]
        assert [found.code for found in writing.session.findings] == ["LOD102"]
        file.write_text(good, "utf-8")
        writing.session.disturb()
        writing.settle()
        assert writing.session.findings == ()
        assert writing.session.shown("other").state is not State.UNSEEN
        assert writing.html()


def test_a_briefing_that_is_deleted_and_comes_back(attended: Writing) -> None:
    folder, away = attended.file("."), attended.root / "away"
    html = attended.html()
    shutil.move(folder.resolve(), away)
    attended.session.disturb()
    attended.settle()
    assert attended.session.slugs == ("again", "other")
    assert attended.codes() == ["WSP101"]
    assert attended.html() == html
    shutil.move(away, folder.resolve())
    attended.session.disturb()
    attended.settle()
    assert attended.session.slugs == ("again", "note", "other")
    assert attended.session.shown("note").state is State.GOOD


def test_a_briefing_that_is_made_while_the_preview_runs(attended: Writing) -> None:
    shutil.copytree(attended.file("."), attended.root / "data/briefings/new")
    attended.session.disturb()
    with attended.session.attended("new"):
        attended.settle()
        assert "new" in attended.session.slugs
        assert attended.session.shown("new").page is not None


def test_a_file_that_was_missing_and_comes(attended: Writing) -> None:
    file = attended.file("pricing.md")
    text = file.read_bytes()
    file.unlink()
    attended.session.disturb()
    attended.settle()
    assert "LOD101" in attended.codes()
    file.write_bytes(text)
    attended.session.disturb()
    attended.settle()
    assert "LOD101" not in attended.codes()


def test_a_template_of_the_workspace_is_followed(attended: Writing) -> None:
    own = attended.root / "templates/blocks/banner.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("eigenes Wort", "utf-8")
    attended.session.disturb()
    attended.settle()
    own.write_text("{{ nothing }}", "utf-8")
    attended.session.disturb()
    attended.settle()
    own.unlink()
    attended.session.disturb()
    attended.settle()
    assert attended.session.shown("note").is_page_current


def test_the_list_is_surveyed_while_somebody_looks_at_it(
    writing: Writing, reads: list[str]
) -> None:
    with writing.session.attended(None):
        writing.settle()
        assert sorted(reads) == ["again", "note", "other"]
        shown = [writing.session.shown(slug) for slug in writing.session.slugs]
        assert State.UNSEEN not in {one.state for one in shown}
        assert all(one.title and one.house and one.changed for one in shown)
        reads.clear()
        writing.save("overview.md", "样本", "样品")
        writing.settle()
        assert reads == ["note"]
    writing.save("overview.md", "样品", "样本")
    writing.settle()
    assert writing.session.shown("note").state is State.UNSEEN


def test_a_bug_is_told_and_the_next_change_is_another_try(
    attended: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(making, "paged", lambda *_: 1 / 0)
        attended.save("overview.md", "样本", "样品")
        attended.settle()
    assert attended.codes() == ["ENG103"]
    attended.save("overview.md", "样品", "样张")
    attended.settle()
    assert "样张" in attended.html()


class TestPaper:
    """The PDF follows behind."""

    @pytest.fixture
    def printing(self, writing: Writing) -> Iterator[Writing]:
        with writing.session.attended("note", paper=True):
            writing.settle()
            yield writing

    def finish(self, writing: Writing, content: bytes) -> None:
        task, future = writing.printer.tasks[-1]
        assert task.formats == ("pdf",)
        files = {"note.pdf": content}
        edition = Edition(slug="note", files=files, pages=1, figures=0, tables=0)
        future.set_result(Result(edition=edition))
        writing.settle()

    def test_it_is_made_when_the_page_is_checked(self, printing: Writing) -> None:
        assert len(printing.printer.tasks) == 1
        self.finish(printing, b"one")
        shown = printing.session.shown("note")
        assert shown.paper is not None
        assert (shown.paper.content, shown.is_paper_current) == (b"one", True)

    def test_a_newer_change_supersedes_it(self, printing: Writing) -> None:
        _, first = printing.printer.tasks[0]
        printing.save("overview.md", "样本", "样品")
        printing.settle()
        assert printing.printer.stopped == 1
        assert len(printing.printer.tasks) == 2
        first.set_result(Result(bug="too late"))
        printing.settle()
        assert "ENG103" not in printing.codes()
        self.finish(printing, b"two")
        assert printing.session.shown("note").is_paper_current

    def test_the_last_good_one_stays_while_there_are_errors(self, printing: Writing) -> None:
        self.finish(printing, b"one")
        printing.save("overview.md", "样本", "{{ nothing }}样本")
        printing.settle()
        shown = printing.session.shown("note")
        assert shown.paper is not None
        assert not shown.is_paper_current
        assert len(printing.printer.tasks) == 1

    def test_one_that_cannot_be_made_says_why(self, printing: Writing) -> None:
        printing.printer.tasks[0][1].set_result(Result(bug="Traceback\nOops"))
        printing.settle()
        assert "ENG103" in printing.codes()
        assert len(printing.printer.tasks) == 1


def test_a_briefing_keeps_its_name_while_it_has_errors(writing: Writing) -> None:
    with writing.session.attended(writing.slug):
        writing.save("briefing.yaml", "kind: 行业点评", "kind: 行业点评\nlost: 1")
        writing.settle()
        assert writing.session.shown(writing.slug).title == writing.slug, (
            "never read, and unreadable"
        )
        writing.save("briefing.yaml", "\nlost: 1", "")
        writing.settle()
        writing.save("briefing.yaml", "kind: 行业点评", "kind: 行业点评\nlost: 1")
        writing.settle()
        assert writing.codes()
        assert writing.session.shown(writing.slug).title == "一份很短的点评"
