"""CN-01, 02, 03, 08, 28: what the report is, whose, and when it was given out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem
from briefgen.check.rules.cn.publishing import BEIJING, undeclared
from briefgen.check.saying import flow, squeezed
from briefgen.model.output import Output

WORDS = "证券研究报告"
_ADVISORY = re.compile(r"证券投资咨询|securities investment (advi|consult)", re.IGNORECASE)
_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)")


def first_page(output: Output) -> dict[str, str]:
    """The text before the first section of the HTML, and that of page 1 of the PDF, squeezed."""
    found = {}
    if output.blocks:
        head = "\n".join(block.text for block in output.blocks if block.section is None)
        found["HTML"] = squeezed(head)
    if output.pages:
        found["PDF"] = squeezed(output.pages[0])
    return found


def lacking(output: Output, text: str) -> list[str]:
    """The files in which a text stands neither on the first page nor in a section."""
    whole = {"HTML": output.html_text, "PDF": flow(output.pages) + (output.pages or ("",))[0]}
    made = {"HTML": output.blocks, "PDF": output.pages}
    return [form for form in made if made[form] and squeezed(text) not in squeezed(whole[form])]


def report_words_missing(dossier: Dossier) -> Iterator[Answer]:
    """The words 证券研究报告 are missing from the first page.

    Why: a reader must know at once that the text is regulated research, and no news or
    advertisement (暂行规定, article 8). Looked at are the head of the HTML and page 1 of the PDF.
    The item number is from memory and runs as a warning until a lawyer confirms it.

    Bad:  a template whose head says 行业观察
    Good: 证券研究报告 at the head of the first page
    """
    for form, text in first_page(dossier.output or Output()).items():
        if WORDS not in text:
            yield Problem(
                ("front", "kind"),
                f"the first page of the {form} does not say `{WORDS}`",
                f"keep `{WORDS}` in `research_label` or `mark_issued` of templates/labels",
                subject=form,
            )


def legal_name_missing(dossier: Dossier) -> Iterator[Answer]:
    """The full legal name of the firm is missing, or differs from the one on its licence.

    Why: the reader must know who answers for the report (暂行规定, article 8); a short name may
    be that of several firms of a group. The edition must say it on the first page or in the
    disclosures. The item number is from memory and runs as a warning until a lawyer confirms it.

    Bad:  legal_name: 示例证券, licences: {CN: {entity: 示例证券股份有限公司, …}}
    Good: the same name in both, and a section `kind: disclosures`
    """
    house = dossier.briefing.brokerage
    licence = house.licences.get("CN")
    if licence and licence.entity != house.legal_name:
        yield Problem(
            ("brokerage", "legal_name"),
            f"`legal_name` is {house.legal_name}, the licence in mainland China is that of "
            f"{licence.entity}",
            f"write one name in both places of brokerages/{dossier.briefing.front.brokerage}.yaml",
            subject="entity",
        )
    for form in lacking(dossier.output or Output(), house.legal_name):
        yield Problem(
            ("brokerage", "legal_name"),
            f"the {form} nowhere says the legal name {house.legal_name}",
            "add the section `kind: disclosures`, which states it with the licence",
            subject=form,
        )


def advisory_licence_not_stated(dossier: Dossier) -> Iterator[Answer]:
    """The statement that the firm is licensed for 证券投资咨询业务 is missing.

    Why: only a licensed firm may publish research, and the report must say that it is one (暂行
    规定, article 8). The approved sentence stands in the brokerage's file and is printed from
    there. The item number is from memory and runs as a warning until a lawyer confirms it.

    Bad:  licences: {CN: {entity: …, regulator: 中国证监会}}
    Good: licences: {CN: {…, statement: 本公司具备证券投资咨询业务资格。}}
    """
    briefing = dossier.briefing
    licence = briefing.brokerage.licences.get("CN")
    file = f"brokerages/{briefing.front.brokerage}.yaml"
    if licence is None:
        message = f"{briefing.brokerage.legal_name} has no licence for mainland China on record"
        help_line = f"add `licences: {{CN: …}}` to {file}"
        yield Problem(("brokerage", "licences"), message, help_line)
        return
    path = ("brokerage", "licences", "CN", "statement")
    help_line = f"write the approved sentence as `licences: CN: statement:` in {file}"
    if licence.statement is None:
        yield Problem(path, "there is no statement on the licence for 证券投资咨询业务", help_line)
    elif not _ADVISORY.search(licence.statement):
        message = f"the statement `{licence.statement}` does not speak of 证券投资咨询业务"
        yield Problem(path, message, help_line)
    else:
        for form in lacking(dossier.output or Output(), licence.statement):
            message = f"the {form} lacks the statement `{licence.statement}`"
            yield Problem(path, message, "add the section `kind: disclosures`", subject=form)


def release_time_differs(dossier: Dossier) -> Iterator[Answer]:
    """The time of release is missing, or differs between cover, metadata and file name.

    Why: fair treatment, the ban on trading and the age of prices are counted from the release
    (暂行规定, article 8); two dates make two releases. The day is that of Beijing. The item number
    is from memory and runs as a warning until a lawyer confirms it.

    Bad:  date: 2026-03-02, released_at: 2026-03-03T08:30+08:00
    Good: date: 2026-03-02, released_at: 2026-03-02T08:30+08:00
    """
    front, slug = dossier.briefing.front, dossier.briefing.slug
    yield from undeclared(dossier)
    moment = front.publication.released_at if front.publication else None
    path = ("front", "publication", "released_at")
    if front.publication and moment is None:
        message = "the time of release is not given"
        yield Problem(path, message, f"write `released_at: {front.date}T08:30+08:00`")
    if moment is None:
        return
    day = str(moment.astimezone(BEIJING).date())
    if front.date != day:
        message = f"`date` is {front.date}, `released_at` is on {day} in Beijing"
        yield Problem(("front", "date"), message, "mend one of the two", subject="date")
    for found in _DAY_IN_NAME.finditer(slug):
        if (told := "-".join(found.groups())) != day and _is_day(told):
            message = f"the name `{slug}` says {told}, `released_at` is on {day} in Beijing"
            yield Problem(path, message, "rename the folder, or mend the time", subject="name")
    if dossier.output:
        yield from _stamps(dossier.output, f"{moment:%Y-%m-%d %H:%M}", front.date)


def _stamps(output: Output, shown: str, day: str) -> Iterator[Problem]:
    path = ("front", "publication", "released_at")
    for form, text in first_page(output).items():
        if squeezed(shown) not in text:
            message = f"the first page of the {form} does not say the time of release, {shown}"
            help_line = "keep the time in templates/blocks/reference.html.j2"
            yield Problem(path, message, help_line, subject=form)
    made = output.html_metadata.get("dcterms.created") if output.blocks else None
    written = output.pdf_metadata.get("CreationDate") if output.pages else None
    for form, told, wanted in (
        ("HTML", made, day),
        ("PDF", written, "D:" + day.replace("-", "")),
    ):
        if told is not None and not told.startswith(wanted):
            message = f"the metadata of the {form} say {told}, the cover says {day}"
            help_line = "keep `dcterms.created` in templates/briefing.html.j2"
            yield Problem(path, message, help_line, subject=f"{form} metadata")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def extract_incomplete(dossier: Dossier) -> Iterator[Answer]:
    """An extract that does not carry publisher, date and risk notice.

    Why: who reads an extract or a reprint must be able to find the whole report, and must be
    warned as its readers were. Looked at are documents of the kind `excerpt`.

    Bad:  document: excerpt, without `originator`
    Good: document: excerpt, originator: {name: 示例证券, country: CN, date: 2026-03-02}, with a
          section `kind: risks`
    """
    front = dossier.briefing.front
    yield from undeclared(dossier)
    publication = front.publication
    if publication is None or publication.document != "excerpt":
        return
    if publication.originator is None:
        yield Problem(
            ("front", "publication", "document"),
            "the extract names neither the publisher nor the date of the report it is taken from",
            "add `originator: {name: …, country: CN, date: …}` to `publication:`",
            subject="originator",
        )
    for kind, what in (("risks", "risk notice"), ("disclosures", "disclosures")):
        if kind not in {section.kind for section in front.sections}:
            message = f"the extract carries no {what}"
            help_line = f"add the section `kind: {kind}`"
            yield Problem(("front", "sections"), message, help_line, subject=kind)
