"""CN-13 to CN-17, CN-26: ratings are defined, agree with the past, and are of covered stocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.compliance.declared import MONTH, current, named
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Question, Unknown, rests_on
from briefgen.check.rules.cn.publishing import release_day
from briefgen.check.rules.ratings.calls import Call, calls
from briefgen.model.disclosure_facts import RatingChange

QUARTERLY = 120
"""How many days old the list of coverage may be: it is drawn up by the quarter."""

_MONTHS = re.compile(r"(\d+)(?:\s*[-–—~至到]\s*(\d+))?\s*(?:个月|months?\b)")
_ON_RATINGS = re.compile(r"评级|\bratings?\b", re.IGNORECASE)
_NO_RATING = re.compile(r"(建议|持续|重点|积极)?(关注|跟踪)|watch(list)?|follow", re.IGNORECASE)


def rating_label_undefined(dossier: Dossier) -> Iterator[Answer]:
    """A rating whose meaning the report does not print.

    Why: where ratings are given, the classes and their meaning must be disclosed (执业规范). That
    every label belongs to a scheme of its kind is CHK211; here, that the table is in the report.
    The citation is from memory and runs as a warning until a lawyer confirms it.

    Bad:  a pick with `call: {label: 买入, …}`, and no section `kind: ratings`
    Good: a section `kind: ratings` at the end
    """
    yield from rests_on(dossier, "CHK211")
    briefing = dossier.briefing
    given = list(calls(briefing))
    if given and "ratings" not in {section.kind for section in briefing.front.sections}:
        told = ", ".join(f"{call.rating.label} ({call.name})" for call in given)
        message = f"the report rates, and prints no definitions of ratings: {told}"
        yield Problem(("front", "sections"), message, "add `- kind: ratings`")


def rating_classes_no_partition(dossier: Dossier) -> Iterator[Answer]:
    """Classes of a rating scheme that leave a gap, overlap, miss an end, or are open at a bound.

    Why: every return must have one rating; else the label says nothing definite. It follows from
    the duty to disclose what ratings mean, and rests on CHK202 to CHK206.

    Bad:  买入 from 20%, 增持 from 10% to 15%
    Good: 买入 from 20%, 增持 from 10% to below 20%
    """
    yield from rests_on(dossier, "CHK202", "CHK203", "CHK204", "CHK205", "CHK206")


def rating_horizon_differs(dossier: Dossier) -> Iterator[Answer]:
    """A horizon of ratings that differs between table and text.

    Why: a rating holds for one stretch of time. It follows from the duty to disclose what ratings
    mean. Two horizons in the table are CHK207; here, what the disclosures of the house say.

    Bad:  horizon: {months: 6}, and a clause 评级为报告日后 12 个月内的预期
    Good: the same number of months in both, or none in the clause
    """
    yield from rests_on(dossier, "CHK207")
    house = dossier.briefing.brokerage
    wanted = {(s.horizon.months, s.horizon.longest) for s in house.schemes.values()}
    told = ", ".join(f"{kind} {scheme.horizon}" for kind, scheme in house.schemes.items())
    for position, part in enumerate(house.disclosures):
        for at, clause in enumerate(part.clauses):
            if not wanted or not _ON_RATINGS.search(f"{clause.topic} {clause.text}"):
                continue
            for found in _MONTHS.finditer(clause.text):
                if (int(found[1]), int(found[2] or found[1])) not in wanted:
                    yield Problem(
                        ("brokerage", "disclosures", position, "clauses", at, "text"),
                        f"“{found[0]}” in `{clause.topic}` is no horizon of the schemes ({told})",
                        "write the horizon of the scheme, in months",
                        text=found[0],
                        subject=clause.topic,
                    )


def benchmark_unclear(dossier: Dossier) -> Iterator[Answer]:
    """A rated security without exactly one benchmark.

    Why: two indices move differently; a rating against “the one or the other” is two ratings. It
    follows from the duty to disclose what ratings mean, and rests on CHK209 and CHK210.

    Bad:  benchmarks: {US: {names: [标普 500 指数, 纳斯达克综合指数]}}
    Good: benchmarks: {US: 标普 500 指数}
    """
    yield from rests_on(dossier, "CHK209", "CHK210")


def rating_history_contradicted(dossier: Dossier) -> Iterator[Answer]:
    """A rating action that does not agree with the published ratings of the security.

    Why: an analyst must not contradict the latest published view of the house without saying so.
    `initiate` is for securities never rated before; otherwise, the last row of `rating_history`
    before the release decides between `maintain`, `raise` and `lower`, and is `previous`.

    Bad:  {label: 买入, action: initiate}, and 买入 in `rating_history` since 2025
    Good: {label: 买入, action: maintain, previous: 买入}
    """
    stocks = [call for call in calls(dossier.briefing) if call.subject]
    if not stocks:
        return
    yield from rests_on(dossier, "CHK201")
    yield from current(dossier, "rating_history", MONTH)
    history = dossier.briefing.disclosure_facts.rating_history
    day = release_day(dossier)
    for call in stocks if history else ():
        rows = [r for r in history.rows if r.security == call.subject and r.date < day]  # type: ignore[union-attr]
        yield from _against(dossier, call, max(rows, key=lambda row: row.date, default=None))


def _against(dossier: Dossier, call: Call, last: RatingChange | None) -> Iterator[Answer]:
    rating, security = call.rating, named(dossier, call.subject)
    at, help_line = (*call.path, "action"), "mend the call, or have `rating_history` corrected"
    if last is None:
        if rating.action != "initiate":
            message = f"{security} is `{rating.action}`, and was never rated before"
            yield Problem(at, message, help_line, subject=call.subject)
        return
    was = f"rated {last.label} on {last.date}"
    if rating.action == "initiate":
        message = f"{security} is `initiate`, and was {was}"
        yield Problem(at, message, help_line, subject=call.subject)
        return
    if rating.previous not in {None, last.label}:
        message = f"{security} was {was}, and `previous` is {rating.previous}"
        yield Problem((*call.path, "previous"), message, help_line, subject=call.subject)
        return
    scheme = dossier.briefing.brokerage.schemes.get(rating.kind)
    if scheme is None or last.label not in scheme.labels:
        reason = f"{security} was {was}, a label that the scheme of today does not have"
        yield Unknown(reason, "write the old label in the scale of today", at, call.subject)
        return
    change = scheme.rank(last.label) - scheme.rank(rating.label)
    expected = "maintain" if change == 0 else "raise" if change > 0 else "lower"
    if rating.action != expected:
        message = f"{security} was {was}: {rating.label} is `{expected}`, not `{rating.action}`"
        yield Problem(at, message, help_line, subject=call.subject)


def rated_not_covered(dossier: Dossier) -> Iterator[Answer]:
    """A rating of a security that the house does not cover, or a word that sounds like one.

    Why: analysts must not rate what is not covered, and adding to the coverage needs a review of
    its own (执业规范, article 6). A security without rating may be named with a word that is none:
    关注, 建议关注, 跟踪. Of other words (推荐), a person decides whether readers take them for a
    rating.

    Bad:  a `call:` for a security that `coverage:` does not list
    Good: {security: shili-soft, label: 买入, bucket: buy, since: 2025-06-01} in `coverage:`
    """
    briefing = dossier.briefing
    picks = [
        (pick, group, ("recommendations", group_id, "picks", position))
        for group_id, group in briefing.recommendations.items()
        for position, pick in enumerate(group.picks)
    ]
    if not picks:
        return
    yield from current(dossier, "coverage", QUARTERLY)
    coverage, day = briefing.disclosure_facts.coverage, release_day(dossier)
    rows = coverage.rows if coverage else ()
    covered = {row.security for row in rows if row.since <= day}
    labels = briefing.brokerage.labels("stock") or ()
    for pick, group, path in picks:
        security, stance = named(dossier, pick.security), briefing.brokerage.stances[group.stance]
        if pick.security in covered or coverage is None:
            continue
        if pick.call is not None:
            message = f"{security} is rated {pick.call.label}, and the house does not cover it on "
            help_line = "take `call` out, or have the coverage reviewed and `coverage` updated"
            yield Problem((*path, "call"), f"{message}{day}", help_line, subject=pick.security)
        elif stance in labels:
            message = f"{security} is not covered, and `{stance}` is a rating of the house"
            yield Problem(path, message, "use a stance that is no rating", subject=pick.security)
        elif not _NO_RATING.fullmatch(stance):
            told = f"{security} is not covered and stands under `{stance}`: will readers take that "
            yield Question(f"{told}for a rating?", pick.security, path)
