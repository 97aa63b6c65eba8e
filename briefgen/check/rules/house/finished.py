"""Rules of the house on the finished edition: type, metadata, and what was checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown, rests_on
from briefgen.check.rules.ratings.calls import calls
from briefgen.check.saying import squeezed
from briefgen.model.output import DIGEST, JSON_LD, Output
from briefgen.model.plain import plain_text
from briefgen.model.value import period_start

SMALLEST_PT = 6.5
"""The smallest type in which disclosures may stand, in points."""

_PART, _PART_OF_CHINESE = 30, 12
"""How many characters in a row tell a line of the disclosures."""


def _unmade(output: Output, *forms: str) -> Iterator[Unknown]:
    """That a form was not made, and so cannot be looked at."""
    for form in forms:
        if not (output.blocks if form == "HTML" else output.pages):
            yield Unknown(f"no {form} was made", "build both, HTML and PDF", subject=form)


def essentials_differ(dossier: Dossier) -> Iterator[Answer]:
    """Something essential that HTML, PDF and their metadata do not say alike.

    Why: a catalogue shows the metadata, a reader the page; a report has one title, one date, the
    same authors and ratings everywhere. Rests on CHK703 for the text; here the metadata, the
    authors and the ratings of securities are added.

    Bad:  the PDF's `Title` is that of the last report
    Good: both carry the title of this one
    """
    yield from rests_on(dossier, "CHK703")
    output, briefing = dossier.edition, dossier.briefing
    yield from _unmade(output, "HTML", "PDF")
    title = squeezed(plain_text(briefing.front.title, briefing))
    titles = {
        "HTML": output.html_metadata.get("title", "") if output.blocks else None,
        "PDF": output.pdf_metadata.get("Title", "") if output.pages else None,
    }
    for form, found in titles.items():
        if found is not None and title not in squeezed(found):
            message = f"the metadata of the {form} give the title as “{found}”"
            help_line = "mend `<title>` in the template"
            yield Problem(("front", "title"), message, help_line, subject=f"title {form}")
    publication = briefing.front.publication
    authors = publication.authors if publication else ()
    wanted = {author.name: f"author {author.id}" for author in authors}
    wanted |= {call.rating.label: f"rating {call.subject or 'sector'}" for call in calls(briefing)}
    texts = {"HTML": squeezed(output.html_text), "PDF": squeezed(output.pdf_text)}
    for form, text in texts.items():
        for word, subject in wanted.items() if text else ():
            if squeezed(word) not in text:
                message = f"the {form} does not say `{word}`"
                help_line = "both must; see the templates, and what they do by `medium`"
                yield Problem(("front",), message, help_line, subject=f"{subject} {form}")


def unreadable_type(dossier: Dossier) -> Iterator[Answer]:
    """A character that no font shows, or disclosures in type that is too small to read.

    Why: what cannot be read is not disclosed. Rests on CHK705 and CHK801 for the characters; the
    lines of the disclosures in the PDF must be 6.5 pt or larger.

    Bad:  .small-print { font-size: 4pt }
    Good: .small-print { font-size: 7.2pt }
    """
    yield from rests_on(dossier, "CHK705", "CHK801")
    output, briefing = dossier.edition, dossier.briefing
    clauses = (clause for part in briefing.brokerage.disclosures for clause in part.clauses)
    small_print = squeezed("".join(clause.text for clause in clauses))
    for line, size in output.type_sizes:
        if size < SMALLEST_PT and _shares(line, small_print):
            yield Problem(
                ("brokerage", "disclosures"),
                f"the disclosures stand in {size:.1f} pt: “{line}”; {SMALLEST_PT} pt is the least",
                "enlarge `.small-print` in `css/print.css.j2`",
                subject="disclosures",
            )
            return


def _shares(line: str, text: str) -> bool:
    """Whether a part of a printed line, which may run over two columns, stands in a text."""
    part = _PART if line.isascii() else _PART_OF_CHINESE
    return any(line[start : start + part] in text for start in range(len(line) - part + 1))


def metadata_differ(dossier: Dossier) -> Iterator[Answer]:
    """Machine-readable data of HTML or PDF that are missing, or that say other than the report.

    Why: search engines, archives and readers' own programs take title, day, publisher and language
    from these. The HTML holds a `Report` of schema.org as JSON-LD, the PDF the day of its
    creation.

    Bad:  a template without <script type="application/ld+json">
    Good: "datePublished": "2026-03-02", as in the front matter
    """
    output, front = dossier.edition, dossier.briefing.front
    yield from _unmade(output, "HTML", "PDF")
    moment = front.publication.released_at if front.publication else None
    wanted: dict[str, Any] = {
        "@type": "Report",
        "headline": plain_text(front.title, dossier.briefing),
        "inLanguage": front.language,
        "creativeWorkStatus": front.issuance,
    }
    house: str | None = dossier.briefing.brokerage.legal_name
    if dossier.is_reconstruction:
        house = None
    else:
        wanted["datePublished"] = moment.isoformat() if moment else front.date
    if output.blocks:
        found = _json(output.html_metadata.get(JSON_LD, ""))
        for name, value in wanted.items():
            if found.get(name) != value:
                told = f"`{found[name]}`" if name in found else "nothing"
                message = f"the JSON-LD of the HTML gives {told} as `{name}`, not `{value}`"
                help_line = "see the JSON-LD in `briefing.html.j2`"
                yield Problem(("front",), message, help_line, subject=name)
        if (found.get("publisher") or {}).get("name") != house:
            told = "does not name the house as" if house else "names, of a reconstruction, a"
            message = f"the JSON-LD of the HTML {told} `publisher`"
            help_line = "see the JSON-LD in `briefing.html.j2`"
            yield Problem(("brokerage", "legal_name"), message, help_line, subject="publisher")
    if output.pages:
        created = output.pdf_metadata.get("CreationDate", "").removeprefix("D:")
        day = period_start(front.date).strftime("%Y%m%d")
        if created and not day.startswith(created[:8]):
            message = f"the PDF says that it was created on {created[:8]}, the report is of {day}"
            help_line = "see `dcterms.created` in the template"
            yield Problem(("front", "date"), message, help_line, subject="CreationDate")


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def digest_not_embedded(dossier: Dossier) -> Iterator[Answer]:
    """An edition that does not say which state of the briefing was checked and approved.

    Why: approvals hold for one digest. Only where HTML and PDF carry the digest of what was
    checked can anybody show, years later, that what went out is what was approved. An approval of
    another state counts for nothing.

    Bad:  a template without the digest in the colophon
    Good: 核验摘要 sha256:1f0c… at the end of both, the same as in the manifest
    """
    output, digest = dossier.edition, dossier.digest
    if output.blocks and output.html_metadata.get(DIGEST) != digest:
        message = "the HTML does not carry the digest of what was checked"
        help_line = f"write `report.digest` ({digest[:12]}…) as `{DIGEST}` in the template"
        yield Problem(("front",), message, help_line, subject="HTML")
    if output.pages and digest[:16] not in squeezed(output.pdf_text):
        message = "the PDF does not carry the digest of what was checked"
        help_line = f"write `report.digest` ({digest[:12]}…) into the colophon of the template"
        yield Problem(("front",), message, help_line, subject="PDF")
    for position, one in enumerate(dossier.release.attestations):
        if one.digest != digest:
            yield Problem(
                ("attestations", position),
                f"the attestation of {one.rule} by `{one.by}` is of {one.digest[:12]}…, not of "
                "what goes out",
                f"have {digest[:12]}… attested; delete the old entry",
                subject=f"{one.rule} {one.by}",
            )
