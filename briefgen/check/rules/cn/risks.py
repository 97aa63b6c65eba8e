"""CN-11, 12, 35: risks are shown, are of this report, and name what exchanges warn of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.compliance.declared import WEEK, current, named
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Question
from briefgen.check.rules.cn.identity import first_page, lacking
from briefgen.check.saying import squeezed
from briefgen.model.briefing import Briefing
from briefgen.model.output import Output
from briefgen.model.section import Risks

_USAGE = re.compile(
    r"(投资者|使用者|读者|客户|自行|任何人).{0,30}风险|风险.{0,30}(投资者|使用者|自行|自担)"
    r"|(investor|reader|recipient)s?\b.{0,60}\brisk", re.IGNORECASE
)  # fmt: skip
_GENERIC = re.compile(
    r"(宏观|宏观经济|经济|政策|监管|法律|市场|行业|系统性|技术|竞争|市场竞争|经营|管理|财务|汇率|利率"
    r"|流动性|信用|操作|人才|国际|地缘政治|其他|不可抗力)(的)?"
    r"(风险|变化|波动|变动|不确定性|加剧|因素)?(风险)?"
    r"|((macro(economic)?|policy|regulatory|legal|market|industry|systemic|technology|technical"
    r"|competition|operational|financial|liquidity|credit|geopolitical|other) risks?)",
    re.IGNORECASE,
)
_RISK_LINE = re.compile(
    r"^\s*\**(?:主要)?(?:风险提示|风险因素|风险)[：:。]?\**[：:]?\s*(?P<names>.+)$", re.MULTILINE
)
_BETWEEN = re.compile(r"[；;、，,。\n]+|\*+")
_WARNED_NAME = re.compile(r"\*?S?\*?ST(?=[㐀-鿿])|退市")
_WARNING = re.compile(r"\*?ST|退市|风险警示|暂停上市|终止上市|delist|risk warning", re.IGNORECASE)


def risk_notice_missing(dossier: Dossier) -> Iterator[Answer]:
    """No notice on the risk of using the report, no risks, or no word of them on the first page.

    Why: the reader must be warned before reading on (暂行规定, article 8). The notice is a clause
    of the brokerage's `disclosures`, the risks are a section, and the first page names the section.
    The item number is from memory and runs as a warning until a lawyer confirms it.

    Bad:  a first page on which 风险提示 stands nowhere
    Good: a section `kind: risks`, named on the first page, and a clause 使用风险
    """
    briefing = dossier.briefing
    clauses = [c for part in briefing.brokerage.disclosures for c in part.clauses]
    usage = [c for c in clauses if _USAGE.search(c.text)]
    if not usage:
        file = f"brokerages/{briefing.front.brokerage}.yaml"
        message = "no clause of the disclosures warns of the risk of using the report"
        help_line = f"add a clause to `disclosures` in {file}"
        yield Problem(("brokerage", "disclosures"), message, help_line, subject="usage")
    sections = [section for section in briefing.front.sections if isinstance(section, Risks)]
    if not sections:
        message = "the report names no risks"
        yield Problem(("front", "sections"), message, "add `- kind: risks`", subject="risks")
    output = dossier.output or Output()
    for form, text in first_page(output).items():
        if sections and not any(squeezed(section.title) in text for section in sections):
            message = f"the first page of the {form} does not say `{sections[0].title}`"
            help_line = "keep the line on risks in templates/sections/overview.html.j2"
            yield Problem(("front", "sections"), message, help_line, subject=form)
    for form in lacking(output, usage[0].text) if usage else ():
        message = f"the {form} lacks the notice on use: “{usage[0].text}”"
        help_line = "add the section `kind: disclosures`"
        yield Problem(("front", "sections"), message, help_line, subject=f"usage {form}")


def risk_generic(dossier: Dossier) -> Iterator[Answer]:
    """A risk that could stand in any report, or other risks on the first page than in the body.

    Why: 政策风险 warns of nothing; a risk says what may happen to what this report expects. Whether
    a risk with a general name is specific enough, a person decides. If the overview has a
    paragraph 风险提示, it must name the risks of the section, all and no others. The citation is
    from memory and runs as a warning until a lawyer confirms it.

    Bad:  {name: 政策风险, text: 政策可能变化。}
    Good: {name: 降价幅度不及预期, text: 若厂商放缓降价，应用方的成本改善将晚于预期。}
    """
    briefing = dossier.briefing
    names: list[str] = []
    for at, section in enumerate(briefing.front.sections):
        for position, risk in enumerate(section.items if isinstance(section, Risks) else ()):
            names.append(risk.name)
            if _GENERIC.fullmatch(risk.name.strip()):
                yield Question(
                    f"the risk `{risk.name}` has a name that fits any report: does its text "
                    f"(“{risk.text}”) say what may happen to what this report expects?",
                    risk.name,
                    ("front", "sections", at, "items", position, "name"),
                )
    for file, on_front in _on_front(briefing):
        for name in (name for name in names if name not in on_front):
            message = f"the section on risks has `{name}`, the overview does not"
            yield _front_differs(file, message, name)
        for name in (name for name in on_front if name not in names):
            message = f"the overview has the risk `{name}`, the section on risks does not"
            yield _front_differs(file, message, name)


def _on_front(briefing: Briefing) -> Iterator[tuple[str, list[str]]]:
    """The risks that a paragraph of the overview names, with the file."""
    for section in briefing.front.sections:
        if section.kind == "overview" and section.prose:
            for line in _RISK_LINE.finditer(briefing.prose[section.prose]):
                found = (name.strip() for name in _BETWEEN.split(line["names"]))
                yield section.prose, [name for name in found if name]


def _front_differs(file: str, message: str, name: str) -> Problem:
    help_line = f"name the same risks in {file} and in `risks`, in the same words"
    return Problem(("prose", file), message, help_line, subject=name)


def risk_warning_not_mentioned(dossier: Dossier) -> Iterator[Answer]:
    """A security under a warning of its exchange (ST, delisting) that the risks do not mention.

    Why: a firm was sanctioned for a report that did not tell readers of the risk of an ST stock.
    The list `listing_status` holds the warnings; a name that begins with ST says so itself. The
    risk must name the security and the warning, in the section on risks or in `risks` of its
    rating.

    Bad:  {security: shili-soft, warning: 退市风险警示} in `listing_status`, no risk that says so
    Good: {name: 示例软件存在退市风险, text: 示例软件已被交易所实施退市风险警示……}
    """
    yield from current(dossier, "listing_status", WEEK)
    briefing = dossier.briefing
    listing = briefing.disclosure_facts.listing_status
    warned = {row.security: row.warning for row in listing.rows} if listing else {}
    for name, known in briefing.securities.items():
        if found := _WARNED_NAME.search(known.name_zh):
            warned.setdefault(name, found[0])
    for security, warning in warned.items():
        if security in briefing.securities and not _is_told(briefing, security, warning):
            name = named(dossier, security)
            yield Problem(
                ("front", "sections"),
                f"{name} is under a warning of its exchange ({warning}), and no risk says so",
                f"add a risk that names {name} and `{warning}` to the section `kind: risks`",
                subject=security,
            )


def _is_told(briefing: Briefing, security: str, warning: str) -> bool:
    """Whether one risk names the security and the warning, or that of its rating the warning."""
    sections = [section for section in briefing.front.sections if isinstance(section, Risks)]
    texts = [f"{risk.name} {risk.text}" for section in sections for risk in section.items]
    for section in sections:
        texts += briefing.prose[section.prose].split("\n\n") if section.prose else []
    known = briefing.securities[security]
    names = [name for name in (known.name_zh, known.name_en) if name]
    about = [text for text in texts if any(name in text for name in names)]
    for group in briefing.recommendations.values():
        calls = [pick.call for pick in group.picks if pick.security == security]
        about += [call.risks for call in calls if call and call.risks]
    for text in about:
        for name in names:
            text = text.replace(name, "")
        if warning in text or _WARNING.search(text):
            return True
    return False
