"""Rules on relations: a number that its source prints, against what its own inputs give."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.check.rules.numbers.related import Values, computed, of_kind, problem
from briefgen.check.rules.numbers.written import amount, inverse, is_small, times
from briefgen.model.number import Number, literal
from briefgen.model.recomputed import agree, common
from briefgen.model.relation import Equal, Instance, Ratio, Share, Sum, Within


def part_exceeds_whole(dossier: Dossier) -> Iterator[Problem]:
    """A part that is larger than its whole.

    Why: one of the two is wrong; mostly digits were transposed or the wholes differ in scope.

    Bad:  {kind: share, part: 365.35, whole: 364.55}
    Good: {kind: share, part: 356.35, whole: 364.55}
    """
    for instance, found in computed(dossier, Share):
        if found.span.low > literal(1).value.scaleb(-found.unit.scale):
            message = "the part {part} is {computed} of the whole {whole}"
            values = _shares(instance, found)
            kind = "part_exceeds_whole"
            if "printed" in values:
                message, kind = f"{message}, said to be {{printed}}", "part_exceeds_share"
            yield problem(dossier, instance, kind, values, message)


def sum_differs(dossier: Dossier) -> Iterator[Problem]:
    """A whole that its parts do not add up to.

    Why: a part is missing, counted twice or wrong.

    Bad:  {kind: sum, parts: [2, 4, 6], whole: 13}
    Good: {kind: sum, parts: [2, 4, 6], whole: 12}
    """
    for instance, found in computed(dossier, Sum):
        whole = instance.number("whole")
        if not agree(whole, found):
            values: Values = {"whole": amount(whole), "computed": amount(found)}
            message = "the parts add up to {computed}, not to {whole}"
            yield problem(dossier, instance, "sum", values, message)


def ratio_differs(dossier: Dossier) -> Iterator[Problem]:
    """A multiple or fraction that is not the one between its two numbers.

    Why: comparisons of prices are read as facts; a ratio must name both numbers, and the rate
    between their currencies, and follow from them.

    Bad:  {kind: ratio, of: 0.5, to: 434, printed: 1/400}
    Good: {kind: ratio, of: 0.5, to: 434, printed: 1/870}
    """
    for instance, found in computed(dossier, Ratio):
        printed = instance.number("printed")
        if not agree(printed, found):
            values: Values = {
                "of": amount(instance.number("of")),
                "to": amount(_alike(instance.number("to"), instance.number("of"))),
                "printed": times(printed),
                "computed": inverse(found) if is_small(found) else times(found),
            }
            kind, nth = ("ratio_nth", "1/") if is_small(found) else ("ratio", "")
            message = f"{{of}} is {nth}{{computed}} of {{to}}, not {{printed}}"
            yield problem(dossier, instance, kind, values, message + _factor(printed, found))


def equality_differs(dossier: Dossier) -> Iterator[Problem]:
    """A number that does not follow from the formula that is given for it.

    Why: a converted unit, a cost, a count are only as good as the arithmetic. Where the two differ
    by a power of ten, or by 8, the finding says so: it is mostly a unit (thousand and million,
    bits and bytes).

    Bad:  {kind: equal, printed: 0.8 CNY/1M tokens, computed: 0.0008 CNY/1M tokens}
    Good: {kind: equal, printed: 0.8 CNY/1M tokens, computed: 0.0008 CNY/1K tokens}
    """
    for instance, found in computed(dossier, Equal):
        printed = instance.number("printed")
        if not agree(printed, found):
            values: Values = {"printed": amount(printed), "computed": amount(found)}
            message = "the inputs give {computed}, not {printed}" + _factor(printed, found)
            yield problem(dossier, instance, "equal", values, message)


def outside_range(dossier: Dossier) -> Iterator[Problem]:
    """A number outside the bounds that its own text gives.

    Why: a middle beyond the ends, a loser among the gainers, a price below “the lowest” is a
    mistake in the number or in the words.

    Bad:  {kind: within, value: 41, low: 30, high: 40}
    Good: {kind: within, value: 35, low: 30, high: 40}
    """
    for instance in of_kind(dossier, Within):
        value = instance.number("value")
        if _is_turned(instance):
            ends: Values = {end: amount(_bound(instance, end)) for end in ("low", "high")}
            message = "the lower bound {low} is above the upper bound {high}"
            yield problem(dossier, instance, None, ends, message)
            continue
        for end, word in (("low", "below"), ("high", "above")):
            if not instance.has(end):
                continue
            bound = _bound(instance, end)
            room = (value - bound if end == "low" else bound - value).span
            if room.high < 0:
                values: Values = {"value": amount(value), "bound": amount(bound)}
                message = f"{{value}} is {word} {{bound}}"
                yield problem(dossier, instance, f"{word}_range", values, message)


def share_differs(dossier: Dossier) -> Iterator[Problem]:
    """A share that is not the one of its part in its whole.

    Why: the three numbers stand in one sentence, and one of them is wrong.

    Bad:  {kind: share, part: 226, whole: 260, printed: 80%}
    Good: {kind: share, part: 226, whole: 260, printed: 86.9%}
    """
    exceeding = {problem.subject for problem in part_exceeds_whole(dossier)}
    for instance, found in computed(dossier, Share):
        if not instance.has("printed") or instance.subject in exceeding:
            continue
        if not agree(instance.number("printed"), found):
            message = "{part} is {computed} of {whole}, not {printed}"
            yield problem(dossier, instance, "share", _shares(instance, found), message)


def _shares(instance: Instance, found: Number) -> Values:
    fields = [field for field in ("part", "whole", "printed") if instance.has(field)]
    values: Values = {field: amount(instance.number(field)) for field in fields}
    return values | {"computed": amount(found)}


def _bound(instance: Instance, end: str) -> Number:
    """A bound; a plain number beside a percentage as a percentage."""
    bound, value = instance.number(end), instance.number("value")
    return common(bound, value) if bound.unit.is_pure and not bound.origin else bound


def _is_turned(instance: Instance) -> bool:
    """Whether the lower bound is certainly above the upper one."""
    if not (instance.has("low") and instance.has("high")):
        return False
    return (instance.number("high") - instance.number("low")).span.high < 0


def _alike(number: Number, other: Number) -> Number:
    """A number in the unit of another, where it can be: a ratio may have a unit."""
    is_like = number.unit.ratio_to(other.unit) is not None
    return common(number, other) if is_like else number


def _factor(printed: Number, found: Number) -> str:
    """What a common mix-up of units would explain, as the end of a message."""
    if not printed.span.is_bounded:
        return ""
    for factor in (8, *(10**power for power in range(1, 13))):
        if agree(printed, found * factor):
            return f"; it is {factor} times as much: are the units the same?"
        if agree(printed * factor, found):
            return f"; it is {factor} times too small: are the units the same?"
    return ""
