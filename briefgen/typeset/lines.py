"""Lines of text, each measured once in a document.

Balanced columns and tables that look for their widths ask for the same lines again and again.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

_KNOWN = "_briefgen_lines"
"""Where the layout context of a document keeps them."""


def remembering(split: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `split_first_line`, which measures nothing twice in a document."""

    @wraps(split)
    def split_first_line(
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        asked = max_width, justification_spacing, is_line_start, minimum
        if context is None:
            return split(text, style, context, *asked)
        known = vars(context).setdefault(_KNOWN, {})
        key = text, id(style), *asked
        if key not in known:
            known[key] = style, split(text, style, context, *asked)  # the id stays the style's own
        _, (layout, *measures) = known[key]
        return copy(layout), *measures  # a line that is drawn changes its layout

    return split_first_line
