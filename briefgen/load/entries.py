"""Files of named entries: facts, exhibits, recommendations; each entry is typed on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import SourceMap, ValuePath
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.files import Folder
from briefgen.load.reported import Reported
from briefgen.load.shared import read_data
from briefgen.load.typed import check_name, typed
from briefgen.model.exhibit import Chart


@dataclass(frozen=True, slots=True)
class Entries:
    """Reads such files from a folder; what is broken is reported and remembered."""

    folder: Folder
    charts: Mapping[str, type[Chart]]
    places: SourceMap
    reported: Reported
    out: Collector

    def read(self, path: str, kind: str, entries: Any) -> dict[str, Any]:
        """The entries of a file by name; none when there is no such file."""
        name = f"{path}.yaml"
        if not self.folder.has(name):
            return {}
        data = read_data(self.folder, name, path, self.places, self.out)
        if not isinstance(data, dict) or not data:
            if data is not None and typed(entries, data, (path,), self.places, self.out) is None:
                self.reported.add(kind)
            elif data is None:
                self.reported.add(kind)
            return {}
        key_type, value_type = get_args(_plain(entries))
        found = {}
        for key, entry in data.items():
            at = (path, key)
            if not check_name(key_type, key, self.places.key(at), self.out):
                self.reported.add(kind)
                continue
            ready = not isinstance(entry, dict) or self._type_chart(entry, at)
            value = typed(value_type, entry, at, self.places, self.out) if ready else None
            if value is None:
                self.reported.add(kind, key)
            else:
                found[key] = value
        return found

    def _type_chart(self, entry: dict[str, Any], path: ValuePath) -> bool:
        """Replace an exhibit's `chart` by a chart of its kind, so that findings have places."""
        if not isinstance(entry.get("chart"), dict):
            return True
        data, path = entry["chart"], (*path, "chart")
        kind = self.charts.get(str(data.get("kind", "")))
        if kind is None and "kind" not in data:
            self.out.report(
                "LOD104", "missing key `kind` in `chart`", self.places.key(path), "add `kind: …`"
            )
        elif kind is None:
            self.out.report(
                "LOD106",
                f"unknown chart kind `{data['kind']}`",
                self.places.value((*path, "kind")),
                did_you_mean(str(data["kind"]), self.charts),
            )
        else:
            entry["chart"] = typed(kind, data, path, self.places, self.out)
            return entry["chart"] is not None
        return False


def _plain(kind: Any) -> Any:
    """A type without its annotations."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind
