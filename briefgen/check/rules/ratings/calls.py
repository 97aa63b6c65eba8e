"""Rules on rating calls: the action, the return that goes with the label, the age."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem, Question, Unknown
from briefgen.check.rules.ratings.saying import labels_phrase, ticked
from briefgen.diagnostics.place import ValuePath
from briefgen.model.briefing import Briefing
from briefgen.model.call import RatingCall
from briefgen.model.number import Number
from briefgen.model.phrase import Phrase
from briefgen.model.rating import Reading, Scheme, percent
from briefgen.model.unit import QuantityError
from briefgen.model.verdict import Contradiction


@dataclass(frozen=True, slots=True)
class Call:
    """A rating that the briefing gives, and what it rates."""

    rating: RatingCall
    path: ValuePath
    name: str
    """The sector or security."""
    subject: str
    """The security's id; empty for the rating on the first page."""


def calls(briefing: Briefing) -> Iterator[Call]:
    """The rating on the first page, and those of recommended securities."""
    front = briefing.front
    if front.rating is not None:
        yield Call(front.rating, ("front", "rating"), front.sector, "")
    for group_id, group in briefing.recommendations.items():
        for position, pick in enumerate(group.picks):
            if pick.call is not None:
                path = ("recommendations", group_id, "picks", position, "call")
                name = briefing.securities[pick.security].name_zh
                yield Call(pick.call, path, name, pick.security)


def action_contradicts_previous(dossier: Dossier) -> Iterator[Problem]:
    """A rating action that does not fit the rating before it.

    Why: “maintained” beside another previous rating, or “raised” to a lower class, tells the
    reader two things at once; what was maintained, raised or lowered must be said.

    Bad:  {label: 中性, action: maintain, previous: 强于大市}
    Good: {label: 中性, action: lower, previous: 强于大市}
    """
    for call in calls(dossier.briefing):
        rating = call.rating
        scheme = dossier.briefing.brokerage.schemes.get(rating.kind)
        if scheme is None:
            continue
        if rating.previous is None:
            if rating.action != "initiate":
                yield Problem(
                    (*call.path, "action"),
                    f"`{rating.action}` without the previous rating",
                    "add `previous: …`, or write `action: initiate`",
                    subject=f"{call.subject} previous".strip(),
                )
            continue
        change = scheme.rank(rating.previous) - scheme.rank(rating.label)
        expected = "maintain" if change == 0 else "raise" if change > 0 else "lower"
        if rating.action != expected:
            yield Problem(
                (*call.path, "action"),
                f"`{rating.action}` contradicts the previous rating: "
                f"{rating.previous} to {rating.label} is `{expected}`",
                f"write `action: {expected}` or mend `previous`",
                subject=call.subject,
                contradiction=Contradiction(
                    kind="action",
                    values={
                        "label": rating.label,
                        "previous": rating.previous,
                        "action": (Phrase(label=f"action_{rating.action}"),),
                        "expected": (Phrase(label=f"action_{expected}"),),
                    },
                ),
            )


def return_contradicts_label(dossier: Dossier) -> Iterator[Problem | Question | Unknown]:
    """An expected return, or a target price, that does not fall into the band of the rating.

    Why: “buy” with a target four percent above the price is no “buy” by the house's own table. A
    bound whose side is not stated is read in every way; what depends on the reading is asked. A
    target price says little of a scheme that measures against an index, which needs
    `expected_return`: asked is only what a fall under the best class, or a rise under the worst,
    means. A target without `price` cannot be compared.

    Bad:  {label: 买入, expected_return: excess}, excess 12 %, and 买入 is 20 % or more
    Good: {label: 增持, expected_return: excess}
    """
    for call in calls(dossier.briefing):
        scheme = dossier.briefing.brokerage.schemes.get(call.rating.kind)
        if scheme is not None and (call.rating.expected_return or call.rating.target):
            yield from _compared(call, scheme, dossier.briefing)


def _compared(
    call: Call, scheme: Scheme, briefing: Briefing
) -> Iterator[Problem | Question | Unknown]:
    label = call.rating.label
    if call.rating.expected_return is None and call.rating.price is None:
        reason = f"the target price of {call.name} stands without the price"
        yield Unknown(reason, "add `price: …`", (*call.path, "target"), call.subject)
        return
    rating = next(one for one in scheme.classes if one.label == label)
    value, field, expected = _expected(call.rating, scheme, briefing)
    if value is None:
        against = _against(call.rating, scheme, briefing)
        if against:
            text = f"{against} of {call.name} goes with `{label}`, by the return of the benchmark"
            yield Question(text, call.subject, (*call.path, field))
        else:
            yield Unknown(expected, "give `expected_return`", (*call.path, field), call.subject)
        return
    held = [rating.claims(value, reading) for reading in Reading]
    if all(held):
        return
    if any(held):
        yield Question(
            f"`{label}` has a bound at {value:f}%, the expected return of {call.name}, and does "
            "not say whether the bound belongs to it",
            call.subject,
            (*call.path, field),
        )
        return
    answers = [scheme.claimants(value, reading) for reading in Reading]
    others = max(answers, key=len)
    answer = Phrase(label="found_belongs_nowhere")
    if others:
        answer = Phrase(label="found_belongs", values={"labels": labels_phrase(others)})
    yield Problem(
        (*call.path, field),
        f"`{label}` is {rating.written()}, and the {expected} of {call.name} is {_short(value)}%: "
        f"{'that of ' + ticked(others) if others else 'no class claims it'}",
        "mend the label or the number",
        subject=call.subject,
        contradiction=Contradiction(
            kind="return_contradicts_label",
            values={
                "name": call.name,
                "label": label,
                "expected": (_said(call.rating, field, value, briefing),),
                "band": (rating.definition(),),
                "value": percent(_short(value)),
                "answer": (answer,),
            },
        ),
    )


def _expected(
    rating: RatingCall, scheme: Scheme, briefing: Briefing
) -> tuple[Decimal | None, str, str]:
    """The return in percent, the field it stands in, and what it is; or why it is not known."""
    try:
        if rating.expected_return is not None:
            number = _number(rating.expected_return, briefing)
            return number.share() * 100, "expected_return", "expected return"
        target = _number(rating.target or "", briefing)
        price = _number(rating.price or "", briefing)
        if scheme.measure == "relative_return":
            return None, "target", "target and price do not say the return against the benchmark"
        return ((target / price).share() - 1) * 100, "target", "return to the target price"
    except QuantityError as error:
        field = "target" if rating.expected_return is None else "expected_return"
        return None, field, error.message


def _against(rating: RatingCall, scheme: Scheme, briefing: Briefing) -> str | None:
    """What a target says against the best class or the worst of a relative scheme, in words."""
    labels = [one.label for one in scheme.from_best]
    try:
        ratio = (
            _number(rating.target or "", briefing) / _number(rating.price or "", briefing)
        ).share()
    except QuantityError:
        return None
    if len(labels) > 1 and rating.label == labels[0] and ratio < 1:
        return "a target below the price"
    if len(labels) > 1 and rating.label == labels[-1] and ratio > 1:
        return "a target above the price"
    return None


def _number(expression: str, briefing: Briefing) -> Number:
    number = briefing.numbers[expression].number
    if number is None:
        raise QuantityError("LOD401", f"`{expression}` is not a number")
    return number


def _said(rating: RatingCall, field: str, value: Decimal, briefing: Briefing) -> Phrase:
    if field == "expected_return":
        return Phrase(label="found_expected_return", values={"value": percent(_short(value))})
    numbers = {"target": rating.target, "price": rating.price}
    return Phrase(
        label="found_target", values={k: briefing.numbers[v] for k, v in numbers.items() if v}
    )


def _short(value: Decimal) -> Decimal:
    """At most two digits after the point, and no zeros that say nothing."""
    value = round(value, 2)
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def stale_rating(dossier: Dossier) -> Iterator[Problem | Unknown]:
    """A recommended security whose rating is older than the horizon of the scheme.

    Why: a rating that looked six months ahead has run out after six months; who reads the name
    today takes it for a rating of today.

    Bad:  rated last on 2025-01-10 with a horizon of six months, recommended on 2026-03-02
    Good: a `call:` for the security in the briefing, or a newer rating in `rating_history:`
    """
    briefing, facts = dossier.briefing, dossier.briefing.disclosure_facts
    scheme = briefing.brokerage.schemes.get("stock")
    if scheme is None:
        return
    other = scheme.horizon.also_printed
    months = max(scheme.horizon.longest, other.longest if other else 0)
    covered = {row.security for row in facts.coverage.rows} if facts.coverage else set()
    for group_id, group in briefing.recommendations.items():
        for position, pick in enumerate(group.picks):
            path = ("recommendations", group_id, "picks", position)
            if pick.call is not None:
                continue
            if facts.rating_history is None:
                if pick.security in covered:
                    reason = f"when `{pick.security}` was rated is not known"
                    yield Unknown(reason, "give `rating_history`", path, pick.security)
                continue
            days = [
                row.date
                for row in facts.rating_history.rows
                if row.security == pick.security and row.date <= dossier.day
            ]
            if days and _later(max(days), months) < dossier.day:
                yield Problem(
                    path,
                    f"`{pick.security}` was last rated on {max(days)}, for {months} months",
                    "rate it again, or say that the rating has run out",
                    subject=pick.security,
                )


def _later(day: date, months: int) -> date:
    """A day so many months later; the last of the month, where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
