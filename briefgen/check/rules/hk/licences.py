"""Who publishes in Hong Kong, and under which licence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.compliance.declared import (
    MONTH,
    analysts,
    current,
    disclosures_file,
    released_on,
    unsigned,
)
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, rests_on
from briefgen.model.disclosure_facts import Registration

CE_NUMBER = re.compile(r"[A-Z]{3}\d{3}")
RESEARCH = re.compile(r"(?:Type|第)\s*[14]\s*(?:类)?(?!\d)")
"""Type 4 is advice on securities; Type 1 is enough where the advice is wholly incidental."""


def hk_publisher_not_licensed(dossier: Dossier) -> Iterator[Answer]:
    """The report goes to Hong Kong, and no entity licensed there publishes it.

    Why: issuing research on securities is advising on them, Type 4 of Schedule 5 to the Securities
    and Futures Ordinance, or Type 1 where it is wholly incidental to dealing. The reader finds the
    entity in the register by its central entity number, three letters and three digits.

    Bad:  audience: [CN, HK], and no `HK` in `licences`
    Good: licences: {HK: {entity: …, number: ABC123, activities: [Type 4], regulator: …}}
    """
    briefing = dossier.briefing
    licence, path = briefing.brokerage.licences.get("HK"), ("brokerage", "licences", "HK")
    file = f"`brokerages/{briefing.front.brokerage}.yaml`"
    if licence is None:
        yield Problem(
            ("brokerage", "licences"),
            f"`{briefing.front.brokerage}` has no licence for Hong Kong, where the report goes",
            f"add `HK: {{entity: …, number: …, activities: [Type 4], …}}` to `licences` in {file}",
        )
        return
    if not any(RESEARCH.match(activity) for activity in licence.activities):
        named = ", ".join(licence.activities) or "none"
        message = f"`{licence.entity}` may not advise on securities; its activities: {named}"
        yield Problem(path, message, f"add `Type 4` to `activities` in {file}, once it is licensed")
    if licence.number is None or not CE_NUMBER.fullmatch(licence.number):
        told = f"`{licence.number}` is no" if licence.number else "there is no"
        message = f"{told} central entity number of `{licence.entity}`"
        yield Problem((*path, "number"), message, "write it as the register does: `ABC123`")
        return
    yield from current(dossier, "registrations", MONTH)
    yield from _registered(dossier, licence.number, licence.entity, licence.entity)


def hk_analyst_not_licensed(dossier: Dossier) -> Iterator[Answer]:
    """An analyst of a report for Hong Kong without a central entity number, or not in the register.

    Why: the house names its analysts with their central entity numbers, so that a reader can look
    up whether they are licensed for Type 4 with this firm. A rule of the house: the Code of Conduct
    does not ask for the number.

    Bad:  {id: jia, name: 示例甲, role: analyst}
    Good: {id: jia, name: 示例甲, role: analyst, ce_number: AAA111}, as in the register
    """
    yield from unsigned(dossier)
    yield from current(dossier, "registrations", MONTH)
    licence = dossier.briefing.brokerage.licences.get("HK")
    for author in analysts(dossier):
        if author.ce_number is None or not CE_NUMBER.fullmatch(author.ce_number):
            told = f"`{author.ce_number}` is no" if author.ce_number else "there is no"
            yield Problem(
                ("front", "publication", "authors"),
                f"{told} central entity number of {author.name} (`{author.id}`)",
                "give `ce_number`: three letters and three digits",
                subject=author.id,
            )
        else:
            firm = licence.entity if licence else None
            yield from _registered(dossier, author.ce_number, author.name, firm)


def _registered(dossier: Dossier, number: str, name: str, firm: str | None) -> Iterator[Problem]:
    """What keeps a number from being that of a person or entity licensed for research."""
    listing = dossier.briefing.disclosure_facts.registrations
    if listing is None:
        return
    rows = [row for row in listing.rows if row.number == number]
    known = [row for row in rows if row.name == name and row.firm == firm]
    if any(RESEARCH.match(row.category) for row in known):
        return
    if known:
        found = f"is licensed for {_told(known, 'category')}, not for Type 4 or Type 1"
    elif rows:
        found = f"is that of {_told(rows, 'name')} at {_told(rows, 'firm')}"
    else:
        found = "is not there"
    yield Problem(
        ("disclosure_facts", "registrations"),
        f"`{number}` of {name}: in the register of {listing.as_of} it {found}",
        f"mend the number, or bring `registrations` in {disclosures_file(dossier)} up to date",
        subject=number,
    )


def _told(rows: list[Registration], field: str) -> str:
    return ", ".join(f"`{getattr(row, field)}`" for row in rows)


def hk_foreign_research(dossier: Dossier) -> Iterator[Answer]:
    """Research made elsewhere is issued in Hong Kong without the disclosures of Hong Kong.

    Why: the SFC's answers on analysts' conflicts of interest apply paragraph 16 to research made
    outside Hong Kong, once a licensed person issues it there: its originator is named, and the
    licensed firm adds its own disclosures.

    Bad:  originator: {name: Example Research Inc, country: US, date: 2026-02-20}, and no list
          `positions`
    Good: originator: {name: Example Research Inc, country: US, date: 2026-02-20}, and all
          lists are there
    """
    publication = dossier.briefing.front.publication
    originator = publication.originator if publication else None
    if originator is None or originator.country == "HK":
        return
    path, day = ("front", "publication", "originator"), released_on(dossier)
    if originator.date > day:
        message = f"the original of {originator.name} is of {originator.date}, after the release"
        yield Problem((*path, "date"), message, "give the day of the original")
    yield from rests_on(dossier, "HK-01", "HK-03", "HK-04", "HK-05", "HK-06")
