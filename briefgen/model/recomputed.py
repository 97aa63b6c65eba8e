"""What follows from the operands of a relation; spans come along with the values."""

from __future__ import annotations

from decimal import Decimal, DecimalException, localcontext
from functools import reduce
from operator import add

from briefgen.model.number import DIGITS, Number, conversion_help, literal
from briefgen.model.relation import (
    CompoundGrowth,
    Equal,
    Growth,
    Instance,
    Ratio,
    Same,
    Share,
    Sum,
    Times,
    Within,
)
from briefgen.model.unit import QuantityError


def recomputed(instance: Instance) -> Number | None:
    """The number that the operands give, to be compared with the one that is printed.

    A growth is a plain share (0.3 for 30%). None for relations that compare numbers only.
    Raises: QuantityError when operands have no common unit, or cannot be computed with.
    """
    number, relation = instance.number, instance.relation
    match relation:
        case Growth():
            found = change(number("now"), number("before"))
        case Times(growth=None):
            found = change(number("now"), number("before"))
        case Times():
            found = number("growth")
        case Share():
            found = number("part") / number("whole")
        case Sum():
            found = reduce(add, instance.numbers("parts"))
        case CompoundGrowth():
            found = _rate(number("start"), number("end"), number("periods"))
        case Ratio():
            found = number("of") / number("to")
        case Equal():
            found = number("computed")
        case Same() | Within():
            return None
    return found if found.origin else found.model_copy(update={"formula": found.name})


def change(now: Number, before: Number) -> Number:
    """The growth from one number to another; of a loss, below zero when the loss grows.

    Raises: QuantityError (LOD404) when there was nothing before.
    """
    if before.value == 0:
        message = f"from `{before.name}`, which is 0, a rate of growth has no meaning"
        raise QuantityError("LOD404", message)
    if before.value < 0:
        return (now - before) / (literal(0) * before - before)
    return now / before - 1


def _rate(start: Number, end: Number, periods: Number) -> Number:
    multiple = end / start
    with localcontext() as context:
        context.prec = DIGITS
        try:
            value = multiple.value ** (1 / periods.share()) - 1
        except (DecimalException, ZeroDivisionError):
            message = f"`{periods.name}` periods from `{start.name}` to `{end.name}` give no rate"
            raise QuantityError("LOD401", message) from None
    one = literal(Decimal(1)).span
    return multiple.model_copy(
        update={
            "value": value,
            "name": f"({multiple.name})^(1/{periods.name}) - 1",
            "computed_span": multiple.span.root(periods.span) - one,
        }
    )


def compared(instance: Instance) -> list[tuple[Number, Number]]:
    """The pairs of numbers that the relation compares, and that need one unit."""
    pairs: list[tuple[Number, Number]] = []
    relation, found = instance.relation, recomputed(instance)
    if isinstance(relation, Same):
        first, *others = instance.numbers("statements")
        pairs += [(other, first) for other in others]
    elif isinstance(relation, Within):
        value = instance.number("value")
        pairs += [(instance.number(end), value) for end in ("low", "high") if instance.has(end)]
    elif found is not None:
        field = "whole" if isinstance(relation, Sum) else "printed"
        pairs += [(printed, found) for printed in instance.numbers(field)]
        if not instance.has(field):
            pairs.append((found, literal(1)))
    return pairs


def common(number: Number, other: Number) -> Number:
    """A number in the unit of another. Raises QuantityError (LOD405) if it has none in common."""
    ratio = number.unit.ratio_to(other.unit)
    if ratio is None:
        message = f"unit mismatch: `{number.name}` is in {number.unit}, "
        message += f"`{other.name}` is in {other.unit}"
        raise QuantityError("LOD405", message, conversion_help(number.unit, other.unit))
    if ratio == 1:
        return number
    around = number.span.times(ratio)
    update = {"value": number.value * ratio, "unit": other.unit, "computed_span": around}
    return number.model_copy(update=update)


def agree(number: Number, other: Number) -> bool:
    """Whether two numbers can be the same, as far as their digits tell."""
    return common(number, other).span.meets(other.span)
