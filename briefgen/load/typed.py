"""Plain data into values: pydantic's complaints become findings with places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Origin, Place, SourceMap, ValuePath
from briefgen.diagnostics.suggest import did_you_mean, nearest
from briefgen.load.schemas import keys_at
from briefgen.model.brokerage import Colour
from briefgen.model.job import ClockTime, Duration
from briefgen.model.rating import AnyMarket
from briefgen.model.theme import Sha256
from briefgen.model.value import MOST_DIGITS, Identifier, Market, Slug

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_type": "`true` or `false`",
    "bool_parsing": "`true` or `false`",
    "dict_type": "a mapping (`key: value`)",
    "model_type": "a mapping (`key: value`)",
    "model_attributes_type": "a mapping (`key: value`)",
    "tuple_type": "a list (`- item`)",
    "list_type": "a list (`- item`)",
    "is_instance_of": "a mapping (`key: value`)",
}
_LIMITS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}
_LONGEST = 60
"""How many characters of a value a message repeats."""

TOO_MANY_DIGITS = f"write a number of at most {MOST_DIGITS} digits"

_NO_DATE = ("not a date", "no such", "not a day", "ends before it begins")
_FILL_IN = "write a value after the colon; text that begins with `#` needs quotation marks"


def typed(kind: Any, data: Any, path: ValuePath, places: SourceMap, out: Collector) -> Any | None:
    """Validate `data` (read at `path`) as `kind`; None after findings.

    Reports: LOD103, LOD104, LOD106, LOD107.
    """
    try:
        return _adapter(kind).validate_python(data)
    except ValidationError as error:
        _Complaints(kind, data, path, places, out).report(error.errors(include_url=False))
        return None


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


class _Complaints:
    def __init__(
        self, kind: Any, data: Any, path: ValuePath, places: SourceMap, out: Collector
    ) -> None:
        self.kind, self.data, self.path = kind, data, path
        self.places, self.out = places, out
        self.misspelt: set[ValuePath] = set()
        """Paths of missing keys that stand there in another spelling."""

    def report(self, details: Iterable[ErrorDetails]) -> None:
        """Unknown keys come first, so that a misspelt key is not missing as well."""
        for detail in sorted(details, key=lambda detail: detail["type"] == "missing"):
            where = _real(detail["loc"], self.data)
            match detail["type"]:
                case "extra_forbidden":
                    self._unknown_key(where)
                case "missing":
                    self._missing_key(where)
                case "union_tag_not_found":
                    self._missing_key((*where, "kind"))
                case "value_error":
                    self._wrong_value(detail, where)
                case "wrong_inside":
                    where = (*where, *detail["ctx"]["inside"])
                    self._say(where, detail["msg"])
                case "too_short" if len(detail["input"]) >= detail["ctx"]["min_length"]:
                    pass  # its items have findings of their own
                case kind_of_error:
                    if kind_of_error == "union_tag_invalid":
                        where = (*where, _tag(detail))
                    self._say(where, *_other(detail))

    def _say(self, where: ValuePath, message: str, help_line: str | None = None) -> None:
        self.out.report("LOD106", message, self.places.value((*self.path, *where)), help_line)

    def _unknown_key(self, where: ValuePath) -> None:
        name, full = str(where[-1]), (*self.path, *where)
        known = keys_at(self.kind, self.data, where[:-1])
        if near := nearest(name, known):
            self.misspelt.add((*where[:-1], near))
        self.out.report(
            "LOD103",
            f"unknown key `{name}`{_owner(full)}",
            self.places.key(full),
            did_you_mean(name, known),
        )

    def _missing_key(self, where: ValuePath) -> None:
        full = (*self.path, *where)
        if where not in self.misspelt:
            self.out.report(
                "LOD104",
                f"missing key `{where[-1]}`{_owner(full)}",
                self.places.key(full[:-1]),
                f"add `{where[-1]}: …`",
            )

    def _wrong_value(self, detail: ErrorDetails, where: ValuePath) -> None:
        problem, full = str(detail["ctx"]["error"]), (*self.path, *where)
        if problem.startswith(_NO_DATE):
            what, _, part = problem.partition(": ")
            place, found = self.places.value(full), part or detail["input"]
            forms = "write it like `2024-03-25`, `2024-03`, `2024-Q1` or `2024`"
            help_line = forms if what.startswith("not a") else None
            self.out.report("LOD107", f"{what}: {shown(found)}", place, help_line)
        elif isinstance(detail["input"], dict):
            self.out.report("LOD106", problem, self.places.key(full))
        else:
            self._say(where, problem)


def _other(detail: ErrorDetails) -> tuple[str, str | None]:
    """Message and help of a complaint about one value."""
    kind, found, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in _EXPECTED:
        help_line = _FILL_IN if found is None else None
        return f"expected {_EXPECTED[kind]}, found {shown(found)}", help_line
    if kind == "too_many_digits":
        return f"{shown(found)} has too many digits", TOO_MANY_DIGITS
    if kind == "unknown_name":
        return f"unknown {detail['msg']} {shown(found)}", did_you_mean(str(found), context["known"])
    if kind == "literal_error":
        known = re.findall(r"'([^']+)'", context.get("expected", ""))
        return f"unknown value {shown(found)}", did_you_mean(str(found), known)
    if kind == "union_tag_invalid":
        known = re.findall(r"'([^']+)'", context.get("expected_tags", ""))
        tag = str(context.get("tag", ""))
        return f"unknown {_tag(detail)} `{tag}`", did_you_mean(tag, known)
    if kind == "string_pattern_mismatch":
        pattern = context.get("pattern", "")
        form = _forms().get(pattern, f"the form `{pattern}`")
        return f"expected {form}, found {shown(found)}", None
    if kind in {"too_short", "string_too_short"}:
        least = context.get("min_length", 1)
        return "must not be empty" if least == 1 else f"must have at least {least} items", None
    if kind in _LIMITS:
        name, word = _LIMITS[kind]
        return f"must be {word} {context.get(name)}, found {shown(found)}", None
    return f"{detail['msg'][:1].lower()}{detail['msg'][1:]}, found {shown(found)}", None


def _tag(detail: ErrorDetails) -> str:
    """The key that tells the kinds of a mapping apart: pydantic writes `'kind'` or `format()`."""
    return str(detail["ctx"]["discriminator"]).strip("'()")


@cache
def _forms() -> dict[str, str]:
    """What texts of a fixed form look like, by the pattern of the form."""
    forms = {
        Identifier: "a name of small letters, digits and `_`, a letter first",
        Slug: "a name of small letters, digits and single hyphens",
        Market: "a market like `CN`",
        AnyMarket: "a market like `CN`, or `all`",
        Colour: "a colour like `#8c1d2b`",
        Sha256: "a SHA-256, 64 digits 0–9 and a–f",
        ClockTime: "a time like `07:30`",
        Duration: "a length of time like `30m` or `2h`",
    }
    return {TypeAdapter(kind).json_schema()["pattern"]: form for kind, form in forms.items()}


def check_name(kind: Any, name: str, place: Place | None, out: Collector) -> bool:
    """Whether the key of an entry has the form of its kind.

    Reports: LOD106.
    """
    places = SourceMap()
    if place:
        places.add((), Origin(place))
    return typed(kind, name, (), places, out) is not None


def _real(loc: tuple[int | str, ...], data: Any) -> ValuePath:
    """The path in the data: pydantic's own, less the tags of unions and the key marks."""
    path: list[int | str] = []
    for position, step in enumerate(loc, start=1):
        if step == "[key]":
            continue
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif position < len(loc):
            continue
        path.append(step)
    return tuple(path)


def _owner(full: ValuePath) -> str:
    """What a key stands in: an entry, a key, an item; nothing at the top of a file."""
    if len(full) < 3:
        return ""
    if isinstance(full[-2], int):
        return f" in an item of `{full[-3]}`"
    return f" in `{full[-2]}`"


def shown(value: Any) -> str:
    """A value as messages write it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = " ".join(str(value).split())
    return f"`{text}`" if len(text) <= _LONGEST else f"`{text[:_LONGEST]}…`"
