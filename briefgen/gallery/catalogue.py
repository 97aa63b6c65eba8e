"""The entries of the gallery, from briefings that went through the ordinary pipeline."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from briefgen.draw.charts import CHARTS
from briefgen.gallery.entries import Entry, Family, Snippet
from briefgen.gallery.fields import fields_of
from briefgen.gallery.fragments import element, renamed
from briefgen.gallery.snippets import Files
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit import Grid, TableView
from briefgen.model.section import Section
from briefgen.model.theme import Theme

SECTIONS: dict[str, type[Any]] = {
    get_args(kind.model_fields["kind"].annotation)[0]: kind
    for kind in get_args(get_args(Section)[0])
}
"""All kinds of sections by name."""
BESIDE = {
    "recommendations": ("recommendations.yaml", "data/securities.csv"),
    "profiles": ("data/securities.csv",),
    "ratings": ("data/brokerages/gallery.yaml",),
    "disclosures": ("data/brokerages/gallery.yaml",),
    "evidence": ("facts.yaml",),
}
"""Files of which sections show something, beside their own keys and prose."""
OF_COMPARISONS = {"reports", "stances"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A briefing of the gallery, with the page that was made of it."""

    briefing: Briefing
    files: Files
    html: str


def charts(shown: Shown) -> Iterator[Entry]:
    """An entry for each kind, with all exhibits that show it."""
    exhibits = shown.briefing.exhibits.items()
    for kind, model in CHARTS.items():
        named = [name for name, one in exhibits if one.chart and one.chart.kind == kind]
        yield _entry("charts", kind, shown, named, model)


def tables(shown: Shown) -> Iterator[Entry]:
    """An entry for each exhibit; two of half width are one."""
    pair: list[str] = []
    for name, exhibit in shown.briefing.exhibits.items():
        pair.append(name)
        if exhibit.width == "half" and len(pair) == 1:
            continue
        model = Grid if exhibit.grid else TableView
        yield _entry("tables", pair[0].removeprefix("table-"), shown, pair, model)
        pair = []


def sections(*places: Shown) -> Iterator[Entry]:
    """An entry for each kind, from the first briefing that has it."""
    for kind, model in SECTIONS.items():
        shown, position = next(
            (one, at)
            for one in places
            for at, section in enumerate(one.briefing.front.sections)
            if section.kind == kind
        )
        cut = [*shown.files.section(position), *map(shown.files.whole, BESIDE.get(kind, ()))]
        if kind in OF_COMPARISONS:
            cut.append(shown.files.part(("front", "compares")))
        anchor = next(
            name
            for name, section in shown.briefing.anchored().items()
            if section is shown.briefing.front.sections[position]
        )
        yield Entry(
            family="sections",
            name=kind,
            told=inspect.getdoc(model) or "",
            pictures=(renamed(element(shown.html, anchor), f"sections-{kind}"),),
            snippets=tuple(dict.fromkeys(cut)),
            fields=fields_of(model),
        )


def themes(
    found: Mapping[str, Shown], known: Mapping[str, Theme], text: Callable[[str], str]
) -> Iterator[Entry]:
    """An entry for each theme in which the specimen was made; `text` gives its file."""
    for name, shown in found.items():
        parts = ("top", "overview", "pricing")
        file = f"templates/themes/{name}.yaml"
        yield Entry(
            family="themes",
            name=name,
            told="",
            pictures=tuple(renamed(element(shown.html, one), f"themes-{name}") for one in parts),
            snippets=(Snippet(file=file, text=text(name)),),
            fields=fields_of(Theme),
            theme=known[name],
        )


def _entry(family: Family, name: str, shown: Shown, exhibits: list[str], model: type[Any]) -> Entry:
    assert exhibits, f"no exhibit of the gallery shows `{name}`"
    cut = [part for one in exhibits for part in shown.files.exhibit(one)]
    return Entry(
        family=family,
        name=name,
        told=inspect.getdoc(model) or "" if family == "charts" else "",
        pictures=tuple(renamed(element(shown.html, one), f"{family}-{name}") for one in exhibits),
        snippets=tuple(dict.fromkeys(cut)),
        fields=fields_of(model),
    )
