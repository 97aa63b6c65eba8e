"""Rules on the marks within Markdown: links, footnotes, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token

from briefgen.check.dossier import Dossier
from briefgen.check.passages import markdown_texts
from briefgen.check.rule import Problem
from briefgen.diagnostics.place import ValuePath
from briefgen.model.markdown import parser, pieces
from briefgen.model.value import WEB

_TARGET = re.compile(r"(?P<image>!?)\[[^\]\n]*\]\(\s*<?(?P<target>[^)\s>]*)")
_CODE = re.compile(r"^(```|~~~).*?^\1[^\S\n]*$|`[^`\n]*`|\{\{.*?\}\}", re.DOTALL | re.MULTILINE)
_NOTE = re.compile(r"(?P<text>^ {0,3})?\[\^(?P<label>[^\]\s]+)\](?(text):?)")
_PARAGRAPH = ["paragraph_open", "inline"]
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


def link_target(dossier: Dossier) -> Iterator[Problem]:
    """An image in prose, or a link to something else than an exhibit, a section or https.

    Why: an edition is one file that holds all it shows; pictures come from data. A link that runs
    a script, or that is not encrypted, has no place in a document that goes to clients.

    Bad:  ![走势](chart.png), [点此](javascript:alert), [官网](http://example.com)
    Good: [](#prices), [官网](https://example.com)
    """
    for path, text in markdown_texts(dossier.briefing):
        found = set()
        for number, line in _lines(text):
            for match in _TARGET.finditer(line):
                target, column = match["target"], match.start("target") + 1
                found.add(target)
                if match["image"]:
                    message = f"the picture `{target}` cannot be shown: prose holds no pictures"
                    help_line = "draw it as an exhibit from its data"
                    yield _problem(path, message, help_line, target, number, column)
                elif not target.startswith(("#", WEB)):
                    yield _no_target(path, target, number, column)
        for piece in pieces(text):
            is_web = piece.text.startswith(WEB)
            if piece.kind == "site" and not is_web and piece.text not in found:
                yield _no_target(path, piece.text, piece.line, piece.column)


def _no_target(path: ValuePath, target: str, line: int, column: int) -> Problem:
    message = f"the link to `{target}` is neither internal nor https"
    help_line = "link to `#exhibit`, `#section` or `https://…`"
    return _problem(path, message, help_line, target, line, column)


LONGEST_FOOTNOTE = 400
"""Characters; several longer ones would not fit below the text that they belong to."""


def footnote_astray(dossier: Dossier) -> Iterator[Problem]:
    """A footnote without its text, a text without its footnote, or one that cannot be set.

    Why: a mark that leads nowhere is a promise that is not kept; a text that nothing marks is not
    printed. A footnote stands at the foot of a page, so it is one paragraph, and has none of its
    own; headings go into the bookmarks, and have none either. Footnotes stand in prose files, not
    in cells, notes and items, and are short.

    Bad:  价格为标准价格[^1]。, and no line that begins with [^1]:
    Good: 价格为标准价格[^1]。, and below, after an empty line, [^1]: 不含折扣。
    """
    for path, text in markdown_texts(dossier.briefing):
        env: dict[str, Any] = {}
        tokens = parser().parse(text, env) if path[0] == "prose" else []
        used = env.get("footnotes", {}).get("refs", {})
        written: set[str] = set()
        for number, line in _lines(text):
            for match in _NOTE.finditer(line):
                label, column = match["label"], match.start("label") - 1
                mark, message, help_line = f"[^{label}]", "", ""
                if not match[0].endswith(":"):
                    if f":{label}" not in used:
                        message = f"the footnote `{mark}` has no text"
                        help_line = f"write `{mark}: …` on a line of its own in the same file"
                        if path[0] != "prose":
                            help_line = "footnotes stand in prose files; say it here in words"
                elif label in written:
                    message = f"the footnote `{mark}` has two texts"
                    help_line = "give each footnote a name of its own"
                elif used.get(f":{label}", 0) < 0:
                    message = f"nothing marks the footnote `{mark}`: it is not printed"
                    help_line = f"write `{mark}` where it belongs, or delete it"
                if match[0].endswith(":"):
                    written.add(label)
                if message:
                    yield _problem(path, message, help_line, mark, number, column)
        yield from _unsettable(path, tokens)


def _unsettable(path: ValuePath, tokens: list[Token]) -> Iterator[Problem]:
    """Footnotes in headings and in footnotes, and those that are more than a paragraph."""
    label, inside = "", list[str]()
    for before, token in zip([None, *tokens], tokens, strict=False):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "footnote_open":
            label, inside = token.meta["label"], []
        elif label and token.map:
            if token.type == "inline" and len(token.content) > LONGEST_FOOTNOTE:
                message = (
                    f"the footnote `[^{label}]` has {len(token.content)} characters, the foot of a "
                    f"page takes {LONGEST_FOOTNOTE}"
                )
                yield _problem(path, message, "say it in the text", "", line, 1, label)
            inside.append(token.type)
            if inside != _PARAGRAPH[: len(inside)] and inside[:-1] == _PARAGRAPH[: len(inside) - 1]:
                message = f"the footnote `[^{label}]` is more than one paragraph"
                yield _problem(path, message, "write it as one paragraph", "", line, 1, label)
        is_heading = before is not None and before.type == "heading_open"
        for child in token.children or ():
            if child.type == "footnote_ref" and (label or is_heading):
                mark, where = f"[^{child.meta['label']}]", "a footnote" if label else "a heading"
                message = f"the footnote `{mark}` stands in {where}"
                yield _problem(path, message, "put it into the text", mark, line, 1)


def language_unknown(dossier: Dossier) -> Iterator[Problem]:
    """A mark behind a stretch of text that says something else than its language.

    Why: `[…]{lang=zh-Hant}` tells voices and fonts how to read what stands in the brackets. Style
    comes from the theme, names of places from exhibits and sections.

    Bad:  [繁體]{.red}, [繁體]{lang=Chinese}
    Good: [繁體]{lang=zh-Hant}, [in English]{lang=en}
    """
    for path, text in markdown_texts(dossier.briefing):
        for piece in pieces(text):
            help_line = "write `[…]{lang=zh-Hant}`"
            if piece.kind == "attribute":
                message = f"a stretch of text has a language, and no `{piece.text}`"
            elif piece.kind == "language" and not _LANGUAGE.fullmatch(piece.text):
                said = f"`{piece.text}` is no language"
                message = said if piece.text else "a stretch of text is marked, and has no language"
            else:
                continue
            yield _problem(path, message, help_line, piece.text, piece.line, piece.column)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines without their code and expressions, counted from 1."""
    without_code = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return enumerate(without_code.splitlines(), start=1)


def _problem(
    path: ValuePath,
    message: str,
    help_line: str,
    found: str,
    line: int,
    column: int,
    subject: str | None = None,
) -> Problem:
    """A problem in Markdown; in a value, the text itself is looked for."""
    if path[0] != "prose":
        return Problem(path, message, help_line, found, subject=subject or found)
    return Problem(path, message, help_line, found, line, column, subject=subject or found)
