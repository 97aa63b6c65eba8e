"""Parameters of an edition: `${vendor}` in the files of its briefing.

Texts of YAML are filled in after parsing, prose before, so no value may hold what Markdown, an
expression or quotation marks would take for more than text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from briefgen.diagnostics.finding import Collector, has_errors
from briefgen.diagnostics.place import Origin, Place, SourceMap, ValuePath
from briefgen.diagnostics.suggest import did_you_mean

_USE = re.compile(r"\$\{([^{}\n]*)\}")
_MARKUP = re.compile(
    r"[*`\[\]<>{}\\|$\"'#]"
    r"|[\x00-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]"
    r"|^\s|\s$"
    r"|^[-+=~:]|^[0-9]+[.)](?=\s|$)|~~"  # what begins a list, a fence, a line under a heading
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    r"|&(?=\w+;)"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What `${name}` stands for in one edition, and where that was read."""

    value: str
    place: Place | None
    is_one: bool = True
    """Whether all rows of the edition have this value; of a list always."""


@dataclass(frozen=True, slots=True)
class Member:
    """An edition of a family: its key, its parameters, and the table that holds only its rows."""

    key: str
    parameters: Mapping[str, Parameter]
    table: str | None = None
    by: str = ""
    """The column of `table` that holds the key."""

    def fill(
        self, data: Any, path: ValuePath, places: SourceMap, out: Collector, keeping: str = ""
    ) -> Any:
        """The data of a YAML file with the parameters filled in; None after a finding.

        Keys stay as they are, and so does the text of the key `keeping`.
        Reports: LOD503, LOD504.
        """
        mine = Collector()
        filled = self._filled(data, path, places, mine, keeping)
        out.add(mine.findings)
        return None if has_errors(mine.findings) else filled

    def _filled(
        self, data: Any, path: ValuePath, places: SourceMap, out: Collector, keeping: str
    ) -> Any:
        if isinstance(data, dict):
            return {
                key: inner
                if key == keeping
                else self._filled(inner, (*path, key), places, out, keeping)
                for key, inner in data.items()
            }
        if isinstance(data, list):
            return [
                self._filled(inner, (*path, position), places, out, keeping)
                for position, inner in enumerate(data)
            ]
        if not isinstance(data, str) or not _USE.search(data):
            return data
        text = self._replaced(data, lambda use, nth: places.inside(path, use, nth), out)
        places.blur(path)
        return text

    def fill_prose(
        self, text: str, path: ValuePath, file: str, places: SourceMap, out: Collector
    ) -> str | None:
        """Markdown with the parameters filled in; None after a finding.

        Reports: LOD503, LOD504.
        """
        lines, mine = text.split("\n"), Collector()
        for number, line in enumerate(lines, start=1):
            if not _USE.search(line):
                continue

            def place(use: str, nth: int, line: str = line, number: int = number) -> Place:
                starts = [match.start() for match in re.finditer(re.escape(use), line)]
                return Place(file, number, starts[nth] + 1, len(use))

            lines[number - 1] = self._replaced(line, place, mine)
            places.add((*path, number), Origin(Place(file, number, 1, max(1, len(line)))))
        out.add(mine.findings)
        return None if has_errors(mine.findings) else "\n".join(lines)

    def _replaced(
        self, text: str, place: Callable[[str, int], Place | None], out: Collector
    ) -> str:
        seen: dict[str, int] = {}

        def value(use: re.Match[str]) -> str:
            nth = seen[use[0]] = seen.get(use[0], -1) + 1
            return self._value(use[1], place(use[0], nth), out)

        return _USE.sub(value, text)

    def _value(self, name: str, used_at: Place | None, out: Collector) -> str:
        found = self.parameters.get(name)
        if found is None:
            out.report(
                "LOD503",
                f"unknown parameter `{name}`" if name else "`${}` names no parameter",
                used_at,
                did_you_mean(name, self.parameters),
            )
        elif not found.is_one:
            message = f"`{name}` is no parameter: its values differ in the rows of `{self.key}`"
            help_line = "only what is the same in all rows of an edition stands for the edition"
            out.report("LOD503", message, used_at, help_line)
        elif not found.value:
            out.report("LOD504", f"the parameter `{name}` of `{self.key}` is empty", found.place)
        elif markup := _MARKUP.search(found.value):
            sign = " ".join(markup[0].split())
            what = f"holds `{sign}`" if sign else "holds a blank or a control character"
            message = f"the parameter `{name}` of `{self.key}` {what}, which is more than text"
            help_line = "write it without; what parameters stand for is never markup"
            out.report("LOD504", message, found.place, help_line)
        return found.value if found else ""
