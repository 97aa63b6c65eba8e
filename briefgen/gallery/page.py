"""The page of the gallery: entries in the look of editions, for authors to copy from."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from briefgen import __version__
from briefgen.gallery.entries import FAMILIES, Entry
from briefgen.gallery.fragments import anchors, without_dead_links
from briefgen.model.brokerage import Brokerage
from briefgen.model.colours import on_dark_paper
from briefgen.model.theme import font_stack
from briefgen.model.workspace import Templates

INDEX = "index.html"
_DRAWN = re.compile(r"var\(--c-([0-9a-f]{6})")

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What the page is made with beside its entries."""

    templates: Templates
    """Those of editions: the page has their style sheets and scripts."""
    own: Mapping[str, str]
    """The page's own template, style sheet and script, by name."""
    words: Mapping[str, Words]
    """The page's own words by language; the first one is that of `index.html`."""
    brokerage: Brokerage
    theme: str


def pages(entries: Sequence[Entry], look: Look) -> dict[str, str]:
    """A page in each language, by the name of its file."""
    names = {language: _file(language, look) for language in look.words}
    return {name: _page(entries, look, language, names) for language, name in names.items()}


def _file(language: str, look: Look) -> str:
    return INDEX if language == next(iter(look.words)) else f"{language}.html"


def _page(entries: Sequence[Entry], look: Look, language: str, names: Mapping[str, str]) -> str:
    environment = Environment(
        loader=DictLoader({**look.templates.files, **look.own}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    theme = look.templates.themes[look.theme]
    words = {**look.templates.labels[language], **look.words[language]}
    environment.globals = {
        "language": language,
        "languages": {one: name for one, name in names.items() if one != language},
        "version": __version__,
        "families": [(name, [e for e in entries if e.family == name]) for name in FAMILIES],
        "brokerage": look.brokerage,
        "theme": theme,
        "font_stack": font_stack,
        "on_dark": lambda colour, paper=theme.colours.paper: on_dark_paper(colour, paper),
        "drawn_colours": lambda: _drawn(entry for entry in entries if entry.theme is None),
        "drawn_in": lambda entry: _drawn([entry]),
        "t": partial(_label, words),
        "told": partial(_told, words),
        "kind_told": partial(_kind_told, words),
    }
    environment.filters |= {
        "sha256": lambda text: b64encode(sha256(text.encode()).digest()).decode(),
        "picture": lambda html: Markup(html),
    }
    html = environment.get_template("page.html.j2").render()
    return without_dead_links(html, anchors(html))


def _drawn(entries: Iterable[Entry]) -> list[str]:
    """The colours of drawings."""
    found = {c for entry in entries for html in entry.pictures for c in _DRAWN.findall(html)}
    return [f"#{colour}" for colour in sorted(found)]


def _label(words: Words, name: str, /, **values: object) -> str:
    return words[name].format(**values) if values else words[name]


def _told(words: Words, entry: Entry) -> tuple[str, str]:
    """What an entry is called, and what it is for: by its class, where no label says it."""
    name = f"{entry.family}_{entry.name}".replace("-", "_")
    if entry.theme is not None:
        return entry.name, words["theme_told"]
    return words[name], words.get(f"{name}_told") or entry.told


def _kind_told(words: Words, kind: str) -> str:
    """What a key holds, in words."""
    if kind.startswith("list of "):
        return words["kind_list"].format(of=_kind_told(words, kind.removeprefix("list of ")))
    return words.get(f"kind_{kind}", kind)
