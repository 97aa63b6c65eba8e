"""The records that all briefings of a workspace share, and the brokerages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import Origin, Place, SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.csv_rows import read_rows
from briefgen.load.files import Folder
from briefgen.load.references import check_references
from briefgen.load.reported import Reported
from briefgen.load.typed import typed
from briefgen.load.yaml_nodes import read_yaml
from briefgen.model.brokerage import Brokerage
from briefgen.model.disclosure_facts import DisclosureFacts
from briefgen.model.glossary import Glossary, Term
from briefgen.model.marks import marked
from briefgen.model.security import Security
from briefgen.model.source import Sources
from briefgen.model.unit import UnitName
from briefgen.model.workspace import OF_EDITIONS, ReferenceData, Settings

SETTINGS = "workspace.yaml"


@dataclass(frozen=True, slots=True)
class Shared:
    """Reference data with the places that it was read from."""

    data: ReferenceData
    places: SourceMap
    reads: dict[str, str]
    """SHA-256 of what was read, by name."""
    contents: dict[str, bytes]
    """What was read."""
    files: dict[str, str]
    """SHA-256 of the whole files, by name."""


def read_data(folder: Folder, name: str, path: str, places: SourceMap, out: Collector) -> Any:
    """A YAML file as plain data, None after findings; its places stand below `path`.

    The parameters of an edition are filled in.
    """
    text = folder.read(name, out)
    if text is None:
        return None
    data = read_yaml(text, folder.shown(name), (path,), places, out)
    return folder.member.fill(data, (path,), places, out) if folder.member else data


def read_record(
    folder: Folder, name: str, kind: Any, path: str, places: SourceMap, out: Collector
) -> Any | None:
    """A YAML file as a value of type `kind`; its places stand below `path`."""
    data = read_data(folder, name, path, places, out)
    return None if data is None else typed_record(kind, data, path, places, out)


def typed_record(kind: Any, data: Any, path: str, places: SourceMap, out: Collector) -> Any | None:
    """The data of a file as a value of type `kind`; an empty file is one finding."""
    found = typed(kind, data, (path,), places, mine := Collector())
    if found is None and data == {}:
        out.report("LOD104", "the file is empty", places.value((path,)))
    else:
        out.findings += mine.findings
    return found


def load_shared(folder: Folder) -> Made[Shared]:
    """Settings, sources, units and securities of the `data/` folder."""
    out, places = Collector(), SourceMap()
    briefings = [f"briefings/{name}" for name in folder.names("briefings/*/")]
    for name in ("brokerages", "briefings", *briefings):
        folder.check_listing(name, out)
    settings = _settings(folder, places, out)
    sources = read_record(folder, "sources.yaml", Sources, "sources", places, out)
    units = read_record(folder, "units.yaml", dict[str, UnitName], "units", places, out)
    glossary: dict[str, Term] | None = {}
    if folder.has("glossary.yaml"):
        glossary = read_record(folder, "glossary.yaml", Glossary, "glossary", places, out)
    securities = _securities(folder, places, out)
    if settings is None or sources is None or units is None:
        return Made(None, tuple(out.findings))
    named = marked(securities, ("securities",))
    check_references(named, {"source": sources}, Reported(), places, out)
    data = ReferenceData(
        settings=settings,
        sources=sources,
        units=units,
        securities=securities,
        glossary=glossary or {},
    )
    return out.made(Shared(data, places, folder.reads, folder.contents, folder.files))


def load_brokerage(
    folder: Folder, brokerage: str, places: SourceMap, out: Collector
) -> Brokerage | None:
    """One file of `brokerages/`."""
    name = f"brokerages/{brokerage}.yaml"
    found: Brokerage | None = read_record(folder, name, Brokerage, "brokerage", places, out)
    return found


def load_disclosure_facts(
    folder: Folder, brokerage: str, places: SourceMap, out: Collector
) -> DisclosureFacts:
    """What a brokerage must disclose; nothing is known where it has no file."""
    name = f"disclosures/{brokerage}.yaml"
    if not folder.has(name):
        return DisclosureFacts()
    return (
        read_record(folder, name, DisclosureFacts, "disclosure_facts", places, out)
        or DisclosureFacts()
    )


def brokerage_ids(folder: Folder) -> list[str]:
    """The brokerages that have a file."""
    return [name.removesuffix(".yaml") for name in folder.names("brokerages/*.yaml")]


def _settings(folder: Folder, places: SourceMap, out: Collector) -> Settings | None:
    """The settings; what counts as read of them are those that editions are made from."""
    apart = replace(folder, reads={}, contents={})
    found: Settings | None = read_record(apart, SETTINGS, Settings, "settings", places, out)
    if found is not None:
        folder.keep(f"{folder.shown(SETTINGS)}#{OF_EDITIONS}", found.of_editions())
    return found


def _securities(folder: Folder, places: SourceMap, out: Collector) -> dict[str, Security]:
    text = folder.read("securities.csv", out)
    rows = None if text is None else read_rows(text, folder.shown("securities.csv"), out)
    if rows is None or not _known_columns(*rows[0], out):
        return {}
    head, _ = rows[0]
    found: dict[str, Security] = {}
    for cells, at in rows[1:]:
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


def _known_columns(head: list[str], at_head: list[Place], out: Collector) -> bool:
    """Whether the securities master has the columns of a security, `id` first, and no other."""
    fields = list(Security.model_fields)
    if head[0] != "id":
        out.report("LOD301", f"the first column must be `id`, found `{head[0]}`", at_head[0])
        return False
    unknown = [(name, at) for name, at in zip(head, at_head, strict=True) if name not in fields]
    for name, place in unknown:
        free = [field for field in fields if field not in head]
        out.report("LOD301", f"unknown column `{name}`", place, did_you_mean(name, free))
    return not unknown
