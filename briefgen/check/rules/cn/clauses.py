"""The instruments of mainland China that the rules cite."""

from __future__ import annotations

from datetime import date

from briefgen.model.verdict import Clause


def provisions(article: str, evidence: str) -> Clause:
    """《发布证券研究报告暂行规定》 of the CSRC, in force since 2011."""
    text = f"《发布证券研究报告暂行规定》{article}"
    return Clause(text=text, evidence=evidence, since=date(2011, 1, 1))


def practice(what: str, evidence: str) -> Clause:
    """《发布证券研究报告执业规范》 of the SAC, in force since 2012, revised in 2020."""
    text = f"《发布证券研究报告执业规范》{what}"
    return Clause(text=text, evidence=evidence, since=date(2012, 9, 1))


def derived(text: str, evidence: str) -> Clause:
    """A rule of our own that follows from the duty to be careful and consistent."""
    return Clause(text=text, evidence=evidence, basis="derived")


AI_LABELS = Clause(
    text="《人工智能生成合成内容标识办法》；GB 45438-2025",
    evidence="V2",
    since=date(2025, 9, 1),
)
