"""Sentences of the house's standing disclosures that deny an interest or weaken a threshold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefgen.check.compliance.declared import named
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.diagnostics.place import ValuePath

_NOT = r"(?:不|未|没有|并无|概无|均无)(?:曾|会|存在|直接|间接|或|实益)*"
_NO = r"\b(?:no|not|none|neither|nor|never)\b[^.;]{0,60}"

DENIALS: dict[str, re.Pattern[str]] = {
    "positions": re.compile(
        rf"{_NOT}(?:持有|拥有|享有)[^。；]{{0,40}}(?:股份|权益|证券|头寸|市值|股票)"
        rf"|{_NO}\b(?:hold|own|position|shareholding|(?:financial|beneficial) interest)s?\b",
        re.IGNORECASE,
    ),
    "banking": re.compile(
        r"(?:没有|并无|概无|均无|不存在|未曾?(?:提供|收取|担任|参与|获))[^。；，]{0,20}"
        r"(?:投资银行|投行|承销|保荐)"
        rf"|{_NO}\b(?:investment[- ]banking|underwrit)",
        re.IGNORECASE,
    ),
    "market_making": re.compile(
        r"(?:不|未|并非)(?:曾|会)?(?:是|为|担任|充当)?[^。；，]{0,20}做市"
        rf"|{_NO}\bmarkets?[- ]mak|{_NO}\bmakes? a market|\bmakes? no market",
        re.IGNORECASE,
    ),
    "officers": re.compile(
        rf"{_NOT}(?:担任|出任|兼任)[^。；]{{0,30}}(?:董事|监事|高级人员|高级管理人员|高管)"
        rf"|{_NO}\b(?:officer|director)s?\b",
        re.IGNORECASE,
    ),
}
"""What says that there is nothing to disclose, by the list that knows better."""

_ONE_PERCENT = r"(?:1|１|一)\s*(?:%|％|per\s?cent)|百分之一|one\s+per\s?cent"
STRICT = re.compile(
    r"(?:超过|逾|高于|大于|多于|more than|over|above|exceed\w*|in excess of|greater than)\s*"
    rf"(?:{_ONE_PERCENT})(?!\d)",
    re.IGNORECASE,
)
"""A threshold of one percent that leaves out one percent itself."""

_HOLDING = re.compile(r"持有|权益|持股|头寸|interest|hold|shareholding|own", re.IGNORECASE)
_SENTENCE = re.compile(r"[^。；;]+?(?:[。；;]|(?<!\d)\.(?=\s|$)|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the standing disclosures, and where it stands."""

    text: str
    path: ValuePath

    def against(self, fact: str, security: str) -> Problem:
        """That it denies a fact about a security."""
        message = f"the disclosures say “{self.text}”, but {fact}"
        help_line = "take the sentence out: the statements are made from the facts"
        return Problem(self.path, message, help_line, self.text, subject=security)


def sentences(dossier: Dossier) -> Iterator[Sentence]:
    """The sentences of the disclosures that stand in the brokerage's file."""
    for part_no, part in enumerate(dossier.briefing.brokerage.disclosures):
        for clause_no, clause in enumerate(part.clauses):
            path = ("brokerage", "disclosures", part_no, "clauses", clause_no, "text")
            for match in _SENTENCE.finditer(clause.text):
                if match[0].strip():
                    yield Sentence(match[0].strip(), path)


def denials(dossier: Dossier, kind: str) -> Iterator[Sentence]:
    """Standing sentences that deny what one of the lists may say."""
    return (sentence for sentence in sentences(dossier) if DENIALS[kind].search(sentence.text))


def contradicted(dossier: Dossier, kind: str, facts: Mapping[str, str]) -> Iterator[Problem]:
    """Standing sentences that deny facts, which are given by security."""
    for sentence in denials(dossier, kind):
        for security, fact in facts.items():
            if _may_mean(dossier, sentence, security):
                yield sentence.against(fact, security)


def _may_mean(dossier: Dossier, sentence: Sentence, security: str) -> bool:
    """Whether a sentence is about a security: it names it, or none at all."""
    named_there = {
        key
        for key, one in dossier.briefing.securities.items()
        if any(name and name in sentence.text for name in (one.name_zh, one.name_en, one.ticker))
    }
    return not named_there or security in named_there


def holdings_denied(dossier: Dossier, holdings: Mapping[str, Decimal]) -> Iterator[Problem]:
    """Standing sentences that deny a holding, or one of one percent and more.

    Units: holdings in percent, by security.
    """
    for sentence in denials(dossier, "positions"):
        least = Decimal(1) if re.search(_ONE_PERCENT, sentence.text, re.IGNORECASE) else 0
        for security, percent in holdings.items():
            if percent and percent >= least and _may_mean(dossier, sentence, security):
                fact = f"the firm holds {percent}% of {named(dossier, security)}"
                yield sentence.against(fact, security)


def strict_thresholds(dossier: Dossier) -> Iterator[Problem]:
    """Standing sentences on holdings whose threshold leaves out one percent itself."""
    for sentence in sentences(dossier):
        match = STRICT.search(sentence.text)
        if match and _HOLDING.search(sentence.text):
            yield Problem(
                sentence.path,
                f"“{match[0]}” leaves out a holding of exactly 1%: “{sentence.text}”",
                "write `1% 或以上` (`1% or more`)",
                match[0],
                subject="threshold",
            )
