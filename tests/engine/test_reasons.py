"""Why an edition is built: every file that changed is named once."""

from pathlib import Path

from briefgen.engine.present import Present
from briefgen.engine.reasons import reasons
from briefgen.engine.trace import Trace

PRICES = "data/prices.csv"


def told(before: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    nothing = {"key": "", "toolchain": {}, "faces": (), "names": "", "files": {}, "counts": {}}
    trace = Trace("a", formats=("pdf",), reads=before, outputs={}, findings=(), **nothing)  # type: ignore[arg-type]
    return reasons(trace, ("pdf",), {}, now, Present(Path()), Path())


def test_a_table_is_named_once_where_it_is_read_as_a_whole_too() -> None:
    before = {f"{PRICES}#vendor=kimi": "1", PRICES: "2", "data/b.yaml": "3"}
    now = {f"{PRICES}#vendor=kimi": "4", PRICES: "5", "data/b.yaml": "6"}
    assert told(before, now) == (f"`{PRICES}` changed", "`data/b.yaml` changed")


def test_else_the_part_is_named() -> None:
    before, now = {f"{PRICES}#vendor=kimi": "1", PRICES: "2"}, {PRICES: "2"}
    assert told(before, now) == (f"`{PRICES}#vendor=kimi` is gone",)
