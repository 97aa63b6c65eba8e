"""Reads what people decided about a briefing: `attestations.yaml` and `waivers.yaml`.

An edition in a second language has files of its own (`attestations.en.yaml`): it is another text.
So has an edition of a family for attestations (`attestations.kimi.yaml`); its waivers are those of
the family, in which parameters stand for what differs.
"""

from __future__ import annotations

from typing import Any

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import SourceMap
from briefgen.load.files import Folder
from briefgen.load.shared import read_record
from briefgen.model.release import Attestation, Release, Waiver

ATTESTATIONS, WAIVERS = "attestations", "waivers"


def release_file(folder: Folder, name: str) -> str:
    """The file of an edition that holds its attestations or waivers."""
    key = folder.member.key if folder.member and name == ATTESTATIONS else ""
    return ".".join(filter(None, (name, key, folder.variant, "yaml")))


def load_release(folder: Folder, places: SourceMap, out: Collector) -> Release:
    """Both files, where they are there."""
    return Release(
        attestations=_entries(folder, ATTESTATIONS, Attestation, places, out),
        waivers=_entries(folder, WAIVERS, Waiver, places, out),
    )


def _entries(
    folder: Folder, name: str, kind: Any, places: SourceMap, out: Collector
) -> tuple[Any, ...]:
    file = release_file(folder, name)
    if not folder.has(file):
        return ()
    return read_record(folder, file, tuple[kind, ...], name, places, out) or ()
