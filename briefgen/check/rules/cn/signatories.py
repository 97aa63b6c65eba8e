"""CN-04 to CN-07: who signs, under which number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.compliance.declared import MONTH, current
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown
from briefgen.check.rules.cn.publishing import release_day, undeclared
from briefgen.diagnostics.place import ValuePath
from briefgen.model.publication import Author

NUMBER = re.compile(
    r"""
    (?P<firm>[SA]\d{4})     # S a securities company, A an advisory firm
    (?P<category>\d)        # 5: analyst, as far as samples tell
    (?P<year>\d{2})(?P<month>\d{2})
    \d{4}
    """,
    re.VERBOSE | re.ASCII,
)
ANALYST_DIGIT = "5"
_ANALYST_TITLE = re.compile(r"分析师(?!助理)|\banalyst\b(?! assistant)", re.IGNORECASE)
_ADVISER = "投资顾问"


def _authors(dossier: Dossier) -> Iterator[tuple[Author, ValuePath]]:
    publication = dossier.briefing.front.publication
    for position, author in enumerate(publication.authors if publication else ()):
        yield author, ("front", "publication", "authors", position)


def signatory_without_number(dossier: Dossier) -> Iterator[Answer]:
    """A report without a signing analyst, or an analyst without a valid number of her own.

    Why: the reader must be able to look up who signs (暂行规定, article 8). A number is `S` or `A`
    and 13 digits. The item number is from memory and runs as a warning until a lawyer confirms it.

    Bad:  {id: jia, name: 示例甲, role: analyst, registration: S09905260100}
    Good: {id: jia, name: 示例甲, role: analyst, registration: S0990526010001}
    """
    yield from undeclared(dossier)
    authors = list(_authors(dossier))
    if dossier.briefing.front.publication and not any(a.role == "analyst" for a, _ in authors):
        help_line = "add an author with `role: analyst` to `publication: authors:`"
        message = "no analyst signs the report"
        yield Problem(("front", "publication"), message, help_line, subject="signatory")
    holders: dict[str, str] = {}
    for author, path in authors:
        number = author.registration
        if number is None:
            if author.role == "analyst":
                message = f"{author.name} signs and has no registration number"
                help_line = f"add `registration: S…` to the author `{author.id}`"
                yield Problem(path, message, help_line, subject=author.id)
            continue
        at = (*path, "registration")
        if not NUMBER.fullmatch(number):
            message = f"`{number}` of {author.name} is no registration number: S or A and 13 digits"
            yield Problem(at, message, "look it up in the register of the SAC", subject=author.id)
        if (other := holders.setdefault(number, author.name)) != author.name:
            message = f"`{number}` is given for {other} and for {author.name}"
            yield Problem(at, message, "give each the own number", subject=author.id)


def signatory_not_registered(dossier: Dossier) -> Iterator[Answer]:
    """A signing analyst whom the register does not list as an analyst of this firm.

    Why: who signs must be registered as 证券分析师 and cannot be 投资顾问 at the same time (暂行
    规定, article 5). Unregistered people who signed were sanctioned, and so were their firms. The
    list `registrations` is the register as of its day; it may be a month old.

    Bad:  the register has 示例甲 under another number, or as 证券投资咨询(投资顾问)
    Good: {number: S0990526010001, name: 示例甲, firm: 示例证券股份有限公司, category: …(分析师)}
    """
    yield from undeclared(dossier)
    yield from current(dossier, "registrations", MONTH)
    listing = dossier.briefing.disclosure_facts.registrations
    firm = dossier.briefing.brokerage.legal_name
    for author, path in _authors(dossier):
        if author.role != "analyst" or listing is None:
            continue
        if author.registration is None:
            reason = f"{author.name} has no number to look up in the register"
            yield Unknown(reason, f"add `registration` to the author `{author.id}`", path)
            continue
        register = f"the register as of {listing.as_of}"
        row = next((row for row in listing.rows if row.number == author.registration), None)
        if row is None:
            faults = [f"{register} does not have {author.registration} of {author.name}"]
        else:
            found = {"name": row.name, "firm": row.firm, "category": row.category}
            wanted = {"name": author.name, "firm": firm, "category": row.category}
            faults = [
                f"{register} has {author.registration} with the {what} {found[what]}, "
                f"the report says {wanted[what]}"
                for what in found
                if found[what] != wanted[what]
            ]
            if "分析师" not in row.category:
                faults.append(f"{register} lists {author.name} as {row.category}, no analyst")
        faults += [
            f"{register} lists {author.name} as {other.category} too, under {other.number}"
            for other in listing.rows
            if other is not row and other.name == author.name and other.firm == firm
            if _ADVISER in other.category
        ]
        help_line = "correct the author, have the register looked up again, or do not let them sign"
        for fault in faults:
            yield Problem(path, fault, help_line, subject=author.id)


def contact_as_analyst(dossier: Dossier) -> Iterator[Answer]:
    """A contact or contributor who is called an analyst, certifies, or attests as one.

    Why: only registered analysts sign (暂行规定, article 5). 联系人 and 研究助理 may be named, and
    must not look like signatories.

    Bad:  {id: bing, name: 示例丙, title: 分析师, role: contact}
    Good: {id: bing, name: 示例丙, title: 研究助理, role: contact}
    """
    yield from undeclared(dossier)
    publication = dossier.briefing.front.publication
    certified = (publication.certification if publication else None) or ""
    for author, path in _authors(dossier):
        if author.role == "analyst":
            continue
        if author.title and _ANALYST_TITLE.search(author.title):
            message = f"{author.name} is a {author.role} and carries the title {author.title}"
            help_line = "give another title, or `role: analyst` to who is registered and signs"
            yield Problem((*path, "title"), message, help_line, subject=author.id)
        if author.name in certified:
            message = f"the certification names {author.name}, a {author.role} who does not sign"
            at = ("front", "publication", "certification")
            yield Problem(at, message, "let only the analysts certify", subject=author.id)
        for position, attestation in enumerate(dossier.release.attestations):
            if attestation.by == author.id and attestation.role == "analyst":
                message = f"{author.name} attests {attestation.rule} as an analyst, and is a "
                help_line = "have an analyst attest it"
                path = ("attestations", position)
                yield Problem(path, message + author.role, help_line, subject=author.id)


def registration_number_implausible(dossier: Dossier) -> Iterator[Answer]:
    """Registration numbers that do not fit the firm, the role or the date of the report.

    Why: numbers are copied from older reports. In all samples, the first five characters stand for
    the firm, the sixth is 5 for analysts, the next four are year and month of registration. The
    segments were inferred from samples; the register (CN-05) is the truth.

    Bad:  S0990526010001 and S0880526010002; S0990526990001; S0990526120001 in March 2026
    Good: S0990526010001 and S0990526010002
    """
    day = release_day(dossier)
    firms: dict[str, list[str]] = {}
    for author, path in _authors(dossier):
        found = NUMBER.fullmatch(author.registration or "")
        if found is None:
            continue
        at, number = (*path, "registration"), found[0]
        firms.setdefault(found["firm"], []).append(author.name)
        year, month = 2000 + int(found["year"]), int(found["month"])
        faults = []
        if not 1 <= month <= 12:
            faults.append(f"`{number}` of {author.name} has {found['month']} for a month")
        elif (year, month) > (day.year, day.month):
            told = f"registered in {year}-{month:02}, after the release on {day}"
            faults.append(f"`{number}` of {author.name} would be {told}")
        is_analyst = author.role == "analyst"
        if (found["category"] == ANALYST_DIGIT) != is_analyst:
            known = "analysts have a 5 there" if is_analyst else "a 5 there is an analyst's"
            told = f"the sixth character {found['category']}; {known}"
            faults.append(f"`{number}` of {author.name}, {author.role}, has {told}")
        for fault in faults:
            help_line = "look the number up in the register of the SAC"
            yield Problem(at, fault, help_line, subject=author.id)
    if len(firms) > 1:
        told = "; ".join(f"{firm} ({'、'.join(names)})" for firm, names in firms.items())
        yield Problem(
            ("front", "publication", "authors"),
            f"the numbers are of {len(firms)} firms: {told}",
            "analysts of one report are registered with one firm; look the numbers up",
            subject="firm",
        )
