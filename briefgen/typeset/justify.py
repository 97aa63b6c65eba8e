"""Justification of Chinese: slack goes between ideographs, not only to spaces.

WeasyPrint spreads the slack of a justified line over its spaces; Chinese has none, and its lines
end ragged. Here the slack goes to all spaces and wide characters of the line, as letter spacing in
Pango's layout. The text itself is not changed, so extraction and search see what was written.

This rests on WeasyPrint's private API: `install` looks first whether it is as expected.
"""

from __future__ import annotations

import inspect
import unicodedata
from functools import cache
from itertools import groupby
from typing import Any

_EXPECTED = {
    "justify_line": ["context", "line", "extra_width"],
    "add_word_spacing": ["context", "box", "justification_spacing", "x_advance"],
    "count_expandable_spaces": ["box"],
    "set_text": ["self", "text", "justify"],
}
"""The functions of WeasyPrint 70 that are relied on, with their parameters."""


@cache
def install() -> bool:
    """Teach WeasyPrint to justify Chinese, once per process; False if its API is another."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    found: dict[str, Any] = {
        name: getattr(line_break.Layout if name == "set_text" else inline, name, None)
        for name in _EXPECTED
    }
    for name, function in found.items():
        if function is None or list(inspect.signature(function).parameters) != _EXPECTED[name]:
            return False
    plain_count, plain_set_text = found["count_expandable_spaces"], line_break.Layout.set_text

    def count(box: Any) -> float:
        """How many times the spacing fits into a box."""
        text = getattr(box, "text", None)
        if isinstance(text, str):
            return gaps(text)
        if isinstance(box, inline.boxes.LineBox | inline.boxes.InlineBox):
            return sum(count(child) for child in box.children)
        return float(plain_count(box))

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        spacing = self.justification_spacing
        if not (justify and spacing and gaps(text)):
            plain_set_text(self, text, justify)
            return
        self.justification_spacing = 0
        plain_set_text(self, text, justify)
        self.justification_spacing = spacing
        _add_spacing(line_break, self, spacing)

    inline.count_expandable_spaces = count
    line_break.Layout.set_text = set_text
    return True


def gaps(text: str) -> float:
    """How much spacing a stretch of text takes, in units of the spacing of one character.

    Pango puts half of a character's spacing on each side and leaves it out at both ends.
    """
    takes = [_takes_slack(char) for char in text]
    return sum(takes) - (takes[0] + takes[-1]) / 2 if takes else 0


def _takes_slack(char: str) -> bool:
    return char in " \u00a0" or unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—"


def _add_spacing(line_break: Any, layout: Any, spacing: float) -> None:
    """Letter spacing on every run of characters that take slack."""
    pango, ffi = line_break.pango, line_break.ffi
    letter_spacing = layout.style["letter_spacing"]
    own = 0 if letter_spacing == "normal" else letter_spacing
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    start = 0
    for takes, run in groupby(layout.text, key=_takes_slack):
        end = start + len("".join(run).encode())
        if takes:
            units = int((spacing + own) * line_break.TO_UNITS)
            attribute = pango.pango_attr_letter_spacing_new(units)
            attribute.start_index, attribute.end_index = start, end
            pango.pango_attr_list_change(attributes, attribute)
        start = end
    pango.pango_layout_set_attributes(layout.layout, attributes)
