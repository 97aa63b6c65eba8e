"""What a problem code is: a stable name for one kind of mistake, and its explanation."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc

from briefgen.diagnostics.finding import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem that loading, building or the machine can have."""

    code: str
    name: str
    """In words and hyphens: `unknown-key`."""
    severity: Severity
    text: str
    """What, why, bad, good; the indentation of the source is taken off."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", cleandoc(self.text))
