"""Rating schemes as a table: what the picture of the bands is drawn from."""

from __future__ import annotations

from briefgen.model.briefing import Briefing
from briefgen.model.rating import Bound
from briefgen.model.table import Column, Table

NAME = "rating bands"
"""The table's name; no table of an author can have it, for the space in it."""

_SIDES = {True: "included", False: "excluded", None: ""}


def rating_bands(briefing: Briefing) -> Table:
    """The classes of all houses: house, scheme, label, bounds in percent, sides of the bounds.

    Shape: a row per class, from the best down. A missing bound is infinite, a missing side is not
    stated.
    """
    columns = ("key", "house", "scheme", "label", "lower", "upper", "lower_side", "upper_side")
    rows: list[tuple[str | None, ...]] = []
    for house in briefing.houses().values():
        name = house.brokerage.names.get(briefing.language, house.brokerage.legal_name)
        for kind, scheme in house.brokerage.schemes.items():
            for rating in scheme.from_best:
                lower, upper = _at(rating.lower), _at(rating.upper)
                sides = (_side(rating.lower), _side(rating.upper))
                rows.append((str(len(rows)), name, kind, rating.label, lower, upper, *sides))
    return Table(
        name=NAME,
        path="",
        columns=tuple(
            Column(
                name=name,
                type="number" if name in {"lower", "upper"} else "string",
                unit="%" if name in {"lower", "upper"} else "1",
            )
            for name in columns
        ),
        key="key",
        as_of=briefing.front.date,
        source="",
        where=None,
        rows=tuple(rows),
    )


def _at(bound: Bound | None) -> str | None:
    return None if bound is None else f"{bound.at:f}"


def _side(bound: Bound | None) -> str | None:
    return None if bound is None else _SIDES[bound.included] or None
