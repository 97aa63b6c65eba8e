"""Why an edition is built, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from briefgen.cache.remember import Step
from briefgen.engine.present import Present
from briefgen.engine.trace import Trace

_NAMED = 3
"""How many names are given of a kind."""


def reasons(
    trace: Trace | None,
    formats: Sequence[str],
    toolchain: Mapping[str, str],
    reads: Mapping[str, str],
    present: Present,
    folder: Path,
) -> tuple[str, ...]:
    """In what the last build differs from what a build would see now; none if it is the same."""
    if trace is None:
        return ("no earlier build of it is known",)
    found = []
    if tuple(formats) != trace.formats:
        found.append(f"formats {','.join(formats)}, not {','.join(trace.formats)}")
    found += _changes(trace.reads, reads)
    found += [
        f"{_tool(name)} changed" if _is_digest(now) else f"{name} {now}, not {before}"
        for name, before, now in _differing(trace.toolchain, toolchain)
    ]
    return (*found, *present.spoilt(trace, folder))


def told(steps: Iterable[Step]) -> tuple[str, ...]:
    """What was made and what came from the cache: `made 1 of 3 drawings (prices)`."""
    kinds: dict[str, list[Step]] = {}
    for step in steps:
        kinds.setdefault(step.stage, []).append(step)
    found = []
    for stage, those in kinds.items():
        made = [step.name for step in those if step.is_made]
        named = f" ({_listed(made)})" if made and stage == "drawing" else ""
        plural = "s" if len(those) != 1 else ""
        found.append(f"made {len(made)} of {len(those)} {stage}{plural}{named}")
    return tuple(found)


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    kinds = Counter[str]()
    found = []
    for name, one, other in _differing(before, now):
        kind = "is new" if one is None else "is gone" if other is None else "changed"
        kinds[kind] += 1
        if kinds[kind] <= _NAMED:
            found.append(f"`{name}` {kind}")
    rest = sum(max(count - _NAMED, 0) for count in kinds.values())
    return [*found, f"{rest} other files changed"] if rest else found


def _differing(
    before: Mapping[str, str], now: Mapping[str, str]
) -> Iterable[tuple[str, str | None, str | None]]:
    names = {n: None for n in (*before, *now) if before.get(n) != now.get(n)}
    for name in names:
        if name.rpartition("#")[0] not in names:  # a part of a file that is named
            yield name, before.get(name), now.get(name)


def _tool(name: str) -> str:
    return {"code": "the code of briefgen", "fonts": "the list of fonts"}.get(name, name)


def _is_digest(version: str | None) -> bool:
    return version is None or len(version) > 40


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
