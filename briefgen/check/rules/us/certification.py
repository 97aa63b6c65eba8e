"""The certification that Regulation AC asks of analysts."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.compliance.certifying import missing_limbs, not_certifying
from briefgen.check.compliance.declared import unsigned
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem

PATH = ("front", "publication", "certification")


def us_certification(dossier: Dossier) -> Iterator[Answer]:
    """The certification of the analysts lacks one of its limbs, or does not speak for all of them.

    Why: Regulation AC, 17 CFR 242.501(a), wants a certification (1) that all views reflect the
    personal views of the analyst about any and all of the subject securities or issuers, and (2)
    that no part of the pay was, is or will be, directly or indirectly, related to the specific
    recommendations or views; or else source, amount and purpose of that pay, and that it could
    influence the views. Each limb is looked for by itself, in Chinese or English.

    Bad:  certification: 署名分析师声明：本报告观点反映本人看法；本人报酬与本报告观点无关。
    Good: certification: 署名分析师声明：本报告全部观点均准确反映本人对所有相关证券和发行人的
          个人看法；本人过去、现在和将来的报酬，均不直接或间接与本报告的具体推荐或观点相关。
    """
    yield from unsigned(dossier)
    publication = dossier.briefing.front.publication
    text = publication.certification if publication else None
    if text is None:
        message = "the report has no certification of views and pay"
        yield Problem(PATH, message, "write `certification:` below `publication`", subject="text")
        return
    for limb, what in missing_limbs(text).items():
        message = f"the certification does not say {what} (`{limb}`)"
        yield Problem(PATH, message, "`briefgen explain US-03` has a full wording", subject=limb)
    for name in not_certifying(text, dossier):
        message = f"the certification does not speak for {name}"
        help_line = "begin it with 署名分析师 (`each of the analysts named`), or name every analyst"
        yield Problem(PATH, message, help_line, subject=name)
