"""What the disclosures of a finished edition say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from briefgen.check.compliance.declared import named
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.check.saying import squeezed
from briefgen.model.language import write_period
from briefgen.model.output import Output
from briefgen.model.statements import Statement

SPOKEN = {
    "positions_net": "净|net",
    "positions": "持有|头寸|hold|position",
    "banking": "承销|投资银行|报酬|客户|协议|offering|banking|compensation|client|agreement",
    "market_making": "做市|makesamarket|makesnomarket",
    "officers": "高级人员|officer",
    "shareholders": "持有|hold",
    "declared": "声明|declare",
}
"""What a statement of a kind says for sure, without white space."""


def disclosed(dossier: Dossier, output: Output) -> tuple[str, ...]:
    """The texts that the reader finds in the disclosures, without white space.

    Shape: blocks of the HTML; without one, sentences of the PDF.
    """
    if not output.blocks:
        return tuple(squeezed(text) for text in re.split(r"[。\f]|\.\s", output.pdf_text))
    sections = dossier.briefing.anchored().items()
    wanted = {anchor for anchor, section in sections if section.kind == "disclosures"}
    return tuple(squeezed(block.text) for block in output.blocks if block.section in wanted)


def unsaid(statement: Statement, texts: tuple[str, ...], dossier: Dossier) -> Iterator[str]:
    """The securities of a statement that no text names with its day and what it is about."""
    day = squeezed(write_period(str(statement.as_of), dossier.briefing.language))
    kind = next(kind for kind in SPOKEN if statement.kind.startswith(kind))
    details = [squeezed(statement.values.get(name, "")) for name in ("percent", "person")]
    said = [
        text
        for text in texts
        if day in text
        and re.search(SPOKEN[kind], text, re.IGNORECASE)
        and all(detail in text for detail in details)
    ]
    for name in statement.securities:
        one = dossier.briefing.securities[name]
        spellings = {squeezed(one.name_zh), squeezed(one.name_en or one.name_zh)}
        if not any(spelling in text for spelling in spellings for text in said):
            yield name


def not_printed(
    dossier: Dossier, statement: Statement, texts: tuple[str, ...], issuers: Collection[str]
) -> Iterator[Problem]:
    """The securities among `issuers` on which the disclosures do not print a statement."""
    for security in unsaid(statement, texts, dossier):
        if security in issuers:
            kind = statement.kind.replace("_", " ")
            yield Problem(
                ("front", "sections"),
                f"the disclosures do not print the statement “{kind}” on "
                f"{named(dossier, security)} as of {statement.as_of}",
                "print it: `blocks/statements.html.j2` in a section `kind: disclosures`",
                subject=f"{security} {statement.kind}",
            )
