"""Families: a briefing with `for_each:` is one template for many editions.

Which editions there are is known from three files: `briefing.yaml`, the description of the tables
and the table that is named. None of them is recorded as read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefgen.diagnostics.finding import Collector, Finding
from briefgen.diagnostics.place import Place, SourceMap, ValuePath
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.cells import Row
from briefgen.load.csv_rows import read_rows
from briefgen.load.files import Folder
from briefgen.load.parameters import Member, Parameter
from briefgen.load.parts import csv_groups, row_groups

FRONT, PACKAGE = "briefing.yaml", "tables/datapackage.yaml"
KEY = "for_each"
ID = "id"
"""The parameter that names the edition of an entry of a list."""
_PATH: ValuePath = ("front", KEY)
_SLUG = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")

Parameters = Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class Family:
    """The editions of a briefing by key, and what is wrong with it as a whole."""

    mistakes: tuple[Finding, ...] = ()
    entries: Mapping[str, Parameters] = field(default_factory=dict)
    """The parameters of each edition, of a list."""
    table: str | None = None
    by: str = ""
    rows: Sequence[Row] = ()
    """The rows of the table, the head first."""
    groups: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The positions in `rows` of the rows of each key, be it the name of an edition or not."""
    empty: frozenset[str] = frozenset()
    """Cells that hold nothing."""
    taken: frozenset[str] = frozenset()
    """What no key may be or end with: languages of the briefing, and names of other briefings."""

    def keys(self, out: Collector) -> list[str]:
        """The keys of the editions; those of rows that name none are reported.

        Reports: LOD502, and what is wrong with the family as a whole.
        """
        out.add(self.mistakes)
        return [*self.entries, *(key for key in self.groups if self._is_key(key, out))]

    def member(self, key: str) -> Member | None:
        """The edition of that name; None where there is none."""
        if key in self.entries:
            return Member(key, self.entries[key])
        if key not in self.groups or not self._is_key(key, Collector()):
            return None
        return Member(key, self._parameters(self.groups[key]), self.table, self.by)

    def _is_key(self, key: str, out: Collector) -> bool:
        first = self.rows[self.groups[key][0]]
        place = first[1][list(self.rows[0][0]).index(self.by)]
        if key in self.empty:
            out.report("LOD502", f"the row has no `{self.by}`", place)
            return False
        return _is_key(key, place, self.taken, out)

    def _parameters(self, positions: Iterable[int]) -> dict[str, Parameter]:
        first, *others = [self.rows[position] for position in positions]
        return {
            name: Parameter(
                "" if cell in self.empty else cell or "",
                first[1][i],
                is_one=all(cells[i] == cell for cells, _ in others),
            )
            for i, (name, cell) in enumerate(zip(self.rows[0][0], first[0], strict=True))
            if name
        }


def read_family(folder: Folder) -> Family | None:
    """The family in the folder of a briefing; None where its `briefing.yaml` names none.

    Reports: as `mistakes`, LOD1xx and LOD3xx of its files, LOD501, LOD502 of a list.
    """
    content = folder.peek(FRONT, Collector())
    if content is None or KEY.encode() not in content:
        return None
    from briefgen.load.yaml_nodes import read_yaml

    places, out = SourceMap(), Collector()
    text = folder.text(content, FRONT, out)
    data = None if text is None else read_yaml(text, folder.shown(FRONT), ("front",), places, out)
    if not isinstance(data, dict) or KEY not in data:
        return None
    declared = _declared(data[KEY], places, out)
    if declared is None:
        return Family(tuple(out.findings))
    if "list" in declared:
        entries = _entries(declared["list"], folder, places, out)
        return Family(tuple(out.findings), entries=entries)
    return _of_table(declared["table"], declared.get("by"), folder, places, out)


def report_family(slug: str, folder: Folder, places: SourceMap, out: Collector) -> None:
    """Say why a family has no edition of a name: what is wrong with it, or that there is none.

    Reports: LOD501, LOD502, and what is wrong with its files.
    """
    family = read_family(folder)
    keys = family.keys(out) if family else []
    if not out.findings:
        named = f"`{folder.path.name}` makes an edition for each of its rows or entries"
        at, help_line = places.key(_PATH), did_you_mean(slug, keys)
        out.report("LOD501", f"{named}; `{slug}` is none of them", at, help_line)


def _declared(data: Any, places: SourceMap, out: Collector) -> dict[str, Any] | None:
    """What `for_each` says; None after findings. Reports: LOD1xx."""
    if _is_well_formed(data):
        return dict(data)
    from briefgen.load.typed import typed
    from briefgen.model.family import ForEach

    found = typed(ForEach, data, _PATH, places, out)
    return None if found is None else found.model_dump(exclude_none=True)


def _is_well_formed(data: Any) -> bool:
    """Whether it needs no closer look; heavy libraries are not imported to list editions."""
    name = re.compile(r"[a-z][a-z0-9_]*")
    match data:
        case {"list": [*entries], **others} if not others and entries:
            return all(
                isinstance(entry, dict)
                and all(name.fullmatch(k) and isinstance(v, str) and v for k, v in entry.items())
                for entry in entries
            )
        case {"table": str(), **others} if not others.keys() - {"by"}:
            return all(isinstance(text, str) and name.fullmatch(text) for text in data.values())
    return False


