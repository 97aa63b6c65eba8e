"""What the disclosures for Hong Kong say on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.compliance.declared import disclosures_file
from briefgen.check.compliance.denials import DENIALS, sentences
from briefgen.check.compliance.printed import disclosed, not_printed
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown
from briefgen.check.rules.hk.issuers import in_hong_kong
from briefgen.model.statements import statements

LISTS = ("positions", "banking", "market_making", "officers")
DATED = re.compile(r"\d{4}\s*(?:年|-|/)|\b\d{4}\b")


def hk_negative_statements(dossier: Dossier) -> Iterator[Answer]:
    """A statement on interests that is not on the page, or that names neither issuer nor day.

    Why: disclosures are to be clear, concise and specific. “The firm has no interest in the
    companies mentioned” cannot be checked by anybody; for each list, every Hong Kong issuer of the
    report stands in a statement, positive or negative, with the day that it holds for.

    Bad:  本公司不持有上述公司的股份。
    Good: 截至 2026 年 2 月 28 日，示例证券及其关联方不持有示例云的多头或空头头寸。
    """
    issuers = in_hong_kong(dossier)
    if not issuers:
        return
    facts = dossier.briefing.disclosure_facts
    if absent := [name for name in LISTS if getattr(facts, name) is None]:
        yield Unknown(
            f"without {', '.join(f'`{name}`' for name in absent)} nothing is stated",
            f"add the lists to {disclosures_file(dossier)}",
            ("disclosure_facts",),
        )
    yield from _vague_denials(dossier, issuers)
    if dossier.output is not None:
        texts = disclosed(dossier, dossier.output)
        for statement in statements(dossier.briefing):
            yield from not_printed(dossier, statement, texts, issuers)


def _vague_denials(dossier: Dossier, issuers: tuple[str, ...]) -> Iterator[Problem]:
    """Standing sentences that deny an interest and do not say in whom, or when."""
    securities = dossier.briefing.securities
    spellings = {
        name
        for issuer in issuers
        for name in (securities[issuer].name_zh, securities[issuer].name_en)
        if name
    }
    for sentence in sentences(dossier):
        if not any(pattern.search(sentence.text) for pattern in DENIALS.values()):
            continue
        lacking = [] if any(name in sentence.text for name in spellings) else ["no issuer"]
        lacking += [] if DATED.search(sentence.text) else ["no day"]
        if lacking:
            yield Problem(
                sentence.path,
                f"“{sentence.text}” denies an interest and names {' and '.join(lacking)}",
                "take it out: the statements are made from the facts, by name and day",
                sentence.text,
                subject="denial",
            )
