"""Rules of the house on what it keeps on record: approved texts, its archive, its offices."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.compliance.declared import disclosures_file
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown
from briefgen.model.value import period_end, period_start


def boilerplate_not_approved(dossier: Dossier) -> Iterator[Answer]:
    """Standing disclosures that are not the ones that were approved.

    Why: one wrong character in a licence or a disclaimer goes out with every report, and is read
    by lawyers. `approved_disclosures` of the brokerage holds the digest of the approved text; the
    help of this finding says what the present text has. A reconstruction tells the clauses of
    somebody else in other words, and nothing is approved there.

    Bad:  approved_disclosures: the digest of the text before 法国 came to stand for 法团
    Good: approved_disclosures: the digest of the text as it is, written by who approved it
    """
    house, name = dossier.briefing.brokerage, dossier.briefing.front.brokerage
    if dossier.is_reconstruction:
        return
    path, digest = ("brokerage", "disclosures"), house.disclosures_digest
    write = f"write `approved_disclosures: {digest}` into `brokerages/{name}.yaml`"
    if not house.disclosures:
        yield Problem(path, f"`{name}` has no standing disclosures", "add `disclosures: […]`")
    elif house.approved_disclosures is None:
        reason = f"nobody approved the standing disclosures of `{name}`"
        yield Unknown(reason, f"who approves them as they are: {write}", path)
    elif house.approved_disclosures != digest:
        yield Problem(
            path,
            f"the standing disclosures of `{name}` are not those that were approved: their digest "
            f"is {digest[:12]}…, approved is {house.approved_disclosures[:12]}…",
            f"undo the change, or have it approved and {write}",
        )


def related_report_not_earlier(dossier: Dossier) -> Iterator[Answer]:
    """A related report that is not earlier than this one, or that the archive does not know.

    Why: “related reports” are those that a reader can look up; one of a later day, or one that
    was never published, is a slip of the pen. The archive is the list `archive` of the house.

    Bad:  related: [{title: 价格战之后, date: 2026-03-09}] in a report of 2026-03-02
    Good: related: [{title: 价格战之后, date: 2026-02-09}], and the same in `archive`
    """
    front, archive = dossier.briefing.front, dossier.briefing.disclosure_facts.archive
    for position, report in enumerate(front.related):
        path, title = ("front", "related", position), f"《{report.title}》"
        if period_start(report.date) >= dossier.day:
            message = f"{title} is of {report.date}, not earlier than this report of {front.date}"
            yield Problem((*path, "date"), message, "mend the date", subject=report.title)
        elif archive is None:
            reason = f"there is no list `archive` to look {title} up in"
            help_line = f"add `archive: {{as_of: …, rows: […]}}` to {disclosures_file(dossier)}"
            yield Unknown(reason, help_line, path, report.title)
        elif not any(
            known.title == report.title
            and period_start(report.date) <= known.date <= period_end(report.date)
            for known in archive.rows
        ):
            message = f"the archive of the house knows no {title} of {report.date}"
            help_line = f"mend title or date, or add it to `archive` in {disclosures_file(dossier)}"
            yield Problem((*path, "title"), message, help_line, subject=report.title)


def contact_block_incomplete(dossier: Dossier) -> Iterator[Answer]:
    """A house of which a reader learns no address, or no mail address, to turn to.

    Why: who doubts a number must be able to ask. Firm, address and mail of the house are printed
    from `offices`. What the source of a reconstruction does not print is not known.

    Bad:  offices: [{city: 上海, address: 示例路一号}]
    Good: offices: [{city: 上海, address: 示例路一号, mail: research@example.com}]
    """
    house, name = dossier.briefing.brokerage, dossier.briefing.front.brokerage
    kinds = {section.kind for section in dossier.briefing.front.sections}
    faults = []
    if not house.offices:
        faults.append(
            (f"`{name}` has no office", "add `offices: [{city: …, address: …, mail: …}]`")
        )
    elif not any(office.mail for office in house.offices):
        faults.append((f"no office of `{name}` has a mail address", "add `mail: …` to an office"))
    if "disclosures" not in kinds:
        told = "no section prints firm, address and mail"
        faults.append((told, "add `- {kind: disclosures, title: …}` to `sections`"))
    for message, help_line in faults:
        path = ("brokerage", "offices")
        if dossier.is_reconstruction:
            yield Unknown(f"the source says too little: {message}", None, path)
        else:
            yield Problem(path, message, help_line)
