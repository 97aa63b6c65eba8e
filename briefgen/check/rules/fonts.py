"""Rules on fonts: every character has a glyph in those of the theme, and nothing else is used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape

from briefgen.check.dossier import Dossier
from briefgen.check.fonts import lack
from briefgen.check.passages import Passage, everywhere, texts
from briefgen.check.rule import Answer, Problem, Rule, Unknown
from briefgen.check.shown import data
from briefgen.diagnostics.finding import Severity
from briefgen.diagnostics.place import NamedPlace
from briefgen.model.asset import SVG
from briefgen.model.theme import Fonts
from briefgen.toolchain.fonts import WEIGHTS, characters

_EMOJI = re.compile(
    "[\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705"
    "\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50"
    "\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f1e6-\U0001f1ff\U0001f201"
    "\U0001f21a\U0001f22f\U0001f232-\U0001f236\U0001f238-\U0001f23a\U0001f250\U0001f251"
    "\U0001f300-\U0001f320\U0001f32d-\U0001f64f\U0001f680-\U0001faff]|.(?=\ufe0f)"
)
"""Characters that Pango takes from a font of emoji wherever it can: those of Unicode's property
`Emoji_Presentation`, and what a variation selector makes one."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Categories of characters that need no glyph."""


def missing_glyph(dossier: Dossier) -> Iterator[Answer]:
    """A character that the theme's font has no glyph for, in regular or in bold.

    Why: it is printed as an empty box, or in whatever other font the machine has: then the page
    looks patched, and elsewhere it looks different. Read are prose, titles, captions, cells of
    tables and charts, sources, securities, drawn images and the texts of the house; in the
    finished edition also the words of templates and labels. Emoji are no text: they are always
    taken from another font.

    Bad:  利润大增🚀
    Good: 利润大增
    """
    family = dossier.fonts.sans
    if lacking := lack(family):
        yield Unknown(lacking, "`briefgen doctor` says how to install it")
        return
    search = _Search(family)
    for passage, char, at in everywhere(dossier, search.passage):
        yield passage.problem(char, at, *search.told(char), subject=_point(char))
    for passage in _records(dossier):
        for char, at in search.passage(passage):
            yield passage.problem(char, at, *search.told(char), subject=_point(char))
    yield from _cells(dossier, search)


class _Search:
    """Finds the characters of a text that the faces of a family cannot show."""

    def __init__(self, family: str) -> None:
        self.family = family
        self._faces = {weight: characters(family, weight) for weight in WEIGHTS}
        self._known = frozenset.intersection(*self._faces.values())

    def passage(self, passage: Passage) -> Iterator[tuple[str, int]]:
        """What a passage holds of them, each once, with its offset.

        What stands for a lost character is left to CHK705; so is, in an edition, private use.
        """
        for char, at in self.text(passage.text):
            if passage.place is None or unicodedata.category(char) not in {"Co", "Cn"}:
                yield char, at

    def text(self, text: str) -> Iterator[tuple[str, int]]:
        """What a text holds of them, each once, with its offset."""
        emoji = {m[0] for m in _EMOJI.finditer(text)} if not text.isascii() else set()
        for char in dict.fromkeys(text):
            is_shown = ord(char) in self._known and char not in emoji
            if not is_shown and not _is_invisible(char) and char != "\ufffd":
                yield char, text.index(char)

    def told(self, char: str) -> tuple[str, str]:
        """Message and help."""
        name = unicodedata.name(char, "")
        shown = f"`{char}` ({_point(char)}{f' {name}' if name else ''})"
        lacking = [WEIGHTS[w] for w, known in self._faces.items() if ord(char) not in known]
        if not lacking:
            return f"{shown} is an emoji, which is not set in `{self.family}`", _WORDS
        face = "glyph" if len(lacking) == len(WEIGHTS) else f"{lacking[0]} glyph"
        return f"{shown} has no {face} in `{self.family}`", _WORDS


