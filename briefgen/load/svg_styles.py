"""What the CSS of an SVG refers to, and the fonts that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

_REFERRING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})
_RULES = frozenset({"import", "font-face", "namespace", "document"})


class StyleError(Exception):
    """CSS that reaches out of its file."""


class Styles:
    """Gathers fonts and references of all styles of a file."""

    def __init__(self) -> None:
        self.fonts: list[str] = []
        """The first font of every list."""
        self.references: list[str] = []
        """The ids that style sheets refer to."""
        self.sheet_has_font = False

    def read(self, declarations: str) -> list[str]:
        """The ids that declarations, such as those of a `style` attribute, refer to.

        Raises: StyleError.
        """
        import tinycss2

        tokens = tinycss2.parse_component_value_list(declarations, skip_comments=True)
        self._take_fonts(declarations)
        return list(_targets(tokens))

    def read_sheet(self, sheet: str) -> None:
        """The content of a `<style>`.

        Raises: StyleError.
        """
        import tinycss2

        tokens = tinycss2.parse_component_value_list(sheet, skip_comments=True)
        self.references += _targets(tokens)
        before = len(self.fonts)
        for token in tokens:
            if token.type == "{} block":
                self._take_fonts(token.content)
        self.sheet_has_font = self.sheet_has_font or len(self.fonts) > before

    def _take_fonts(self, declarations: Any) -> None:
        import tinycss2

        for one in tinycss2.parse_blocks_contents(declarations, skip_comments=True):
            if one.type == "declaration" and one.lower_name in {"font", "font-family"}:
                name = _first_font(one.value)
                if name.lower() not in {"", "inherit"}:
                    self.fonts.append(name)


def _targets(tokens: Iterable[Any]) -> Iterator[str]:
    """The ids in `url(#id)`, anywhere inside.

    Raises: StyleError for any other reference, and for rules that fetch.
    """
    for token in tokens:
        if token.type == "at-keyword" and token.lower_value in _RULES:
            raise StyleError(f"has a rule `@{token.lower_value}`")
        if token.type == "error" and "url" in token.kind:
            raise StyleError("has a reference that is not closed")
        target = token.value if token.type == "url" else None
        if token.type == "function" and token.lower_name in _REFERRING:
            texts = [inner.value for inner in token.arguments if inner.type == "string"]
            target = texts[0] if token.lower_name == "url" and len(texts) == 1 else ""
        if target is not None and not target.strip().startswith("#"):
            shown = target if len(target) <= 60 else f"{target[:60]}…"
            raise StyleError(f"refers to `{shown}`" if shown else "refers to an image in a style")
        if target is not None:
            yield target.strip()[1:]
        else:
            inside = getattr(token, "arguments", None) or getattr(token, "content", None)
            yield from _targets(inside or ())


def _first_font(tokens: Iterable[Any]) -> str:
    """The first family of `font-family` or of `font`, where it follows the size."""
    words: list[str] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            break
        if token.type in {"dimension", "percentage"}:
            words = []
        elif token.type in {"ident", "string"}:
            words.append(token.value)
    return " ".join(words)
