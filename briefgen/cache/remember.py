"""Runs a stage, or gives what it made of the same inputs before, findings included."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from briefgen.cache.store import Store
from briefgen.diagnostics.finding import Finding, Made, has_errors
from briefgen.diagnostics.place import SourceMap

V = TypeVar("V", bound=BaseModel)

_FINDINGS = TypeAdapter(tuple[Finding, ...])


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one call of a stage."""

    stage: str
    name: str
    is_made: bool
    """Whether it was made; else it came from the cache."""


@dataclass(slots=True)
class Memory:
    """The cache as stages see it; without a store everything is made.

    `toolchain` is what makes values beside their inputs: versions and digests, by name.
    """

    store: Store | None = None
    toolchain: Mapping[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    problem: OSError | None = None
    """Why values could not be kept: a full disk, a folder that cannot be written."""

    def key(self, stage: str, *inputs: Any) -> str:
        """The key of a stage's value: a digest of stage, toolchain and canonical JSON of inputs.

        Inputs are pydantic values, or made of such, of mappings, sequences, bytes and scalars.
        """
        found = hashlib.sha256(stage.encode() + b"\0" + to_json(self.toolchain))
        for one in inputs:
            found.update(b"\0" + to_json(one, bytes_mode="base64"))
        return found.hexdigest()

    def made(
        self,
        stage: str,
        name: str,
        kind: type[V],
        key: str,
        places: SourceMap,
        make: Callable[[], Made[V]],
    ) -> Made[V]:
        """What `make` gives, from the cache where it is there; `name` is told, it is in no key."""
        found = self.recalled(stage, kind, key, places)
        self.steps.append(Step(stage, name, is_made=found is None))
        if found is None:
            found = make()
            self.keep(stage, key, places, found)
        return found

    def recalled(self, stage: str, kind: type[V], key: str, places: SourceMap) -> Made[V] | None:
        """A value with its findings; None if it is not there, or its findings have moved."""
        content = self.store.get(stage, key) if self.store else None
        if content is None:
            return None
        head, _, body = content.partition(b"\n")
        try:
            told = from_json(head)
            if told["places"] is not None and told["places"] != places.digest():
                return None
            findings = _FINDINGS.validate_python(told["findings"])
            return Made(kind.model_validate_json(body), findings)
        except (ValueError, KeyError, TypeError, ValidationError):
            return None

    def holds(self, stage: str, key: str) -> bool:
        """Whether there is an entry, be it readable or not."""
        return self.store is not None and self.store.holds(stage, key)

    def keep(self, stage: str, key: str, places: SourceMap, made: Made[V]) -> None:
        """Keep what was made without errors. A finding with a place holds for the same places."""
        if self.store is None or made.value is None or has_errors(made.findings):
            return
        has_places = any(finding.place for finding in made.findings)
        head = {
            "places": places.digest() if has_places else None,
            "findings": _FINDINGS.dump_python(made.findings, mode="json"),
        }
        content = to_json(head) + b"\n" + made.value.model_dump_json().encode()
        try:
            self.store.put(stage, key, content)
        except OSError as error:
            self.problem = error
