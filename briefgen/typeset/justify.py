"""Chinese lines as a typesetter sets them: flush, with gaps to Latin text, punctuation tightened.

WeasyPrint spreads the slack of a justified line over its spaces; Chinese has none, and its lines
end ragged. Here the slack goes to all spaces and wide characters of the line, when the line is
drawn. The text itself is not changed, so extraction and search see what was written.

This rests on WeasyPrint's private API: `install` looks first whether it is as expected.
"""

from __future__ import annotations

import importlib
import inspect
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from briefgen.typeset.punctuation import half_width
from briefgen.typeset.spacing import GAP

_EXPECTED = {
    "layout.inline.justify_line": ["context", "line", "extra_width"],
    "layout.inline.remove_last_whitespace": ["context", "line"],
    "text.line_break.Layout.set_text": ["self", "text", "justify"],
    "text.line_break.Layout.get_first_line": ["self"],
    "text.line_break.Layout.reactivate": ["self", "style"],
    "pdf.stream.Stream.show_text": ["self", "text"],
    "pdf.stream.Stream.begin_marked_content": ["self", "tag", "property_list"],
}
"""The functions of WeasyPrint 70 that are relied on, with their parameters."""


@cache
def install() -> bool:
    """Teach WeasyPrint to set Chinese, once per process; False if its API is another."""
    from briefgen.typeset import drawing

    if not all(_parameters(path) == names for path, names in _EXPECTED.items()):
        return False
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline
    from weasyprint.pdf.stream import Stream
    from weasyprint.text import line_break

    layout, plain_show_text = line_break.Layout, Stream.show_text
    plain_strip, plain_set_text = inline.remove_last_whitespace, layout.set_text
    plain_justify, plain_first_line = inline.justify_line, layout.get_first_line

    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        if line.style["direction"] == "rtl":
            plain_justify(context, line, extra_width)
        else:
            _spread(boxes, line, extra_width)

    def remove_last_whitespace(context: Any, line: Any) -> None:
        box = line
        while isinstance(box, boxes.LineBox | boxes.InlineBox) and box.children:
            box = box.children[-1]
        ends_in_gap = isinstance(box, boxes.TextBox) and box.text.endswith(GAP)
        if ends_in_gap:
            box.text = box.text.removesuffix(GAP) + " "
        plain_strip(context, line)
        if ends_in_gap:
            box.pango_layout.text = box.text

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        spacing, self.justification_spacing = self.justification_spacing, 0
        plain_set_text(self, text, justify)
        self.justification_spacing, self.is_drawn = spacing, justify
        drawing.tighten(line_break, self, half_width(self.text))

    def get_first_line(self: Any) -> Any:
        line, index = plain_first_line(self)
        spacing = self.justification_spacing
        if self.is_drawn and (spacing or GAP in self.text):
            drawing.place(line_break, self, line, spacing, takes_slack)
        return line, index

    def show_text(self: Any, text: Any) -> None:
        drawing.show(self, text, plain_show_text)

    inline.justify_line, inline.remove_last_whitespace = justify_line, remove_last_whitespace
    layout.set_text, layout.get_first_line, layout.is_drawn = set_text, get_first_line, False
    Stream.show_text = show_text
    return True


def _parameters(path: str) -> list[str] | None:
    """The names of the parameters of a function inside WeasyPrint; None if it is not there."""
    found: Any = importlib.import_module("weasyprint")
    for name in path.split("."):
        if inspect.ismodule(found) and not hasattr(found, name):
            try:
                importlib.import_module(f"{found.__name__}.{name}")
            except ImportError:
                return None
        found = getattr(found, name, None)
    return list(inspect.signature(found).parameters) if callable(found) else None


def takes_slack(char: str) -> bool:
    """Whether a character takes slack: half of its share goes to each of its sides."""
    return char in " \u00a0" or unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—"


def shares(text: str) -> float:
    """How many shares of slack a stretch of text takes; nothing goes to its two ends."""
    takes = [takes_slack(char) for char in text]
    return sum(takes) - (takes[0] + takes[-1]) / 2 if takes else 0


def _spread(boxes: Any, line: Any, slack: float) -> None:
    """Widen the stretches of text of a line by its slack, and move what comes after them."""
    if total := sum(shares(box.text) for box in _texts(boxes, line)):
        _widen(boxes, line, slack / total, 0)


def _texts(boxes: Any, box: Any) -> Iterator[Any]:
    """The text boxes of a line, in order."""
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _texts(boxes, child)


def _widen(boxes: Any, box: Any, spacing: float, shift: float) -> float:
    """Move a box by `shift`, spread what is in it; returns the shift of what comes after it."""
    if isinstance(box, boxes.TextBox):
        added = shares(box.text) * spacing
        box.position_x += shift
        box.width += added
        box.justification_spacing = spacing
        box.pango_layout.text, box.pango_layout.justification_spacing = box.text, spacing
        return shift + added
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += shift
        end = shift
        for child in box.children:
            if child.is_in_normal_flow():
                end = _widen(boxes, child, spacing, end)
        box.width += end - shift
        return end
    box.translate(shift, 0)
    return shift