def _entries(
    listed: Iterable[Mapping[str, str]], folder: Folder, places: SourceMap, out: Collector
) -> dict[str, Parameters]:
    found: dict[str, Parameters] = {}
    taken = _taken(folder)
    for position, entry in enumerate(listed):
        at = (*_PATH, "list", position)
        if ID not in entry:
            message = f"the entry has no `{ID}`, which names its edition"
            out.report("LOD502", message, places.value(at), f"add `{ID}: …`")
            continue
        key, place = entry[ID], places.value((*at, ID))
        if key in found:
            first = found[key][ID].place
            said = f"first given in {first.within_file}" if first else None
            out.report("LOD502", f"duplicate edition `{key}`", place, said)
        elif _is_key(key, place, taken, out):
            found[key] = {n: Parameter(v, places.value((*at, n))) for n, v in entry.items()}
    return found


def _of_table(
    table: str, by: str | None, folder: Folder, places: SourceMap, out: Collector
) -> Family:
    """The family that the rows of a table give."""
    named_at = places.value((*_PATH, "table"))
    resource = _resource(table, named_at, folder, places, out)
    if resource is None:
        return Family(tuple(out.findings))
    schema = resource.get("schema")
    schema = schema if isinstance(schema, dict) else {}
    by = by or schema.get("primaryKey")
    read = _read(resource, str(by), folder, places, out)
    if read is None:
        return Family(tuple(out.findings))
    rows, groups = read
    if by not in rows[0][0]:
        message = f"the table `{table}` has no column `{by}`"
        at = places.value((*_PATH, "by" if places.has((*_PATH, "by")) else "table"))
        out.report("LOD501", message, at, did_you_mean(str(by), map(str, rows[0][0])))
        return Family(tuple(out.findings))
    if not rows[1:]:
        message = f"the table `{table}` has no rows, so there are no editions"
        out.report("LOD501", message, named_at, "add a row")
    missing = schema.get("missingValues")
    empty = frozenset(map(str, missing)) if isinstance(missing, list) else frozenset({""})
    found = tuple(out.findings)
    return Family(found, {}, table, str(by), rows, groups, empty, _taken(folder))


def _resource(
    table: str, named_at: Place | None, folder: Folder, places: SourceMap, out: Collector
) -> dict[str, Any] | None:
    """The description of a table, as it stands in the package; the places go into `places`."""
    from briefgen.load.yaml_nodes import read_yaml

    content = folder.peek(PACKAGE, out, named_at)
    text = None if content is None else folder.text(content, PACKAGE, out)
    if text is None:
        return None
    data = read_yaml(text, folder.shown(PACKAGE), ("tables",), places, out)
    listed = data.get("resources") if isinstance(data, dict) else None
    resources = listed if isinstance(listed, list) else []
    named = {
        str(resource.get("name")): {**resource, "at": ("tables", "resources", position)}
        for position, resource in enumerate(resources)
        if isinstance(resource, dict)
    }
    if table in named:
        return named[table]
    if data is not None:
        out.report("LOD501", f"there is no table `{table}`", named_at, did_you_mean(table, named))
    return None


def _read(
    resource: Mapping[str, Any], by: str, folder: Folder, places: SourceMap, out: Collector
) -> tuple[Sequence[Row], Mapping[str, tuple[int, ...]]] | None:
    """The rows of the table that a family is made from, and which of them belong together.

    Reports: LOD501, and what is wrong with the file.
    """
    kind, at = resource.get("format", "csv"), resource["at"]
    if kind == "sql":
        message = "the rows of a query make no editions"
        help_line = "write them to a CSV file, or list the parameters: `for_each: {list: …}`"
        out.report("LOD501", message, places.value((*at, "format")), help_line)
        return None
    if not isinstance(resource.get("path"), str):
        out.report("LOD501", f"the table `{resource['name']}` has no `path`", places.value(at))
        return None
    name, named_at = f"tables/{resource['path']}", places.value((*at, "path"))
    content, file = folder.peek(name, out, named_at), folder.shown(name)
    if content is None:
        return None
    rows: Sequence[Row] | None
    if kind == "csv":
        text = folder.text(content, name, out)
        rows = None if text is None else read_rows(text, file, out)
        return (rows, csv_groups(text or "", file, by)) if rows else None
    from briefgen.load.table_rows import rows_of_file
    from briefgen.load.typed import typed
    from briefgen.model.table import Dialect

    sheet = typed(Dialect, resource.get("dialect", {}), (*at, "dialect"), places, out)
    rows = sheet and rows_of_file(str(kind), content, sheet, file, named_at, out)
    return (rows, row_groups(rows, by)) if rows else None


def _taken(folder: Folder) -> frozenset[str]:
    """The languages of a briefing, and how the names of other briefings go on from its own."""
    others = folder.path.parent.glob(f"{folder.path.name}.*")
    languages = folder.path.glob("briefing.*.yaml")
    return frozenset(
        {file.name.removeprefix("briefing.").removesuffix(".yaml") for file in languages}
        | {other.name.removeprefix(f"{folder.path.name}.") for other in others}
    )


def _is_key(key: str, place: Place | None, taken: frozenset[str], out: Collector) -> bool:
    """Whether a text can name an edition. Reports: LOD502."""
    if not _SLUG.fullmatch(key):
        message = f"`{' '.join(key.split())}` names no edition"
        help_line = "a name holds small letters, digits, single hyphens and points, as in `k-2`"
        out.report("LOD502", message, place, help_line)
        return False
    if key in taken or key.rpartition(".")[2] in taken:
        message = f"`{key}` names another briefing, or ends like a language of this one"
        out.report("LOD502", message, place, "give the edition another name")
        return False
    return True
