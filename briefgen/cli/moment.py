"""Days and times on the command line."""

from __future__ import annotations

from datetime import datetime

import click

_YEARS = range(1990, 2200)


class Moment(click.ParamType[datetime]):
    """A day or a time, with or without its zone."""

    name = "moment"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment; without a zone, its owner fills it in."""
        try:
            found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time like 2026-10-01 or 2026-10-01T07:30+08:00", param, ctx)
        if found.year not in _YEARS:
            self.fail(f"the year of {value!r} is out of range", param, ctx)
        return found
