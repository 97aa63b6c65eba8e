"""The evidence list: every number once, with what it was computed from."""

import re

from briefgen.model.evidence import KEPT_PLACES, EvidenceList, evidence


def listed(note) -> EvidenceList:
    return evidence(note.load()[0])


def names(found: EvidenceList) -> list[str]:
    return [entry.number.name for entry in found.entries]


CELLS = ['prices["moonshot"].input', 'prices["gpt"].input']


def test_every_number_once_those_of_the_text_first(note) -> None:
    note.write(overview_md="{{ companies }} {{ price }} {{ price | round(1) }} {{ companies }}\n")
    assert names(listed(note)) == ["companies", "price", *CELLS]


def test_inputs_stand_before_what_is_computed_from_them(note) -> None:
    formula = 'prices["gpt"].input / price'
    note.write(overview_md=f"{{{{ {formula} | times }}}}\n")
    found = listed(note)
    assert names(found)[:3] == ['prices["gpt"].input', "price", f"{formula} | times"]
    assert sorted(names(found)) == sorted(set(names(found)))


def test_computed_in_the_text_or_under_a_name(note) -> None:
    note.edit("facts.yaml", "companies:", "double: {formula: price * 2}\ncompanies:")
    note.write(overview_md="{{ price * 3 }} {{ double }}\n")
    inline = {entry.number.name: entry.is_inline for entry in listed(note).entries}
    assert inline["price * 3"]
    assert not inline["double"]
    assert not inline["price"]


def test_long_quotients_are_rounded_in_the_list(note) -> None:
    note.edit("facts.yaml", "companies:", "ratio: {formula: price / 7}\ncompanies:")
    digits = {entry.number.name: entry.shown.style.digits for entry in listed(note).entries}
    assert (digits["ratio"], digits["price"]) == (KEPT_PLACES, None)


def test_sources_are_counted_as_they_are_met(note) -> None:
    note.edit("facts.yaml", "source: report}\ncompanies", "source: site}\ncompanies")
    site = "site: {title: 官网, publisher: 某公司, kind: website}\nreport:"
    note.edit("sources.yaml", "report:", site)
    found = listed(note)
    assert found.sources == ((1, "site"), (2, "report"))
    numbers = {entry.number.name: entry.sources for entry in found.entries}
    assert numbers["price"] == (1,)
    assert numbers["companies"] == (2,)


def test_what_is_not_mentioned_is_listed_too(note) -> None:
    note.write(overview_md="文。\n", pricing_md=":::{table} prices\n:::\n")
    assert names(listed(note)) == ["price", "companies", *CELLS]


def test_numbers_of_computed_columns(note) -> None:
    column = "{column: input}, {formula: input / 7 | round(2), header: 七分之一}"
    note.edit("exhibits.yaml", "{column: input}", column)
    assert any("input / 7" in name for name in names(listed(note)))


def test_the_section_shows_the_list(note, text) -> None:
    note.edit(
        "briefing.yaml",
        "  - {kind: ratings",
        "  - {kind: evidence, title: 数据依据}\n  - {kind: ratings",
    )
    note.write(overview_md="{{ price * 2 }}，{{ price }}\n")
    rows = [[text(cell) for cell in row] for row in note.section("evidence").iter("tr")][1:]
    assert rows[0][:3] == ["price", "60 元", "2024 年 3 月 23 日"]
    assert rows[0][3].startswith("[1]")
    assert rows[1][:2] == ["（文中算式）", "120 元"]
    assert rows[1][3].startswith("= price * 2")


def test_a_number_on_screen_leads_to_its_row(note) -> None:
    note.edit(
        "briefing.yaml",
        "  - {kind: ratings, title: 评级定义}",
        "  - {kind: ratings, title: 评级定义}\n  - {kind: evidence, title: 数据依据}",
    )
    html = note.page("screen").html
    position = names(listed(note)).index("companies") + 1
    assert re.search(rf"<a href=.#number-{position}.>3\s家</a></data>", html)
    targets = set(re.findall(r'href="#(number-\d+)"', html))
    rows = set(re.findall(r'<tr id="(number-\d+)"', html))
    assert targets
    assert targets <= rows
    assert "#number-" not in note.page("print").html


def test_without_the_section_nothing_leads_there(note) -> None:
    assert "#number-" not in note.page("screen").html
