"""Rules on rises and falls: their size, their sign, and multiples in which they are said."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.check.rules.numbers.related import Values, computed, problem
from briefgen.check.rules.numbers.written import amount, change, inverse, times
from briefgen.model.number import Number, literal
from briefgen.model.recomputed import agree
from briefgen.model.relation import CompoundGrowth, Growth, Instance, Times


def growth_differs(dossier: Dossier) -> Iterator[Problem]:
    """A growth that is not the one between its two numbers, or a multiple that it does not reach.

    Why: a reader takes the rate, not the two ends. Tolerance follows the printed digits: `+5%`
    stands for 4.5% up to 5.5%. To grow by N times is to add N times what was there before. From a
    loss there is no rate.

    Bad:  {kind: growth, now: 5, before: 4, printed: 20%}
    Good: {kind: growth, now: 5, before: 4, printed: 25%}
    """
    for instance, found in computed(dossier, Growth, Times):
        relation = instance.relation
        if not instance.has("printed") or _sign_differs(instance, found):
            continue
        printed = instance.number("printed")
        if isinstance(relation, Growth) and instance.number("before").value < 0:
            values: Values = _ends(instance) | {"printed": change(printed)}
            message = "from {before} to {now} a rate of growth has no meaning; {printed} is printed"
            yield problem(dossier, instance, "growth_of_loss", values, message)
            continue
        if agree(printed, found):
            continue
        if isinstance(relation, Growth):
            values = _ends(instance)
            values |= {"printed": change(printed), "computed": change(found)}
            message = "from {before} to {now} the change is {computed}, not {printed}"
            yield problem(dossier, instance, "growth", values, message)
        elif isinstance(relation, Times) and relation.direction == "rise":
            values = {"printed": times(printed), "computed": change(found)}
            values["multiple"] = times(found + literal(1))
            message = "it is said to rise by {printed}; it rose by {computed}, to {multiple}"
            yield problem(dossier, instance, "times_rise", values, message)


def growth_sign(dossier: Dossier) -> Iterator[Problem]:
    """A rise that is said to be a fall, a fall that is said to be a rise, or neither of both.

    Why: the sign is the message; the size is read second.

    Bad:  {kind: growth, now: 4.40, before: 3.39, printed: -51%}
    Good: {kind: growth, now: 4.40, before: 3.39, printed: 30%}
    """
    for instance, found in computed(dossier, Growth):
        if _sign_differs(instance, found):
            values = _ends(instance) | {"computed": change(found)}
            if instance.has("printed"):
                values["printed"] = change(instance.number("printed"))
                message = "from {before} to {now} the change is {computed}, the sign of {printed} "
                yield problem(dossier, instance, "growth_sign", values, f"{message}is wrong")
            else:
                relation = instance.relation
                direction = relation.direction if isinstance(relation, Growth) else None
                message = f"from {{before}} to {{now}} ({{computed}}) is no {direction}"
                yield problem(dossier, instance, f"no_{direction}", values, message)


def fall_in_multiples(dossier: Dossier) -> Iterator[Problem]:
    """A fall that is said in multiples.

    Why: nothing falls by more than the whole of it. “Down 11 times” may mean a fall to 1/11 or to
    1/12; the reader cannot tell, and neither is what the words say.

    Bad:  {kind: times, direction: fall, printed: 11, now: 0.005, before: 0.06}
    Good: {kind: growth, now: 0.005, before: 0.06, printed: -91.7%}
    """
    for instance, found in computed(dossier, Times):
        relation = instance.relation
        if not isinstance(relation, Times) or relation.direction == "rise":
            continue
        left = found + literal(1)
        values: Values = {
            "printed": times(instance.number("printed")),
            "cut": change(found),
            "nth": inverse(left),
        }
        message = "a fall by {printed} cannot be: the change is {cut}, to 1/{nth}"
        yield problem(dossier, instance, "fall_in_multiples", values, message)


def compound_growth_differs(dossier: Dossier) -> Iterator[Problem]:
    """A compound rate of growth that does not lead from its start to its end.

    Why: the rate is what readers carry into their models; mostly the number of periods is one
    off, or the ends have another scope.

    Bad:  {kind: compound-growth, start: 100, end: 121, periods: 2, printed: 15%}
    Good: {kind: compound-growth, start: 100, end: 121, periods: 2, printed: 10%}
    """
    for instance, found in computed(dossier, CompoundGrowth):
        printed = instance.number("printed")
        if not agree(printed, found):
            values: Values = {
                "start": amount(instance.number("start")),
                "end": amount(instance.number("end")),
                "periods": f"{instance.number('periods').value.normalize():f}",
                "printed": change(printed),
                "computed": change(found),
            }
            message = "from {start} to {end} in {periods} periods is {computed} each, not {printed}"
            yield problem(dossier, instance, "compound_growth", values, message)


def _sign_differs(instance: Instance, found: Number) -> bool:
    """Whether the growth is certainly the other way round than printed or said."""
    relation, around = instance.relation, found.span
    if not isinstance(relation, Growth):
        return False
    if relation.printed is not None and instance.number("before").value < 0:
        return False
    if relation.printed is None:
        return around.high <= 0 if relation.direction == "rise" else around.low >= 0
    printed = instance.number("printed").span
    return (printed.low > 0 > around.high) or (printed.high < 0 < around.low)


def _ends(instance: Instance) -> Values:
    return {end: amount(instance.number(end)) for end in ("now", "before")}
