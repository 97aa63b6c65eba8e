"""Stretches of the files that a briefing was read from, cut by the places of its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefgen.diagnostics.place import Place, ValuePath
from briefgen.gallery.entries import Snippet
from briefgen.load.briefings import Loaded
from briefgen.model.briefing import Briefing

_PLACED = re.compile(r"^:{3,}\{(?:figure|table)\} (\S+)$", re.MULTILINE)
_BETWEEN_BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_NAME = re.compile(r"\b[a-z_][a-z0-9_]*\b")


def stretch(text: str, line: int) -> str:
    """The entry of a YAML file that begins in a line, counted from 1, with all that it holds."""
    first, *rest = text.splitlines()[line - 1 :]
    indent = _indent(first)
    own = [first]
    for one in rest:
        if one.strip() and _indent(one) <= indent:
            break
        own.append(one)
    while not own[-1].strip() or own[-1].lstrip().startswith("#"):
        own.pop()
    return "\n".join(own) + "\n"


class Files:
    """The files that a briefing was read from, as an author sees them."""

    def __init__(self, briefing: Briefing, loaded: Loaded) -> None:
        self._briefing, self._places = briefing, loaded.places
        self._texts = {name: content.decode() for name, content in loaded.contents.items()}
        self._home = f"data/briefings/{briefing.slug}/"

    def whole(self, name: str) -> Snippet:
        """A file of the workspace, or one of the briefing's folder."""
        file = name if name in self._texts else self._home + name
        return Snippet(file=self._told(file), text=self._texts[file])

    def exhibit(self, exhibit_id: str) -> Iterator[Snippet]:
        """An exhibit, with the tables and facts that it shows."""
        own = self.part(("exhibits", exhibit_id))
        yield own
        yield from self._facts([own.text])
        for name in sorted(self._briefing.exhibits[exhibit_id].tables()):
            if name in self._briefing.tables:
                yield self.part(self._resource(name))
                yield self.whole(self._briefing.tables[name].path)

    def section(self, position: int) -> Iterator[Snippet]:
        """A section with its prose, and the facts and exhibits in both."""
        section = self._briefing.front.sections[position]
        own = [self.part(("front", "sections", position))]
        if section.prose:
            own.append(self.whole(section.prose))
        yield from own
        yield from self._facts(one.text for one in own)
        for exhibit_id in _PLACED.findall(own[-1].text):
            yield from self.exhibit(exhibit_id)

    def _facts(self, texts: Iterable[str]) -> Iterator[Snippet]:
        """The facts that stand between braces, and those that these are derived from."""
        facts, wanted = self._briefing.facts, dict[str, None]()
        waiting = [name for text in texts for name in self._named(text)]
        while waiting:
            name = waiting.pop(0)
            if name in facts and name not in wanted:
                wanted[name] = None
                waiting += _NAME.findall(facts[name].formula or "")
        parts = [self.part(("facts", name)) for name in sorted(wanted, key=list(facts).index)]
        if parts:
            yield Snippet(file=parts[0].file, text="".join(one.text for one in parts))

    def _named(self, text: str) -> list[str]:
        inside = _BETWEEN_BRACES.findall(text)
        inside += re.findall(r"^\s+respondents: (.*)$", text, re.MULTILINE)
        return [name for one in inside for name in _NAME.findall(one)]

    def _resource(self, name: str) -> ValuePath:
        names = [("tables", "resources", n) for n in range(len(self._briefing.tables))]
        return next(at for at in names if self._is_called(at, name))

    def _is_called(self, at: ValuePath, name: str) -> bool:
        place = self._place((*at, "name"))
        return self._texts[place.file].splitlines()[place.line - 1].endswith(f"name: {name}")

    def part(self, path: ValuePath) -> Snippet:
        """The entry of a YAML file at a path of the briefing."""
        place = self._place(path)
        text = stretch(self._texts[place.file], place.line)
        return Snippet(file=self._told(place.file), text=text)

    def _place(self, path: ValuePath) -> Place:
        place = self._places.key(path)
        assert place is not None, path
        return place

    def _told(self, file: str) -> str:
        return file.removeprefix(self._home)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
