"""Numbers of sections and exhibits in reading order."""

from briefgen.model.briefing import Briefing
from briefgen.model.numbering import number


def test_the_front_page_has_no_number(note) -> None:
    briefing, _ = note.load()
    assert number(briefing).sections == {"pricing": 1, "risks": 2, "ratings": 3}


def test_sections_are_called_by_their_id(note) -> None:
    note.edit("briefing.yaml", "kind: pricing,", "kind: pricing, id: cost,")
    assert list(number(note.load()[0]).sections) == ["cost", "risks", "ratings"]


def test_two_sections_of_a_kind_have_two_numbers(note) -> None:
    line = "  - {kind: pricing, title: 价格, prose: pricing.md}\n"
    note.edit("briefing.yaml", line, line + line.replace("pricing.md", "overview.md"))
    assert len(number(note.load()[0]).sections) == 4


def test_exhibits_are_counted_where_they_are_placed_first(note) -> None:
    entry = "\n  caption: c\n  sources: [report]\n"
    view = "  view: {table: prices, columns: [{column: model}]}\n"
    names = ("a", "b", "c", "nowhere", "prices")
    note.write(exhibits_yaml="".join(f"{name}:{entry}{view}" for name in names))
    note.write(
        overview_md=":::{table} c\n:::\n\n见[](#a)、[](#b)。\n",
        pricing_md=":::{table} b\n:::\n\n:::{figure} prices\n:::\n\n:::{table} a\n:::\n\n"
        ":::{table} c\n:::\n",
    )
    briefing: Briefing = note.load()[0]
    assert number(briefing).exhibits == {"c": 1, "b": 2, "prices": 3, "a": 4}


def test_the_house_may_order_its_sections(note) -> None:
    order = "section_order: [overview, risks, pricing]\nlegal_name:"
    note.edit("brokerages/house.yaml", "legal_name:", order)
    briefing = note.load()[0]
    assert list(briefing.anchored())[:3] == ["overview", "risks", "pricing"]
    assert number(briefing).sections["risks"] == 1
