"""Rules on where numbers come from, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown
from briefgen.check.rules.numbers.written import amount, said
from briefgen.diagnostics.place import ValuePath
from briefgen.model.briefing import Briefing
from briefgen.model.number import Number, Shown
from briefgen.model.unit import is_exchange_rate
from briefgen.model.value import period_end, period_start
from briefgen.model.verdict import Contradiction

_OPERAND = re.compile(r"\"[^\"]*\"|'[^']*'|[A-Za-z_][\w.]*|(?P<number>\d+(?:\.\d+)?)")
_CALENDAR = {"12", "24", "60", "365", "366"}
_ARITHMETIC = re.compile(r"\d|10+|0\.0*1")
_SATURDAY, _SUNDAY = 5, 6


def unsourced_number(dossier: Dossier) -> Iterator[Problem]:
    """A number that is written in a formula, or one that rests on no source.

    Why: a number in a formula is a fact without source and as-of date, and nobody sees it in the
    list of evidence. Single digits, powers of ten and the counts of the calendar (12, 24, 60, 365)
    are arithmetic. What briefgen counts itself (`recommendations.securities`) needs no source.

    Bad:  {{ price * 1.13 }}
    Good: {{ price * (1 + vat) }}, and `vat` in facts.yaml
    """
    briefing = dossier.briefing
    for path, formula in _formulas(briefing):
        for found in _OPERAND.finditer(formula.split("|")[0]):
            number = found["number"]
            if number and number not in _CALENDAR and not _ARITHMETIC.fullmatch(number):
                message = f"`{number}` in `{formula}` has neither source nor as-of date"
                help_line = "make it a fact in facts.yaml, with `source` and `as_of`"
                yield Problem(path, message, help_line, text=number, subject=formula)
    for name, number in _read(briefing).items():
        if not number.sources and number.origin and "recommendations." not in number.name:
            path = ("facts", name)
            yield Problem(path, f"`{name}` has no source", "add `source`", subject=name)


def stale_source(dossier: Dossier) -> Iterator[Answer]:
    """A source that is older than its briefing allows.

    Why: prices and rankings change within months; what is quoted from an old page may no longer
    hold. `max_source_age` in workspace.yaml, or in the front matter, says how many months sources
    of a kind may be old on the day of the briefing. What counts is the source's date; where it has
    none, the latest as-of date of what is taken from it.

    Bad:  {website: 12} and a price list of March 2022 in a briefing of March 2024
    Good: the same list, looked up again
    """
    briefing = dossier.briefing
    if briefing.sources and not briefing.max_source_age:
        help_line = "set `max_source_age` in workspace.yaml"
        yield Unknown("no age is set for sources", help_line)
    latest = _latest(briefing)
    for name, source in briefing.sources.items():
        allowed = briefing.max_source_age.get(source.kind)
        last = period_end(source.date) if source.date else latest.get(name)
        if allowed is None or last is None:
            continue
        age = (dossier.day.year - last.year) * 12 + dossier.day.month - last.month
        age -= dossier.day.day < last.day
        if age > allowed:
            message = f"source `{name}` is of {source.date or last}, {age} months old; "
            message += f"a {source.kind} may be {allowed}"
            help_line = "look it up again, or allow more in `max_source_age`"
            yield Problem(("sources", name), message, help_line, subject=name)


def evidence_after_briefing(dossier: Dossier) -> Iterator[Problem]:
    """A source, or a number that is no forecast, of a time after the briefing.

    Why: what was not yet known cannot have been known; one of the two dates is wrong. Of a period
    that is not over, its first day counts.

    Bad:  as_of: 2025 in a briefing of March 2024
    Good: as_of: 2025, forecast: true
    """
    briefing, day = dossier.briefing, dossier.day
    later = {n: s for n, s in briefing.sources.items() if s.date and period_start(s.date) > day}
    for name, source in later.items():
        message = f"source `{name}` is of {source.date}, after the briefing of {day}"
        values: dict[str, Shown | str] = {"title": source.title, "day": Shown(period=source.date)}
        yield Problem(
            ("sources", name, "date"),
            message,
            "mend one of the dates",
            subject=name,
            contradiction=Contradiction(kind="source_after", values=values),
        )
    for name, number in _read(briefing).items():
        if later.keys() & set(number.sources) or not number.as_of or number.is_forecast:
            continue
        if period_start(number.as_of) > day:
            values = {"value": amount(number), "day": Shown(period=number.as_of)}
            yield Problem(
                _path(briefing, number),
                f"`{name}` is as of {number.as_of}, after the briefing of {day}",
                "write `forecast: true`, or mend one of the dates",
                subject=name,
                contradiction=Contradiction(kind="number_after", values=values),
            )


def rate_on_weekend(dossier: Dossier) -> Iterator[Problem]:
    """An exchange rate of a Saturday or Sunday.

    Why: no rate is fixed on these days; the number is that of a day before, or of another source
    than the one that is named.

    Bad:  {value: 7.23, unit: CNY/USD, as_of: 2024-03-23}, a Saturday
    Good: {value: 7.23, unit: CNY/USD, as_of: 2024-03-22}
    """
    briefing = dossier.briefing
    for name, number in briefing.facts.items():
        if number.is_derived or not is_exchange_rate(number.unit, briefing.units):
            continue
        day = date.fromisoformat(number.as_of or "")
        if day.weekday() in {_SATURDAY, _SUNDAY}:
            word = "saturday" if day.weekday() == _SATURDAY else "sunday"
            values: dict[str, Shown | str] = {
                "rate": amount(number),
                "day": Shown(period=number.as_of),
            }
            yield Problem(
                ("facts", name, "as_of"),
                f"`{name}` ({said(values['rate'], briefing)}) is of {number.as_of}, "
                f"a {word.capitalize()}",
                "give the day on which the rate was fixed",
                subject=name,
                contradiction=Contradiction(kind=f"rate_on_{word}", values=values),
            )


def _formulas(briefing: Briefing) -> Iterator[tuple[ValuePath, str]]:
    """Expressions as the author wrote them, with the value in which they stand."""
    for name, number in briefing.facts.items():
        if number.formula:
            yield ("facts", name, "formula"), number.formula
    for source, shown in briefing.numbers.items():
        if shown.number and shown.number.formula:
            yield _place(briefing, source), source
    for exhibit, columns in briefing.computed.items():
        for formula in columns:
            yield ("exhibits", exhibit), formula


def _place(briefing: Briefing, source: str) -> ValuePath:
    """The prose that has an expression; else the front matter."""
    for name, text in briefing.prose.items():
        if source in text:
            return ("prose", name)
    return ("front",)


def _read(briefing: Briefing) -> dict[str, Number]:
    """Every number that was read and is a fact, stands in a table or is named in the text."""
    shown = [*briefing.facts.values(), *(s.number for s in briefing.numbers.values() if s.number)]
    found = {leaf.name: leaf for number in shown for leaf in number.read}
    for table in briefing.tables.values():
        for column in (column for column in table.columns if column.is_numeric):
            for row in table.row_keys:
                cell = table.number(row, column.name, briefing.units)
                if cell is not None:
                    found[cell.name] = cell
    return found


def _path(briefing: Briefing, number: Number) -> ValuePath:
    """The value that a number was read from."""
    if number.name in briefing.facts:
        return ("facts", number.name, "as_of")
    table, _, cell = number.name.partition("[")
    return ("cells", table, cell.split('"')[1]) if '"' in cell else ("facts", number.name)


def _latest(briefing: Briefing) -> dict[str, date]:
    """The latest as-of day of what is taken from each source."""
    found: dict[str, date] = {}
    for number in _read(briefing).values():
        for source in number.sources if number.as_of and not number.is_forecast else ():
            end = period_end(number.as_of or "")
            found[source] = max(found.get(source, end), end)
    return found
