"""Reads SVG files, and refuses what would run, or reach out of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from xml.parsers import expat

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Place
from briefgen.load.svg_styles import StyleError, Styles
from briefgen.model.asset import SVG, Picture

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
DEEPEST = 100
"""How many elements may stand inside each other, or be drawn by way of each other."""
MOST_ELEMENTS = 10_000
"""How many elements an SVG may draw; one that is used ten times counts ten times."""
PATH_OF_ONE = 200
"""How many characters of a path count as one element more."""

_XML = "http://www.w3.org/XML/1998/namespace"
_OTHER = {"http://www.w3.org/1999/xhtml": "HTML", "http://www.w3.org/2001/XInclude": "XInclude"}
_RUNS = frozenset({"script", "handler", "listener", "foreignObject", "iframe", "audio", "video"})
_MOVES = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set"})
_PIXELS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LENGTH = re.compile(r"\s*\+?([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,3})?)\s*([a-z]*)\s*", re.ASCII)
_STYLING = frozenset({"style", "font", "font-family"})
_REFERRING = re.compile(r"\\|url|src|image|cross-fade", re.IGNORECASE)
_SIZES = (0.01, 1e6)
"""The smallest and the largest width or height, in pixels."""


class _RefusedError(Exception):
    """An SVG that is not taken; the code, the message and the mend."""

    def __init__(self, code: str, message: str, help: str) -> None:
        super().__init__(message)
        self.code, self.message, self.help = code, message, help


@dataclass(slots=True, eq=False)
class _Node:
    """An element; `draws` are the ids of those that it draws by way of a reference."""

    tag: str
    has_font: bool
    draws: list[tuple[str, int]] = field(default_factory=list)
    """Ids, and how often each is drawn."""
    children: list[_Node] = field(default_factory=list)
    own: int = 1
    """What it counts by itself."""
    count: int | None = None
    """How many elements it draws, once that is known."""


def read_svg(content: bytes, shown: str, out: Collector) -> Picture | None:
    """An SVG that draws only what it holds itself; None after a finding.

    Reports: LOD111 (no XML, no SVG), LOD112 (too much of it), LOD113 (scripts, references), LOD114.
    """
    reader = _Reader()
    try:
        reader.read(content)
        width, height = reader.size()
    except _RefusedError as refused:
        place = Place(shown, reader.line, reader.column)
        out.report(refused.code, refused.message, place, refused.help)
        return None
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        place = Place(shown, error.lineno, error.offset + 1)
        out.report("LOD111", f"the SVG is not XML: {what}", place, "write it out once more")
        return None
    except (ValueError, LookupError) as error:
        message = f"the SVG is not in an encoding of XML: {error}"
        out.report("LOD111", message, Place(shown), "save the file as UTF-8")
        return None
    return Picture(
        content=content,
        media_type=SVG,
        suffix=".svg",
        width=width,
        height=height,
        fonts=reader.fonts(),
    )


class _Reader:
    def __init__(self) -> None:
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        self._open: list[_Node] = []
        self._root: _Node | None = None
        self._root_attributes: dict[str, str] = {}
        self._by_id: dict[str, _Node] = {}
        self._style: list[str] = []
        self._styles = Styles()
        self._bare_text = False
        self._has_text = False
        self.line, self.column = 1, 1

    def read(self, content: bytes) -> None:
        self._parser.Parse(content, True)
        self.line, self.column = 1, 1
        if self._root is not None and self._drawn(self._root, 0) > MOST_ELEMENTS:
            self._refuse_size()
        for name in self._styles.references:
            node = self._by_id.get(name)
            if node is not None and not node.tag.endswith("Gradient"):
                message = f"a style sheet of the SVG refers to `#{name}`, which is no gradient"
                raise _RefusedError("LOD113", message, "write the reference at the element")

    def size(self) -> tuple[Decimal, Decimal]:
        """Width and height, or those of the view box."""
        given = self._root_attributes
        sides = [_pixels(given.get(name, "")) for name in ("width", "height")]
        box = [_pixels(part) for part in re.split(r"[\s,]+", given.get("viewBox", "").strip())]
        if None in sides and len(given.get("viewBox", "").replace(",", " ").split()) == 4:
            sides = box[2:]
        width, height = sides
        if width is None or height is None:
            message = "the SVG has no size: neither width and height nor a viewBox"
            raise _RefusedError("LOD114", message, 'give `<svg>` a `viewBox="0 0 WIDTH HEIGHT"`')
        return width, height

    def fonts(self) -> tuple[str, ...]:
        """The fonts of its text; an empty name for text that names none."""
        if not self._has_text:
            return ()
        is_bare = self._bare_text and not self._styles.sheet_has_font
        return tuple(dict.fromkeys([*self._styles.fonts, *([""] if is_bare else [])]))

    def _refuse(self, what: str, help: str) -> None:
        self._mark()
        raise _RefusedError("LOD113", f"the SVG {what}", help)

    def _refuse_size(self) -> None:
        message = f"the SVG draws more than {MOST_ELEMENTS} elements, or is nested too deeply"
        raise _RefusedError("LOD112", message, "simplify it, or save it as PNG")

    def _mark(self) -> None:
        self.line = self._parser.CurrentLineNumber
        self.column = self._parser.CurrentColumnNumber + 1

    def _doctype(self, *_: object) -> None:
        self._refuse("declares a document type, which could pull in files", "delete `<!DOCTYPE …>`")

    def _instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            self._refuse("names a style sheet outside", "delete `<?xml-stylesheet …?>`")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        is_root = self._root is None
        if is_root and (namespace, tag) != (SVG_NAMESPACE, "svg"):
            self._mark()
            help_line = f'an SVG begins with `<svg xmlns="{SVG_NAMESPACE}" …>`'
            raise _RefusedError("LOD111", f"the file is no SVG, its root is `{tag}`", help_line)
        if namespace in _OTHER:
            self._refuse(f"holds {_OTHER[namespace]}, `{tag}`", "delete it")
        if namespace == SVG_NAMESPACE and tag in _RUNS:
            self._refuse(f"holds `<{tag}>`", "delete it; an image draws, and runs nothing")
        if namespace == SVG_NAMESPACE and tag in _MOVES:
            self._refuse(f"moves: `<{tag}>`", "delete it; paper stands still")
        around = self._open[-1] if self._open else None
        node = _Node(tag, around is not None and around.has_font)
        self._take(node, attributes)
        if len(self._open) >= DEEPEST:
            self._mark()
            self._refuse_size()
        if around is None:
            self._root, self._root_attributes = node, attributes
        else:
            around.children.append(node)
        self._open.append(node)
        if namespace == SVG_NAMESPACE and tag == "text":
            self._has_text = True
        if namespace == SVG_NAMESPACE and tag == "style":
            self._style = []

    def _take(self, node: _Node, attributes: dict[str, str]) -> None:
        points = attributes.get("d", "") + attributes.get("points", "")
        node.own += len(points) // PATH_OF_ONE
        for key, value in attributes.items():
            namespace, _, name = key.rpartition(" ")
            if not namespace and name.lower().startswith("on"):
                self._refuse(f"has an event handler, `{name}`", "delete it; an image runs nothing")
            elif name in {"href", "src"}:
                self._refer(node, value.strip())
            elif namespace == _XML and name == "base":
                self._refuse(f"refers to `{value}`", "delete `xml:base`")
            elif name == "id" and not namespace:
                self._by_id.setdefault(value, node)
            elif not namespace and (name in _STYLING or _REFERRING.search(value)):
                self._take_style(node, name, value, attributes)

    def _take_style(self, node: _Node, name: str, value: str, given: dict[str, str]) -> None:
        before = len(self._styles.fonts)
        try:
            text = value if name == "style" else f"{name}: {value}"
            for target in self._styles.read(text):
                points = given.get("d", "") + given.get("points", "")
                times = 1 + len(points) // 2 if "marker" in text else 1
                node.draws.append((target, times))
        except StyleError as error:
            self._refuse(str(error), "draw it, or save the whole image as PNG")
        node.has_font = node.has_font or len(self._styles.fonts) > before

    def _refer(self, node: _Node, target: str) -> None:
        if not target.startswith("#"):
            shown = target if len(target) <= 60 else f"{target[:60]}…"
            self._refuse(f"refers to `{shown}`", "draw it, or save the whole image as PNG")
        node.draws.append((target[1:], 1))

    def _data(self, text: str) -> None:
        if self._open[-1].tag == "style":
            self._style.append(text)
        elif text.strip() and self._open[-1].tag in {"text", "tspan", "textPath"}:
            self._bare_text = self._bare_text or not self._open[-1].has_font

    def _end(self, name: str) -> None:  # noqa: ARG002
        if self._open.pop().tag == "style":
            try:
                self._styles.read_sheet("".join(self._style))
            except StyleError as error:
                self._refuse(str(error), "draw it, or save the whole image as PNG")

    def _drawn(self, node: _Node, depth: int) -> int:
        """How many elements a node draws."""
        if depth > DEEPEST:
            self._refuse_size()
        if node.count is None:
            node.count = MOST_ELEMENTS + 1  # what it stays at where it draws itself
            count = node.own + sum(self._drawn(child, depth + 1) for child in node.children)
            for name, times in node.draws:
                if name in self._by_id:
                    count += times * self._drawn(self._by_id[name], depth + 1)
            node.count = count
        return node.count


def _pixels(text: Any) -> Decimal | None:
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] not in _PIXELS:
        return None
    value = float(match[1]) * _PIXELS[match[2]]
    return Decimal(repr(value)) if _SIZES[0] <= value <= _SIZES[1] else None
