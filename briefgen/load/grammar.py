"""The language of expressions: arithmetic, dots and brackets, filters at the end.

Jinja parses it; what its syntax can do beyond that is refused.
"""

from __future__ import annotations

import operator
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment, nodes

from briefgen.diagnostics.suggest import did_you_mean
from briefgen.model.number import Number, Shown, Style, StyleKind, literal
from briefgen.model.unit import QuantityError

MOST_DIGITS = 10
ARITHMETIC = "facts and cells with `+ - * /`, parentheses, and filters at the end"


class Parts(ABC):
    """Something that an expression reaches into with a dot or brackets; its text is its name."""

    @abstractmethod
    def __getitem__(self, part: str) -> Any:
        """The part of that name. Raises QuantityError if there is none."""


def _styled(kind: StyleKind | None, default: int | None = None) -> Callable[..., Shown]:
    def apply(value: Any, *given: Any) -> Shown:
        digits = given[0] if given else default
        if len(given) > 1 or not (digits is None or digits in range(MOST_DIGITS + 1)):
            told = ", ".join(map(str, given))
            help_line = f"give one number from 0 to {MOST_DIGITS}, as in `| percent(1)`"
            raise QuantityError("LOD401", f"`({told})` are no digits of a filter", help_line)
        shown = value if isinstance(value, Shown) else Shown(number=literal(value))
        style = Style(
            kind=kind or shown.style.kind,
            digits=shown.style.digits if digits is None else digits,
        )
        return shown.model_copy(update={"style": style})

    return apply


FILTERS: dict[str, Callable[..., Shown]] = {
    "percent": _styled("percent", 1),
    "change": _styled("change", 1),
    "times": _styled("times", 1),
    "compact": _styled("compact"),
    "value": _styled("value"),
    "printed": _styled("printed"),
    "round": _styled(None, 0),
}
"""The filters of expressions and what they do; `round(n)` sets digits and keeps the kind."""


REMEMBERED = 4096
"""Of how many expressions the trees are remembered: rows and editions share them."""

_PARSER = Environment(autoescape=False)
_OPERATORS: dict[type[nodes.BinExpr], Callable[[Any, Any], Any]] = {
    nodes.Add: operator.add,
    nodes.Sub: operator.sub,
    nodes.Mul: operator.mul,
    nodes.Div: operator.truediv,
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression; `names` are those it begins with: facts, tables, columns of a row."""

    tree: nodes.Expr
    names: tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def parse(source: str) -> Parsed:
    """Read an expression; filters apply to all before them. Raises: TemplateSyntaxError, TypeError.

    `a / b | percent` is `(a / b) | percent`.
    """
    formula, filters = split_filters(source)
    whole = f"({formula}){filters}" if filters else source
    match _PARSER.parse("{{ " + whole + " }}").body:
        case [nodes.Output(nodes=[tree])]:
            inner = {node.name for node in tree.find_all(nodes.Name)}
            own = {tree.name} if isinstance(tree, nodes.Name) else set()
            return Parsed(tree, tuple(sorted(inner | own)))
    raise TypeError("text stands around the expression")


def compute(tree: nodes.Expr, values: Mapping[str, Any]) -> Any:
    """What an expression gives: arithmetic, dots and brackets, filters, and nothing else.

    Raises: QuantityError, and what arithmetic on anything else than numbers raises.
    """
    match tree:
        case nodes.Const():
            return tree.value
        case nodes.Name():
            return values[tree.name]
        case nodes.Getattr():
            return _part(compute(tree.node, values), tree.attr)
        case nodes.Getitem():
            return _part(compute(tree.node, values), compute(tree.arg, values))
        case nodes.Neg():
            return -compute(tree.node, values)
        case nodes.Pos():
            return +compute(tree.node, values)
        case nodes.Filter() if tree.node is not None and not tree.kwargs:
            if tree.name not in FILTERS:
                near = did_you_mean(tree.name, FILTERS)
                raise QuantityError("LOD401", f"unknown filter `{tree.name}`", near)
            given = [compute(argument, values) for argument in tree.args]
            return FILTERS[tree.name](compute(tree.node, values), *given)
        case nodes.BinExpr() if type(tree) in _OPERATORS:
            return _OPERATORS[type(tree)](compute(tree.left, values), compute(tree.right, values))
        case nodes.FloorDiv() | nodes.Mod() | nodes.Pow():
            raise QuantityError("LOD401", f"expressions have no `{tree.operator}`", ARITHMETIC)
        case nodes.Call():
            raise QuantityError("LOD401", "an expression calls no functions", ARITHMETIC)
    raise TypeError(f"{type(tree).__name__} is no arithmetic")


def _part(whole: Any, part: Any) -> Any:
    """What stands after a dot or in brackets: a row, a column, the day of a fact."""
    if isinstance(whole, Parts):
        return whole[part]
    if isinstance(whole, Number) and part == "as_of" and whole.as_of:
        return whole.as_of
    name = whole.name if isinstance(whole, Number) else whole
    raise QuantityError("LOD402", f"`{name}` has no `{part}`")


def split_filters(source: str) -> tuple[str, str]:
    """An expression's formula and its filters, the first `|` included."""
    depth, quote = 0, ""
    for position, char in enumerate(source):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "|" and not depth:
            return source[:position].strip(), source[position:]
        depth += (char in "([") - (char in ")]") if not quote else 0
    return source.strip(), ""


def syntax_error(source: str, message: str) -> QuantityError:
    """The finding for an expression that Jinja cannot parse."""
    if message.startswith("No filter named"):
        name = message.split("'")[1]
        return QuantityError("LOD401", f"unknown filter `{name}`", did_you_mean(name, FILTERS))
    return QuantityError("LOD401", f"`{source}` is not an expression: {_in_words(message)}")


def _in_words(message: str) -> str:
    """What Jinja's parser says, without its words for templates."""
    if re.search(r"expected '[)\]]'", message):
        return "a bracket is not closed"
    found = re.search(r"(?:got|unexpected|unexpected char) '(.+?)'(?:,| at |$)", message)
    if "unexpected 'end of print statement'" in message or (
        found and found[1] == "end of template"
    ):
        return "something is missing at its end"
    return f"`{found[1]}` is not expected there" if found else message
