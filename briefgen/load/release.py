"""Reads what people decided about a briefing: `attestations.yaml` and `waivers.yaml`."""

from __future__ import annotations

from typing import Any

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import SourceMap
from briefgen.load.files import Folder
from briefgen.load.shared import read_record
from briefgen.model.release import Attestation, Release, Waiver


def load_release(folder: Folder, places: SourceMap, out: Collector) -> Release:
    """Both files, where they are there."""
    return Release(
        attestations=_entries(folder, "attestations", Attestation, places, out),
        waivers=_entries(folder, "waivers", Waiver, places, out),
    )


def _entries(
    folder: Folder, name: str, kind: Any, places: SourceMap, out: Collector
) -> tuple[Any, ...]:
    if not folder.has(f"{name}.yaml"):
        return ()
    return read_record(folder, f"{name}.yaml", tuple[kind, ...], name, places, out) or ()
