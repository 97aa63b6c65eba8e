"""What the pages of a site are made with: its name, its language, templates and words."""

from __future__ import annotations

import base64
import hashlib
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)
from markupsafe import Markup, escape

from briefgen import __version__
from briefgen.diagnostics.finding import Finding
from briefgen.diagnostics.place import Place
from briefgen.model.site import SiteTemplates

_UNFIT = re.compile(
    "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)
"""What turns the order of what follows, and what XML does not allow."""

Label = Callable[..., str]
"""Writes a label by its name, `{…}` filled in."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a site looks and what it is called."""

    name: str
    """Of the workspace."""
    language: str
    """A language that the site's templates have words of."""
    url: str | None
    """Where the site will stand, with a slash at its end; None when nobody knows yet."""
    templates: SiteTemplates
    words: Mapping[str, Mapping[str, str]]
    """The labels of briefings, by language."""
    gallery: Callable[[], Mapping[str, str]] = dict
    """Gives the pages of the gallery by the name of their file; none where there is no gallery."""

    def label(self, name: str, /, **values: object) -> str:
        """A word of the site. Raises: UndefinedError."""
        return _label(self.templates.labels[self.language], name, values)

    def own(self, language: str) -> Label:
        """The words of editions in a language; in that of the site, where there are none of it."""
        words = self.words.get(language) or self.words[self.language]
        return lambda name, /, **values: _label(words, name, values)

    def address(self, name: str) -> str | None:
        """The address of a file of the site."""
        return None if self.url is None else self.url + name.removesuffix("index.html")

    def environment(self, brands: Mapping[str, str]) -> Environment:
        """Jinja with what all pages use; `brands` gives colours by the name of their class."""
        made = Environment(
            loader=FunctionLoader(self._source),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=lambda value: straight(value) if isinstance(value, str) else value,
        )
        made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        made.filters["ticks"] = ticks
        rules = "".join(f".{name} {{ --own: {colour}; }}\n" for name, colour in brands.items())
        style = self.templates.files["site.css"] + rules
        script = self.templates.files["filter.js"]
        made.globals |= {
            "site": self.name,
            "language": self.language,
            "made_by": __version__,
            "t": self.label,
            "style": Markup(style),
            "script": Markup(script),
            "policy": "default-src 'none'; "
            f"style-src {_hash(style)}; script-src {_hash(script)}; "
            "base-uri 'none'; form-action 'none'",
            "brand": "",
        }
        return made

    def trouble(self, error: Exception) -> Finding | None:
        """What is wrong with a template; None when the error does not come from one."""
        files = self.templates.files
        lines = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in files]
        where = (lines[-1].filename, lines[-1].lineno or 1) if lines else None
        if isinstance(error, TemplateSyntaxError):
            code, where = "CMP102", (error.name or "", error.lineno)
        elif isinstance(error, UndefinedError):
            code = "CMP101"
        elif isinstance(error, TemplateError):
            code = "CMP103"
        else:
            code = "CMP104"
        if where is None:
            return None
        place = Place(self.templates.shown.get(where[0], where[0]), where[1])
        return Finding(code, f"a page of the site cannot be made: {error}", place)

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        files = self.templates.files
        return (files[name], name, lambda: True) if name in files else None


def straight(text: str) -> str:
    """A text without signs that turn the order of others or are not XML; markup stays markup."""
    return type(text)(_UNFIT.sub("", text))


def ticks(text: str) -> Markup:
    """A message in which names in backticks are code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _hash(inline: str) -> str:
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _label(words: Mapping[str, str], name: str, values: Mapping[str, object]) -> str:
    if name not in words:
        raise UndefinedError(f"the labels have no `{name}`")
    return words[name].format(**values) if values else words[name]