_WORDS = "write it in words, or in characters that the font has"


def _is_invisible(char: str) -> bool:
    is_selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return is_selector or (unicodedata.category(char) in _INVISIBLE and char != "\u1680")


def _point(char: str) -> str:
    return f"U+{ord(char):04X}"


def _records(dossier: Dossier) -> Iterator[Passage]:
    """Texts of the house, titles of sources, names of securities, words in drawn images."""
    briefing = dossier.briefing
    for path, text in texts(briefing.brokerage.model_dump(), ("brokerage",)):
        if not any(_LANGUAGE.fullmatch(str(step)) and step != briefing.language for step in path):
            yield Passage(text, path, whole=text)
    for name, source in briefing.sources.items():
        yield Passage(source.title, ("sources", name, "title"), whole=source.title)
    for name, security in briefing.securities.items():
        text = security.name_in(briefing.language)
        column = "name_zh" if text == security.name_zh else "name_en"
        yield Passage(text, ("securities", name, column), whole=text)
    for name, picture in briefing.images.items():
        if picture.media_type == SVG:
            text = unescape("".join(_IN_SVG.findall(picture.content.decode(errors="replace"))))
            yield Passage(text, ("exhibits", name, "image"))


_IN_SVG = re.compile(r">([^<]+)<")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]\w+)?")


def _cells(dossier: Dossier, search: _Search) -> Iterator[Problem]:
    """Of the cells that exhibits show."""
    for exhibit in dossier.briefing.exhibits.values():
        for part in data(exhibit, dossier.briefing):
            table = part.table
            key = table.column_names.index(table.key)
            for name in part.columns:
                column = table.column_names.index(name)
                for row in table.rows:
                    for char, _ in search.text(row[column] or ""):
                        message, help_line = search.told(char)
                        message = f"{message}: column `{name}` of row `{row[key]}`"
                        path = ("cells", table.name, row[key] or "")
                        yield Problem(path, message, help_line, subject=_point(char))


def foreign_font(dossier: Dossier) -> Iterator[Answer]:
    """A font in the PDF that is not one of the theme's.

    Why: Pango takes any other font where those of the theme lack a character, and where a style
    sheet or a drawing names another family or weight. Other machines have other fonts: the page
    looks different there. Allowed are the regular and bold faces of the theme's families, and
    these slanted.

    Bad:  font-weight: 500 in a style sheet, where a medium face is installed
    Good: font-weight: 400, or 700
    """
    if not dossier.edition.pages:
        yield Unknown("no PDF was made", "build both, HTML and PDF")
    for font in dossier.edition.fonts:
        if not _is_of_theme(font.name, dossier.fonts):
            message = f"text is set in `{font.name}`, which the theme does not name"
            slug, page = dossier.briefing.slug, font.page
            place = NamedPlace(f"{slug}.pdf", page or 1, name=f"page {page}" if page else "the PDF")
            told = f"{message}: “{font.text}”" if font.text else message
            yield Problem((), told, _NAMED, subject=font.name, place=place)


_NAMED = "see which character, style sheet or drawing asks for it; the theme names the fonts"


def _is_of_theme(name: str, fonts: Fonts) -> bool:
    return any(
        set(rest.split()) <= _ALLOWED for rest in _rests(_plain(name), map(_plain, fonts.families))
    )


_ALLOWED = {"Regular", "Bold", "Italic", "Oblique"}


def _rests(name: str, families: Iterable[str]) -> Iterator[str]:
    for family in families:
        if name == family or name.startswith(f"{family} "):
            yield name.removeprefix(family)


def _plain(name: str) -> str:
    return name.replace("-", " ")


FONTS = (
    Rule("CHK801", Severity.ERROR, missing_glyph, needs="both"),
    Rule("CHK802", Severity.ERROR, foreign_font, needs="edition"),
)
"""In the order of the codes."""
