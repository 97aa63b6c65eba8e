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
from collections.abc import Callable, Iterator
from functools import cache, wraps
from typing import Any

from briefgen.typeset.lines import remembering
from briefgen.typeset.punctuation import half_width
from briefgen.typeset.spacing import GAP

_EXPECTED = {
    "layout.inline.justify_line": ["context", "line", "extra_width"],
    "layout.inline.split_first_line": [
        "text",
        "style",
        "context",
        "max_width",
        "justification_spacing",
        "is_line_start",
        "minimum",
    ],
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

    if not is_as_expected():
        return False
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline
    from weasyprint.pdf.stream import Stream
    from weasyprint.text import line_break

    layout = line_break.Layout
    plain_set_text, plain_first_line = layout.set_text, layout.get_first_line
    plain_strip, plain_split = inline.remove_last_whitespace, inline.split_first_line
    plain_show_text = Stream.show_text

    @wraps(inline.justify_line)
    def justify_line(_context: Any, line: Any, extra_width: float) -> None:
        if line.style["direction"] == "ltr":
            _spread(boxes, line, extra_width)

    @wraps(plain_split)
    def split_first_line(text: str, *arguments: Any, **named: Any) -> Any:
        """The first line; the last one of a stretch that fits but for its final space stays whole.

        WeasyPrint leaves only the first word of it in the line.
        """
        _, _, resume_at, width, *_ = found = plain_split(text, *arguments, **named)
        available = arguments[2]
        if resume_at and available and text.endswith(" ") and width < available / 2:
            stripped = plain_split(text.rstrip(" "), *arguments, **named)
            if stripped[2] is None:
                return stripped
        return found

    @wraps(plain_strip)
    def remove_last_whitespace(context: Any, line: Any) -> None:
        box = line
        while isinstance(box, boxes.LineBox | boxes.InlineBox) and box.children:
            box = box.children[-1]
        ends_in_gap = isinstance(box, boxes.TextBox) and box.text.endswith(GAP)
        if ends_in_gap:
            box.text = f"{box.text.removesuffix(GAP)} "
        plain_strip(context, line)
        if ends_in_gap:
            box.pango_layout.text = box.text

    @wraps(plain_set_text)
    def set_text(self: Any, text: str, justify: bool = False) -> None:
        if justify:  # both are one glyph, which stands for the one that comes first
            text = text.replace("\u00a0", " ")
        spacing, self.justification_spacing = self.justification_spacing, 0
        plain_set_text(self, text, justify)
        self.justification_spacing, self.is_drawn = spacing, justify
        if places := half_width(self.text):
            drawing.tighten(line_break, self, places)

    @wraps(plain_first_line)
    def get_first_line(self: Any) -> Any:
        line, index = plain_first_line(self)
        spacing = self.justification_spacing
        if self.is_drawn and (spacing or GAP in self.text):
            drawing.place(line_break, self, line, spacing, self.takes_slack)
        return line, index

    @wraps(plain_show_text)
    def show_text(self: Any, text: Any) -> None:
        drawing.show(self, text, plain_show_text)

    inline.justify_line, inline.remove_last_whitespace = justify_line, remove_last_whitespace
    inline.split_first_line = remembering(split_first_line)
    layout.set_text, layout.get_first_line = set_text, get_first_line
    layout.is_drawn, layout.takes_slack = False, staticmethod(is_space)
    Stream.show_text = show_text
    return True


def is_as_expected() -> bool:
    """Whether all of WeasyPrint's private API is there that is relied on."""
    return all(_parameters(path) == names for path, names in _EXPECTED.items())


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


def is_space(char: str) -> bool:
    """Whether a character is a space that a justified line may widen."""
    return char in " \u00a0"


@cache
def is_wide_or_space(char: str) -> bool:
    """Whether a character is a space, or as wide as a Chinese one."""
    return is_space(char) or unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—"


def shares(text: str, takes_slack: Callable[[str], bool]) -> float:
    """How many shares of slack a stretch of text takes; nothing goes to its two ends."""
    takes = list(map(takes_slack, text))
    return sum(takes) - (takes[0] + takes[-1]) / 2 if takes else 0


def _spread(boxes: Any, line: Any, slack: float) -> None:
    """Widen the stretches of text of a line by its slack, and move what comes after them.

    Chinese words in a line of another language keep together.
    """
    texts, is_chinese = list(_texts(boxes, line)), str(line.style["lang"]).startswith(("zh", "ja"))
    for takes_slack in (is_wide_or_space,) if is_chinese else (is_space, is_wide_or_space):
        if total := sum(shares(box.text, takes_slack) for box in texts):
            _widen(boxes, line, slack / total, 0, takes_slack)
            return


def _texts(boxes: Any, box: Any) -> Iterator[Any]:
    """The text boxes of a line, in order."""
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _texts(boxes, child)


def _widen(
    boxes: Any, box: Any, spacing: float, shift: float, takes_slack: Callable[[str], bool]
) -> float:
    """Move a box by `shift`, spread what is in it; returns the shift of what comes after it."""
    if isinstance(box, boxes.TextBox):
        added = shares(box.text, takes_slack) * spacing
        box.position_x += shift
        box.width += added
        box.justification_spacing = spacing
        layout = box.pango_layout
        layout.text, layout.justification_spacing = box.text, spacing
        layout.takes_slack = takes_slack
        return shift + added
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += shift
        end = shift
        for child in box.children:
            if child.is_in_normal_flow():
                end = _widen(boxes, child, spacing, end, takes_slack)
        box.width += end - shift
        return end
    box.translate(shift, 0)
    return shift
