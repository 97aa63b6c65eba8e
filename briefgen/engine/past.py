"""What earlier builds left of a workspace's editions: traces of them, and values in the cache."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.cache.store import Store
from briefgen.diagnostics.finding import Finding, Made, Severity
from briefgen.engine.outcome import Outcome
from briefgen.engine.present import Present, face_of
from briefgen.engine.trace import Trace, Traces

if TYPE_CHECKING:
    from briefgen.cache.remember import Memory
    from briefgen.model.edition import Edition
    from briefgen.model.task import Kit, Task

MEGABYTE = 1_000_000
A_DAY = 86_400


def counts(edition: Edition) -> dict[str, int | None]:
    """How many pages, figures and tables an edition has."""
    return {name: getattr(edition, name) for name in ("pages", "figures", "tables")}


@dataclass
class Past:
    """The past of the editions in an output folder; without a cache there is none."""

    root: Path
    output: Path
    cache: Path | None
    _faces: dict[str, tuple[tuple[str, int, int], ...]] = field(default_factory=dict)
    """The files of the fonts, by family, as they were before their digests were taken."""

    @cached_property
    def present(self) -> Present:
        """The workspace as it is now."""
        return Present(self.root)

    @cached_property
    def _traces(self) -> Traces | None:
        return Traces(Store(self.cache), self.output) if self.cache else None

    def look(self) -> None:
        """Take down what there is before anything is read: what comes later is seen next time."""
        if self._traces:
            _ = self.present.names

    def unchanged(self, slug: str, formats: Iterable[str]) -> Outcome | None:
        """The outcome, if all that the last build saw is still so; nothing heavy is imported."""
        started = time.perf_counter()
        trace, folder = self._trace(slug), self.output / slug
        if trace is None or not self.present.holds(trace, formats, folder):
            return None
        seconds = time.perf_counter() - started
        kept = trace.findings, seconds, trace.counts, folder, trace.outputs
        return Outcome(slug, "unchanged", *kept)

    def still_so(self, task: Task, key: str, kit: Kit, memory: Memory) -> Outcome | None:
        """The outcome, if the edition of that key lies in the output folder."""
        slug, trace = task.briefing.slug, self._trace(task.briefing.slug)
        if trace is None or trace.key != key:
            return None
        wholly = task.reads | kit.templates.digests
        if any(found.place and found.place.file not in wholly for found in trace.findings):
            return None  # what was not read may have moved it
        if not self.lies_there(slug, trace.outputs):
            return None
        self._write(task, key, kit, memory, trace.findings, trace.outputs, trace.counts)
        kept = trace.findings, 0.0, trace.counts, self.output / slug, trace.outputs
        return Outcome(slug, "unchanged", *kept)

    def memory(self, kit: Kit) -> Memory:
        """The cache of stage values."""
        from briefgen.cache.remember import Memory
        from briefgen.pipeline import toolchain
        from briefgen.toolchain.fonts import faces

        for theme in kit.templates.themes.values():
            for family in theme.fonts.families:
                found = (face_of(face.file) for face in faces(family))
                self._faces[family] = tuple(face for face in found if face)
        return Memory(Store(self.cache) if self.cache else None, toolchain(kit))

    def why(self, task: Task, kit: Kit, toolchain: Mapping[str, str]) -> tuple[str, ...]:
        """In what a build would see something else than the last one."""
        from briefgen.engine.reasons import reasons

        if self._traces is None:
            return ("the cache is not used",)
        slug, reads = task.briefing.slug, task.reads | kit.templates.digests
        now = task.formats, toolchain, reads, self.present, self.output / slug
        return reasons(self._trace(slug), *now)

    def lies_there(self, slug: str, outputs: Mapping[str, str]) -> bool:
        """Whether the output folder holds these files of an edition as they are."""
        folder = self.output / slug
        return self._traces is not None and all(
            self.present.digest(folder / name) == digest for name, digest in outputs.items()
        )

    def remember(
        self,
        task: Task,
        key: str,
        kit: Kit,
        memory: Memory,
        made: Made[Edition],
        outputs: Mapping[str, str],
    ) -> None:
        """Keep that an edition lies in the output folder now, and the edition, if it is new."""
        from briefgen.pipeline import EDITION

        assert made.value is not None
        if not memory.holds(EDITION, key):
            memory.keep(EDITION, key, task.places, made)
        self._write(task, key, kit, memory, made.findings, outputs, counts(made.value))

    def _write(
        self,
        task: Task,
        key: str,
        kit: Kit,
        memory: Memory,
        findings: tuple[Finding, ...],
        outputs: Mapping[str, str],
        counts: Mapping[str, int | None],
    ) -> None:
        if self._traces is None:
            return
        digests = kit.templates.digests
        fonts = kit.templates.themes[task.briefing.front.theme].fonts
        trace = Trace(
            slug=task.briefing.slug,
            key=key,
            formats=task.formats,
            toolchain=memory.toolchain,
            faces=tuple(face for name in fonts.families for face in self._faces[name]),
            names=self.present.names,
            files=task.files | digests,
            reads=task.reads | digests,
            outputs=outputs,
            counts=counts,
            findings=findings,
            has_queries=task.has_queries,
        )
        try:
            self._traces.write(trace)
        except OSError as error:
            memory.problem = error

    def tidy(self, memory: Memory, limit_mb: int) -> list[Finding]:
        """Keep the cache within its limit; what is wrong with it."""
        if memory.store is None:
            return []
        memory.store.sweep(before=time.time() - A_DAY)
        memory.store.prune(limit_mb * MEGABYTE)
        if memory.problem is None:
            return []
        reason = (memory.problem.strerror or str(memory.problem)).lower()
        message = f"the cache `{self.cache}` cannot be written: {reason}"
        help_line = "free some room, or name another folder: `--cache DIR`"
        return [Finding("CAC101", message, None, help_line, Severity.WARNING)]

    def _trace(self, slug: str) -> Trace | None:
        return self._traces.read(slug) if self._traces else None
