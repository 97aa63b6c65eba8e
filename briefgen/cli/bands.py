"""Rating schemes in the terminal: a table, the bands as a diagram, what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from briefgen.diagnostics.show import cells
from briefgen.model.rating import Benchmark, Bound, RatingClass, Reading, Scheme
from briefgen.model.stretches import Stretch, faults

STEP = 10
"""Cells between two bounds of the diagram."""
MEASURES = {
    "relative_return": "return against the benchmark",
    "absolute_return": "change of the price or index itself",
}
READ_AS = {
    Reading.CLOSED: "all ends",
    Reading.OPEN: "no end",
    Reading.LOWER: "lower ends",
    Reading.UPPER: "upper ends",
}


def aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows of a table as lines; an ideograph takes two cells."""
    table = [tuple(row) for row in rows]
    widths = [max(map(cells, column)) for column in zip(*table, strict=True)]
    for row in table:
        parts = (_padded(text, width) for text, width in zip(row, widths, strict=True))
        yield "  ".join(parts).rstrip()


def table(scheme: Scheme) -> Iterator[str]:
    """A line per class from the best: label, band, months, benchmarks."""
    spans = [scheme.horizon, scheme.horizon.also_printed]
    months = " or ".join(str(span).replace("–", "-") for span in spans if span)
    against = "; ".join(benchmark(market, one) for market, one in scheme.benchmarks.items())
    rows = [(rating.label, band(rating), months, against) for rating in scheme.from_best]
    return aligned([("RATING", "BAND", "MONTHS", "BENCHMARK"), *rows])


def band(rating: RatingClass) -> str:
    """A band in words, with what the source leaves open."""
    bounds = [bound for bound in (rating.lower, rating.upper) if bound is not None]
    open_ends = any(bound.included is None for bound in bounds)
    unprinted = any(not bound.printed for bound in bounds)
    marks = (" (side not stated)" if open_ends else "") + (" (no number printed)" * unprinted)
    return rating.written() + marks


def benchmark(market: str, one: Benchmark) -> str:
    """A benchmark with its market."""
    names = " or ".join(one.names) + (f" ({one.rule})" if one.rule else "")
    return names if market == "all" else f"{market} {names}"


def diagram(scheme: Scheme) -> Iterator[str]:
    """The bands over an axis of the bounds, a line per class, and a line of marks below.

    `[` and `]`: the bound belongs to the class; `(` and `)`: it does not; `?`: not stated; `<` and
    `>`: no end; `*`: no width; `!`: not exactly one class.
    """
    bounds = sorted(scheme.bounds())
    step = max([STEP, *(len(f"{at:f}%") + 2 for at in bounds)])
    columns = {at: step * (number + 1) for number, at in enumerate(bounds)}
    end = step * (len(bounds) + 1)
    margin = max(cells(label) for label in (*scheme.labels, "!"))
    head = [" "] * (end + step)
    for at, column in columns.items():
        text = f"{at:f}%"
        start = column - len(text) // 2
        head[start : start + len(text)] = text
    yield f"{' ' * margin}  {''.join(head).rstrip()}"
    for rating in scheme.from_best:
        line = "".join(_bar(rating, columns, end))
        yield f"{_padded(rating.label, margin)}  {line}".rstrip()
    marks = [" "] * (end + 1)
    for fault in faults(scheme):
        first, last = columns.get(fault.low, 0), columns.get(fault.high, end)
        if first != last:
            first, last = first + (not fault.has_low), last - (not fault.has_high)
        marks[first : last + 1] = "!" * (last + 1 - first)
    if any(mark != " " for mark in marks):
        yield f"{' ' * margin}  {''.join(marks).rstrip()}"


def _bar(rating: RatingClass, columns: dict[Decimal, int], end: int) -> list[str]:
    line = [" "] * (end + 1)
    if rating.is_inverted:
        return list("upside down")
    first = columns[rating.lower.at] if rating.lower else 0
    last = columns[rating.upper.at] if rating.upper else end
    line[first : last + 1] = "=" * (last + 1 - first)
    line[first] = _mark(rating.lower, "<", "[(")
    line[last] = _mark(rating.upper, ">", "])")
    if first == last:
        line[first] = "*"
    return line


def _mark(bound: Bound | None, without: str, sides: str) -> str:
    if bound is None:
        return without
    return {True: sides[0], False: sides[1], None: "?"}[bound.included]


def told(stretch: Stretch) -> str:
    """What is wrong with a stretch."""
    if stretch.is_gap:
        return f"{stretch}: no class"
    readings: dict[tuple[str, ...], list[str]] = {}
    for reading, labels in zip(Reading, stretch.claims, strict=True):
        readings.setdefault(labels, []).append(READ_AS[reading])
    said = [
        (" and ".join(labels) or "no class")
        + (f" ({' or '.join(read)} included)" if len(readings) > 1 else "")
        for labels, read in readings.items()
    ]
    return f"{stretch}: {', '.join(said)}"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
