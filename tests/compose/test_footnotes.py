"""Footnotes: on paper at the foot of the page, on the screen below the prose; both ways linked."""

import re

import pytest

NOTED = """价格为 {{ price }}[^std]，另见[](#prices)[^use]。再提一次[^std]。

[^std]: 标准价格 {{ price }}，不含折扣。

- 列表项[^use]。

[^use]: 见[](#prices)。

:::{table} prices
:::
"""


OVERVIEW = "**一。**输入价格为 {{ price }}[^a]。\n\n[^a]: 含税。\n"


@pytest.fixture
def noted(note):
    return note.write(pricing_md=NOTED, overview_md=OVERVIEW)


def by_role(tree, role):
    return [e for e in tree.iter() if e.get("role") == role]


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_marks_count_through_the_document_and_lead_to_their_notes(noted, medium, text) -> None:
    tree = noted.tree(medium)
    marks = by_role(tree, "doc-noteref")
    assert [text(mark) for mark in marks] == ["1", "2", "3", "2", "3"]
    assert [mark.get("href") for mark in marks] == [f"#note-{text(mark)}" for mark in marks]
    assert [mark.get("title") for mark in marks][:2] == ["脚注 1", "脚注 2"]
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    back = [a for a in tree.iter("a") if a.get("href", "").startswith("#note-mark-")]
    assert [a.get("href") for a in back] == ["#note-mark-1", "#note-mark-2", "#note-mark-3"]
    assert {a.get("href", "")[1:] for a in (*marks, *back)} <= set(ids)


def test_on_the_screen_a_list_below_the_prose_holds_the_notes(noted, text) -> None:
    tree = noted.tree("screen")
    notes = [e for e in tree.iter("ol") if e.get("class") == "notes"]
    assert [[text(li) for li in ol] for ol in notes] == [
        ["1 含税。"],
        ["2 标准价格 60 元，不含折扣。", "3 见图表\N{NO-BREAK SPACE}1。".replace("\xa0", " ")],
    ]
    assert by_role(tree, "doc-footnote") == []


def test_on_paper_a_note_stands_once_behind_its_first_mark(noted, text) -> None:
    tree = noted.tree("print")
    notes = by_role(tree, "doc-footnote")
    assert [note.get("id") for note in notes] == ["note-1", "note-2", "note-3"]
    assert "2 标准价格 60 元，不含折扣。" in text(notes[1])
    assert [e for e in tree.iter("ol") if e.get("class") == "notes"] == []


def test_no_line_begins_with_a_mark(noted) -> None:
    html = noted.page("print").html
    assert re.findall(r'<span class="tight">([^<])<a class="note-mark"', html) == ["次", "项"]
    assert len(re.findall(r'<span class="tight">60\s元<a class="note-mark"', html)) == 2
