"""Rules on the finished edition: what HTML and PDF really say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Rule, Unknown
from briefgen.check.rules.numbers.unbound import unbound
from briefgen.check.saying import flow, number_in, squeezed
from briefgen.diagnostics.finding import Severity
from briefgen.diagnostics.place import NamedPlace, Place, ValuePath
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit import Exhibit
from briefgen.model.language import write, write_period
from briefgen.model.markdown import pieces
from briefgen.model.output import BOUND, HtmlBlock, Output
from briefgen.model.plain import plain_text


def text_not_bound(dossier: Dossier) -> Iterator[Answer]:
    """A numeral in the finished HTML that is neither bound nor filled in by a template.

    Why: a number can get into an edition past the prose: typed into a template, a title or a name
    of a group. The reader cannot trace it. Numbers of exhibits, dates, texts of the brokerage and
    other texts that templates fill stand in `<time>` or in an element with `data-from`.

    Bad:  <p>目标价 60 元</p> in a template
    Good: <p>目标价 {{ "target_price" | result }}</p>
    """
    output, briefing = dossier.edition, dossier.briefing
    yield from _lacking(output, "html")
    for block in output.blocks:
        text = "".join("\0" * len(s.text) if s.kind else s.text for s in block.spans)
        for found, _ in unbound(text, briefing.names_with_digits):
            message = f"`{found}` is bound to nothing: “{_begin(block.text)}”"
            yield _in_html(briefing, block, message, _BIND, found)


_BIND = "bind it, or name in `data-from` what the template takes it from"


def number_missing(dossier: Dossier) -> Iterator[Answer]:
    """A number that one of HTML and PDF shows and the other does not.

    Why: who reads the PDF and who reads the HTML must get the same numbers. All bound numbers of
    the HTML are looked for in the PDF, and the key figures in both.

    Bad:  a section that only the template of the screen shows
    Good: sections and numbers are the same in both
    """
    output, briefing = dossier.edition, dossier.briefing
    yield from _lacking(output, "html", "pdf")
    if not output.blocks or not output.pages:
        return
    paper = flow(output.pages)
    bound = {s.text: block for block in output.blocks for s in block.spans if s.kind == BOUND}
    for text, block in bound.items():
        if not number_in(text).search(paper):
            yield _in_html(briefing, block, f"the PDF does not say `{text}`", _SAME, text)
    for position, figure in enumerate(briefing.front.key_figures):
        text = write(briefing.numbers[figure.number], briefing.language, briefing.units)
        if text not in bound and number_in(text).search(paper):
            path = ("front", "key_figures", position, "number")
            yield Problem(path, f"the HTML does not say `{text}`", _SAME, subject=text)


_SAME = "show it in both: see the templates, and what they do by `medium`"


def html_pdf_differ(dossier: Dossier) -> Iterator[Answer]:
    """Something essential that one of HTML and PDF says and the other does not.

    Why: title, date, house, rating, headings, recommendations and disclosures are what a report is
    held to. Who gets one of the two files must get all of them.

    Bad:  a template of the PDF that leaves the disclosures out
    Good: both say the same
    """
    output = dossier.edition
    yield from _lacking(output, "html", "pdf")
    if not output.blocks or not output.pages:
        return
    html = squeezed(output.html_text)
    pdf = squeezed(flow(output.pages)) + squeezed(output.pdf_text)
    for name, text, path in _essentials(dossier.briefing):
        says = {"HTML": squeezed(text) in html, "PDF": squeezed(text) in pdf}
        for silent in (form for form, is_said in says.items() if not is_said):
            if any(says.values()):
                message = f"the {silent} lacks {name}: “{_begin(text)}”"
                yield Problem(path, message, _SAME, subject=_begin(text))


def banner_missing(dossier: Dossier) -> Iterator[Answer]:
    """A page of a reconstruction or draft that does not say so.

    Why: a page travels alone. A reconstruction without its mark passes for a report of the house,
    a draft for the approved text. Every page of the PDF must carry the notice that its metadata
    (`Subject`) holds, and the HTML a block with `role="note"`; both name the house of a
    reconstruction.

    Bad:  a style sheet whose @page has no foot
    Good: @bottom-left { content: {{ notice | css_string }} }
    """
    output, briefing = dossier.edition, dossier.briefing
    if briefing.front.issuance == "issued":
        return
    house = _house(briefing) if dossier.is_reconstruction else ""
    if output.blocks:
        notes = [block.text for block in output.blocks if block.role == "note"]
        if not any(house in note for note in notes):
            message = f"the HTML does not say that it is a {briefing.front.issuance}"
            help_line = 'put the notice into an element with `role="note"`'
            yield Problem(("front", "issuance"), message, help_line, subject="html")
    notice = output.pdf_metadata.get("Subject", "")
    for number, page in enumerate(output.pages, start=1):
        if not notice or house not in notice or squeezed(notice) not in squeezed(page):
            message = f"page {number} does not say that it is part of a {briefing.front.issuance}"
            place = Place(f"{briefing.slug}.pdf", number)
            help_line = "put the notice into the foot of `@page`, and into `description`"
            yield Problem((), message, help_line, subject=f"page {number}", place=place)


def glyph_missing(dossier: Dossier) -> Iterator[Answer]:
    """A character in HTML or PDF that no font shows, or that stands for a lost one.

    Why: U+FFFD stands where text was decoded wrongly, and characters of private use look different
    on every machine. (A character that the fonts lack is told by CHK801.)

    Bad:  净利润同比增长 <U+FFFD>
    Good: the character that the source has
    """
    output, slug = dossier.edition, dossier.briefing.slug
    html = [(block.text, _html_place(slug, block)) for block in output.blocks]
    pdf = [
        (page, NamedPlace(f"{slug}.pdf", number, name=f"page {number}"))
        for number, page in enumerate(output.pages, start=1)
    ]
    for text, place in (*html, *pdf):
        for char in dict.fromkeys(text):
            if char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn"}:
                point = f"U+{ord(char):04X}"
                message = f"{point} is no readable character: “{_around(text, char)}”"
                help_line = "write the character that is meant"
                yield Problem((), message, help_line, subject=point, place=place)


def exhibit_caption_or_source_missing(dossier: Dossier) -> Iterator[Answer]:
    """An exhibit without its caption or its sources in the HTML or the PDF.

    Why: a figure or table must say what it shows and where its data come from, in each of the
    files.

    Bad:  a template of the exhibit that writes no source line
    Good: caption above, `资料来源：…` below
    """
    output, briefing = dossier.edition, dossier.briefing
    paper = squeezed(flow(output.pages))
    for exhibit_id in _placed(briefing):
        exhibit = briefing.exhibits[exhibit_id]
        blocks = [block for block in output.blocks if block.exhibit == exhibit_id]
        html = squeezed("".join(block.text for block in blocks))
        for text, name in _labels(exhibit, briefing):
            if output.blocks and squeezed(text) not in html:
                yield _exhibit(exhibit_id, f"the HTML lacks {name} of", text)
            if output.pages and squeezed(text) not in paper:
                yield _exhibit(exhibit_id, f"the PDF lacks {name} of", text)
        for block in blocks if output.pages else ():
            for text, name in _printed(block):
                if squeezed(text) not in paper:
                    yield _exhibit(exhibit_id, f"the PDF lacks {name} of", text)


def _printed(block: HtmlBlock) -> Iterator[tuple[str, str]]:
    """What the HTML writes around an exhibit: its caption with the number, its source line."""
    if block.tag == "figcaption":
        yield "".join(s.text for s in block.spans if s.kind != "unit"), "the numbered caption"
    for span in block.spans:
        if span.kind == "sources":
            yield span.text, "the source line"


def _exhibit(exhibit_id: str, message: str, text: str) -> Problem:
    path = ("exhibits", exhibit_id)
    help_line = "see the template `blocks/exhibit.html.j2`"
    return Problem(
        path, f"{message} `{exhibit_id}`: “{_begin(text)}”", help_line, subject=exhibit_id
    )


def _placed(briefing: Briefing) -> list[str]:
    """The exhibits that the prose of the sections places."""
    texts = (briefing.prose[s.prose] for s in briefing.front.sections if s.prose)
    return [p.text for text in texts for p in pieces(text) if p.kind == "exhibit"]


def _labels(exhibit: Exhibit, briefing: Briefing) -> Iterator[tuple[str, str]]:
    yield plain_text(exhibit.caption, briefing), "the caption"
    for source in exhibit.sources:
        yield briefing.sources[source].title, "a source"


def _essentials(briefing: Briefing) -> Iterator[tuple[str, str, ValuePath]]:
    """What both files must say: its name, the text, where the text comes from."""
    front = briefing.front
    yield "the title", plain_text(front.title, briefing), ("front", "title")
    yield "the date", write_period(front.date, briefing.language), ("front", "date")
    yield "the house", _house(briefing), ("front", "brokerage")
    if front.rating:
        yield "the rating", front.rating.label, ("front", "rating", "label")
    for position, section in enumerate(front.sections):
        if section.kind != "overview":
            yield "the heading", section.title, ("front", "sections", position, "title")
    kinds = {section.kind for section in front.sections}
    for name, group in briefing.recommendations.items() if "recommendations" in kinds else ():
        path = ("recommendations", name)
        for text in (group.theme, *group.targets):
            yield "the recommendation", text, path
        for pick in group.picks:
            security = briefing.securities[pick.security]
            yield "the recommendation", security.name_in(briefing.language), path
    for part in briefing.brokerage.disclosures if "disclosures" in kinds else ():
        for clause in part.clauses:
            yield "the disclosure", clause.text, ("front", "brokerage")


def _house(briefing: Briefing) -> str:
    return briefing.brokerage.name_in(briefing.language)


def _lacking(output: Output, *forms: str) -> Iterator[Unknown]:
    for form in forms:
        if not (output.blocks if form == "html" else output.pages):
            yield Unknown(f"no {form.upper()} was made", "build both, HTML and PDF", subject=form)


def _in_html(
    briefing: Briefing, block: HtmlBlock, message: str, help_line: str, subject: str
) -> Problem:
    place = _html_place(briefing.slug, block)
    return Problem((), message, help_line, subject=subject, place=place)


def _html_place(slug: str, block: HtmlBlock) -> NamedPlace:
    where = f"the section `{block.section}`" if block.section else "the head of the page"
    return NamedPlace(f"{slug}.html", name=where)


def _begin(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"


def _around(text: str, char: str) -> str:
    at = text.index(char)
    return re.sub(r"\s+", " ", text[max(at - 10, 0) : at + 11])


EDITION = (
    Rule("CHK701", Severity.ERROR, text_not_bound, needs="edition"),
    Rule("CHK702", Severity.ERROR, number_missing, needs="edition"),
    Rule("CHK703", Severity.ERROR, html_pdf_differ, needs="edition"),
    Rule("CHK704", Severity.ERROR, banner_missing, needs="edition", blocks=True),
    Rule("CHK705", Severity.ERROR, glyph_missing, needs="edition"),
    Rule("CHK706", Severity.ERROR, exhibit_caption_or_source_missing, needs="edition"),
)
