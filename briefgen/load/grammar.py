"""The language of expressions: arithmetic, dots and brackets, filters at the end.

Jinja parses and computes it; what it could do beyond that is taken away.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from jinja2.sandbox import SandboxedEnvironment

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


class Environment(SandboxedEnvironment):
    """Jinja cut down to arithmetic: no calls, no functions, only the parts that are told here."""

    intercepted_binops = frozenset({"//", "%", "**"})

    def __init__(self) -> None:
        super().__init__(autoescape=False)
        self.globals.clear()
        self.tests.clear()
        self.filters = dict(FILTERS)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What stands after a dot: a row, a column, the day of a fact."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """What stands in brackets: the same."""
        if isinstance(obj, Parts):
            return obj[argument]
        if isinstance(obj, Number) and argument == "as_of" and obj.as_of:
            return obj.as_of
        name = obj.name if isinstance(obj, Number) else obj
        raise QuantityError("LOD402", f"`{name}` has no `{argument}`")

    def call(self, *_: Any, **__: Any) -> Any:
        """Nothing can be called."""
        raise QuantityError("LOD401", "an expression calls no functions", ARITHMETIC)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """The operators that quantities do not have."""
        raise QuantityError("LOD401", f"expressions have no `{operator}`", ARITHMETIC)


def filters_last(source: str) -> str:
    """Filters apply to all that stands before them: `a / b | percent` is `(a / b) | percent`."""
    formula, filters = split_filters(source)
    return f"({formula}){filters}" if filters else source


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
