"""What all briefings of a workspace share, opened once and kept while it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefgen.cache.remember import Memory
from briefgen.cache.store import Store
from briefgen.diagnostics.finding import Finding, has_errors
from briefgen.engine.present import Present
from briefgen.model.task import Kit
from briefgen.pipeline import toolchain
from briefgen.preview.watching import Seen, all_files, seen
from briefgen.workspace import Workspace, cache_folder, open_workspace


@dataclass(frozen=True, slots=True)
class Open:
    """An opened workspace with its kit, which is the same value while the templates are."""

    workspace: Workspace
    kit: Kit
    toolchain: Mapping[str, str]

    def memory(self) -> Memory:
        """The cache of drawings."""
        return Memory(Store(cache_folder(self.workspace.root)), self.toolchain)


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace as it was seen; `opened` is None after errors."""

    opened: Open | None
    findings: tuple[Finding, ...]
    seen: Seen


def open_desk(root: Path, names: str, present: Present, before: Desk | None) -> Desk:
    """Open the workspace; `names` is the digest of the names in it."""
    made = open_workspace(root)
    space, known = made.value, before.opened if before else None
    if space is None or has_errors(made.findings):
        return Desk(None, made.findings, Seen(names, all_files(present)))
    files = space.shared.files | space.templates.digests
    what = seen(names, present, files, made.findings)
    if known and known.workspace.templates == space.templates:
        opened = Open(space, known.kit, known.toolchain)
    else:
        opened = Open(space, space.kit, toolchain(space.kit))
    return Desk(opened, made.findings, what)
