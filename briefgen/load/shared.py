"""The records that all briefings of a workspace share, and the brokerages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import Origin, Place, SourceMap
from briefgen.load.files import Folder
from briefgen.load.tables import records
from briefgen.load.typed import typed
from briefgen.load.yaml_nodes import read_yaml
from briefgen.model.brokerage import Brokerage
from briefgen.model.security import Security
from briefgen.model.source import Sources
from briefgen.model.unit import UnitName
from briefgen.model.workspace import ReferenceData, Settings


@dataclass(frozen=True, slots=True)
class Shared:
    """Reference data with the places that it was read from."""

    data: ReferenceData
    places: SourceMap
    reads: dict[str, str]
    """SHA-256 of the files, by name."""


def read_record(
    folder: Folder, name: str, kind: Any, path: str, places: SourceMap, out: Collector
) -> Any | None:
    """A YAML file as a value of type `kind`; its places stand below `path`."""
    text = folder.read(name, out)
    if text is None:
        return None
    before = len(out.findings)
    data = read_yaml(text, folder.shown(name), (path,), places, out)
    if len(out.findings) > before and data is None:
        return None
    return typed(kind, data, (path,), places, out)


def load_shared(folder: Folder) -> Made[Shared]:
    """Settings, sources, units and securities of the `data/` folder."""
    out, places = Collector(), SourceMap()
    settings = read_record(folder, "workspace.yaml", Settings, "settings", places, out)
    sources = read_record(folder, "sources.yaml", Sources, "sources", places, out)
    units = read_record(folder, "units.yaml", dict[str, UnitName], "units", places, out)
    securities = _securities(folder, places, out)
    if settings is None or sources is None or units is None:
        return Made(None, tuple(out.findings))
    data = ReferenceData(settings=settings, sources=sources, units=units, securities=securities)
    return out.made(Shared(data, places, folder.reads))


def load_brokerage(
    folder: Folder, brokerage: str, places: SourceMap, out: Collector
) -> Brokerage | None:
    """One file of `brokerages/`."""
    name = f"brokerages/{brokerage}.yaml"
    found: Brokerage | None = read_record(folder, name, Brokerage, "brokerage", places, out)
    return found


def brokerage_ids(folder: Folder) -> list[str]:
    """The brokerages that have a file."""
    return [name.removesuffix(".yaml") for name in folder.names("brokerages/*.yaml")]


def _securities(folder: Folder, places: SourceMap, out: Collector) -> dict[str, Security]:
    text = folder.read("securities.csv", out)
    if text is None:
        return {}
    file = folder.shown("securities.csv")
    lines = list(records(text, file))
    if not lines:
        out.report("LOD301", "the securities master is empty", Place(file))
        return {}
    head, _ = lines[0]
    found: dict[str, Security] = {}
    for cells, at in lines[1:]:
        if len(cells) != len(head):
            out.report("LOD304", f"the row has {len(cells)} cells, the head has {len(head)}", at[0])
            continue
        path = ("securities", cells[0])
        row = {name: cell for name, cell in zip(head, cells, strict=True) if cell}
        places.add(path, Origin(at[0]))
        for name, place in zip(head, at, strict=True):
            places.add((*path, name), Origin(place))
        security = typed(Security, row, path, places, out)
        if security is not None and security.id in found:
            out.report("LOD303", f"duplicate security `{security.id}`", at[0])
        elif security is not None:
            found[security.id] = security
    return found
