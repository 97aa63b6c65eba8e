"""What a certification of analysts must say, limb by limb, in Chinese or English."""

from __future__ import annotations

import re

from briefgen.check.compliance.declared import analysts
from briefgen.check.dossier import Dossier

_SENTENCE = re.compile(r"[^。；;.]+")
PAY_WORDS = re.compile(r"报酬|薪酬|薪金|酬金|compensation|remuneration|\bpaid?\b", re.IGNORECASE)
"""What speaks of pay."""
_VIEWS = re.compile(r"反映|reflect", re.IGNORECASE)

VIEWS: dict[str, tuple[str, str, str]] = {
    "all-views": (
        "that all of the views are meant",
        r"(?:全部|所有|一切|任何|各项)[^，。；]{0,6}(?:观点|看法|意见|见解)",
        r"\b(?:all|any)(?: of)?(?: the| my| our)? (?:[a-z]+ ){0,2}(?:views|opinions)",
    ),
    "personal-views": (
        "that they are the analyst's own, personal views",
        r"(?:个人|本人|自身)[^，。；]{0,30}(?:观点|看法|意见|见解|判断)",
        r"\bpersonal (?:views|opinions)",
    ),
    "any-and-all": (
        "that they are about any and all of the subject securities and issuers",
        r"(?:所有|任何|一切|全部|各)[^，。；]{0,12}(?:证券[^，。；]{0,8}(?:发行人|发行主体|公司)"
        r"|(?:发行人|发行主体|公司)[^，。；]{0,8}证券)",
        r"\b(?:any and all|all|any)\b[^.;]{0,30}\bsecurities\b[^.;]{0,12}\b(?:issuers?|companies)",
    ),
}
"""The limbs on views: what is missing without one, and how it is worded."""

PAY: dict[str, tuple[str, str, str]] = {
    "was-is-will-be": (
        "of pay that it was, is and will be so: past, present and future",
        r"(?=.*(?:过去|以往|曾经|曾|从前))(?=.*(?:现在|目前|当前|如今|现时))(?=.*(?:将来|未来|今后|日后))",
        r"(?=.*\b(?:was|has been)\b)(?=.*\bis\b)(?=.*\bwill be\b)",
    ),
    "directly-or-indirectly": (
        "of pay that direct and indirect relations are meant",
        r"(?=.*直接).*间接",
        r"\bdirectly\b.{0,12}\bindirectly\b",
    ),
    "specific-views": (
        "of pay that specific recommendations or views are meant",
        r"(?:具体|特定)[^，。；]{0,16}(?:推荐|建议)[^，。；]{0,8}(?:观点|看法|意见)",
        r"\bspecific recommendations?\b.{0,12}\bviews?\b",
    ),
}
"""The limbs on pay."""

_NONE = re.compile(r"不|未(?!来)|没有|无(?!论)|\bno part\b|\bnot\b|\bnone\b", re.IGNORECASE)
PAID = {
    "source": ("what the source of the related pay is", r"来源|支付方|\bsource\b"),
    "amount": ("what the amount of the related pay is", r"金额|数额|\bamount\b"),
    "purpose": ("what the purpose of the related pay is", r"目的|用途|\bpurpose\b"),
    "influence": (
        "that the related pay could influence the views",
        r"可能影响|could influence|may influence",
    ),
}
"""What the certification says instead, when pay was related to the views."""


def missing_limbs(text: str) -> dict[str, str]:
    """The limbs that a certification lacks: what each would have said, by its name."""
    parts = [part.strip() for part in _SENTENCE.findall(text)]
    on_views = "；".join(part for part in parts if _VIEWS.search(part))
    on_pay = "；".join(part for part in parts if PAY_WORDS.search(part))
    missing = {}
    for limbs, words in ((VIEWS, on_views), (PAY, on_pay)):
        for name, (what, chinese, english) in limbs.items():
            if not re.search(chinese, words) and not re.search(english, words, re.IGNORECASE):
                missing[name] = what
    if on_pay and not _NONE.search(on_pay):
        for name, (what, pattern) in PAID.items():
            if not re.search(pattern, text, re.IGNORECASE):
                missing[name] = what
    return missing


def not_certifying(text: str, dossier: Dossier) -> list[str]:
    """The analysts for whom a certification does not speak: it names others, or nobody at all."""
    names = [author.name for author in analysts(dossier)]
    if re.search(
        r"(?:署名|全体|各|每(?:一)?[名位]|本报告)[^，。；]{0,6}分析师|\beach\b[^.;]{0,40}\banalyst"
        r"|\banalysts? (?:named|listed|signing|responsible|who)|\bundersigned",
        text,
        re.IGNORECASE,
    ):
        return []
    return [name for name in names if name not in text]
