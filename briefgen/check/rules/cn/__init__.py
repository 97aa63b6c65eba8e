"""The rules of mainland China on published research."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.cn.ai import ai_label_missing
from briefgen.check.rules.cn.clauses import AI_LABELS, derived, practice, provisions
from briefgen.check.rules.cn.content import (
    forecast_not_labelled,
    peers_not_explained,
    survey_not_described,
    text_and_exhibits_disagree,
)
from briefgen.check.rules.cn.holdings import (
    holding_only_generic,
    mainland_holding_undisclosed,
    trade_against_view,
)
from briefgen.check.rules.cn.identity import (
    advisory_licence_not_stated,
    extract_incomplete,
    legal_name_missing,
    release_time_differs,
    report_words_missing,
)
from briefgen.check.rules.cn.ratings import (
    benchmark_unclear,
    rated_not_covered,
    rating_classes_no_partition,
    rating_history_contradicted,
    rating_horizon_differs,
    rating_label_undefined,
)
from briefgen.check.rules.cn.release import (
    issuer_on_restricted_list,
    record_incomplete,
    released_more_than_once,
    review_incomplete,
)
from briefgen.check.rules.cn.risks import (
    risk_generic,
    risk_notice_missing,
    risk_warning_not_mentioned,
)
from briefgen.check.rules.cn.signatories import (
    contact_as_analyst,
    registration_number_implausible,
    signatory_not_registered,
    signatory_without_number,
)
from briefgen.check.rules.cn.sources import (
    source_not_lawful,
    source_not_shown,
    source_without_origin,
)
from briefgen.check.rules.cn.wording import guaranteed_return, inducing_title
from briefgen.diagnostics.finding import Severity
from briefgen.model.verdict import Mode

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_DOCUMENT, _FEED, _HEURISTIC, _HUMAN = Mode.DOCUMENT, Mode.FEED, Mode.HEURISTIC, Mode.HUMAN
_MEANING = "关于披露评级含义的要求"
_CAREFUL = "第九条（审慎、来源可靠、图文一致）"

# fmt: off
CN: tuple[Rule, ...] = (
    Rule("CN-01", _ERROR, report_words_missing,
         provisions("第八条第（一）项", "V2/M"), _DOCUMENT, blocks=True, needs="edition"),
    Rule("CN-02", _ERROR, legal_name_missing,
         provisions("第八条第（二）项", "V2/M"), _DOCUMENT, blocks=True, needs="both"),
    Rule("CN-03", _ERROR, advisory_licence_not_stated,
         provisions("第八条第（三）项", "V2/M"), _DOCUMENT, blocks=True, needs="both"),
    Rule("CN-04", _ERROR, signatory_without_number,
         provisions("第八条第（四）项、第五条", "V2/V"), _DOCUMENT, blocks=True),
    Rule("CN-05", _ERROR, signatory_not_registered,
         provisions("第五条", "V"), _FEED, blocks=True),
    Rule("CN-06", _ERROR, contact_as_analyst,
         provisions("第五条", "V"), _DOCUMENT, blocks=True),
    Rule("CN-07", _WARNING, registration_number_implausible,
         derived("依据第五条推导：执业证书编号的构成", "I"), _DOCUMENT),
    Rule("CN-08", _ERROR, release_time_differs,
         provisions("第八条第（五）项", "V2/M"), _DOCUMENT, blocks=True, needs="both"),
    Rule("CN-09", _ERROR, source_not_shown,
         provisions("第八条第（六）项", "V2/M"), _DOCUMENT, blocks=True, needs="both"),
    Rule("CN-10", _ERROR, source_without_origin,
         provisions(_CAREFUL, "V2"), _DOCUMENT),
    Rule("CN-11", _ERROR, risk_notice_missing,
         provisions("第八条第（七）项", "V2/M"), _DOCUMENT, blocks=True, needs="both"),
    Rule("CN-12", _WARNING, risk_generic,
         provisions(_CAREFUL, "M"), _HEURISTIC),
    Rule("CN-13", _ERROR, rating_label_undefined,
         practice(_MEANING, "M"), _DOCUMENT, blocks=True),
    Rule("CN-14", _ERROR, rating_classes_no_partition,
         derived(f"依据执业规范{_MEANING}推导", "S"), _DOCUMENT),
    Rule("CN-15", _ERROR, rating_horizon_differs,
         derived(f"依据执业规范{_MEANING}推导", "S"), _DOCUMENT),
    Rule("CN-16", _ERROR, benchmark_unclear,
         derived(f"依据执业规范{_MEANING}推导", "S"), _DOCUMENT),
    Rule("CN-17", _ERROR, rating_history_contradicted,
         derived("依据《证券分析师执业行为准则》第二十条推导", "V"), _FEED),
    Rule("CN-18", _ERROR, mainland_holding_undisclosed,
         provisions("第十二条；协会 2022 年 8 月通知", "V2"), _FEED, blocks=True, needs="both"),
    Rule("CN-19", _ERROR, trade_against_view,
         provisions("第十二条", "V2"), _HUMAN, blocks=True),
    Rule("CN-20", _ERROR, holding_only_generic,
         provisions("第十二条", "V2"), _FEED),
    Rule("CN-21", _ERROR, review_incomplete,
         provisions("第十条；执业规范关于质量审核与合规审查的要求", "M"), _HUMAN, blocks=True),
    Rule("CN-22", _ERROR, source_not_lawful,
         practice("关于信息来源的要求", "V2"), _HEURISTIC),
    Rule("CN-23", _ERROR, guaranteed_return,
         practice("关于不得作出保证的要求", "V2"), _HEURISTIC, blocks=True, needs="both"),
    Rule("CN-24", _WARNING, inducing_title,
         practice("关于标题不得夸大、诱导的要求", "V2"), _HEURISTIC),
    Rule("CN-25", _ERROR, issuer_on_restricted_list,
         provisions("关于隔离墙与静默期的要求", "M"), _FEED, blocks=True),
    Rule("CN-26", _ERROR, rated_not_covered,
         practice("第六条；《证券分析师执业行为准则》第二十条", "V"), _HEURISTIC),
    Rule("CN-27", _ERROR, record_incomplete,
         provisions("关于留痕与保存五年的要求", "V2"), _DOCUMENT, blocks=True, needs="edition"),
    Rule("CN-28", _ERROR, extract_incomplete,
         provisions("关于转载、摘编的要求", "V2"), _DOCUMENT),
    Rule("CN-29", _ERROR, text_and_exhibits_disagree,
         provisions(_CAREFUL, "V2"), _HEURISTIC),
    Rule("CN-30", _ERROR, forecast_not_labelled,
         provisions(_CAREFUL, "V2"), _HUMAN),
    Rule("CN-31", _WARNING, peers_not_explained,
         provisions(_CAREFUL, "V2"), _HUMAN),
    Rule("CN-32", _ERROR, ai_label_missing,
         AI_LABELS, _DOCUMENT, blocks=True, needs="both"),
    Rule("CN-33", _ERROR, released_more_than_once,
         provisions("第十一条", "M"), _HUMAN, blocks=True),
    Rule("CN-34", _WARNING, survey_not_described,
         provisions(_CAREFUL, "M"), _DOCUMENT),
    Rule("CN-35", _ERROR, risk_warning_not_mentioned,
         derived("监管案例：未充分提示被实施风险警示证券的风险", "V2"), _FEED),
)
# fmt: on
