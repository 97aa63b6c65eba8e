"""The list of all editions: a card each, by month, and what it can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from briefgen.model.about import About
from briefgen.model.edition import file_name
from briefgen.model.language import write_period
from briefgen.model.site import Listed, Site
from briefgen.model.value import period_end, period_start
from briefgen.publish.site.setting import Label, Setting
from briefgen.publish.workbook import NAME as WORKBOOK


@dataclass(frozen=True, slots=True)
class Card:
    """An edition in the list. Shape: paths are those from the top of the site."""

    slug: str
    about: About
    brand: str
    date: str
    first_day: str
    last_day: str
    html: str
    pdf: str
    workbook: str | None
    text: str
    """What is searched."""
    t: Label
    """Words in its language."""


@dataclass(frozen=True, slots=True)
class Month:
    """The editions of a month."""

    told: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the list can be filtered by, its name, and how many editions have it."""

    value: str
    told: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """What the list can be filtered by; `name` is also its label."""

    name: str
    choices: tuple[Choice, ...]


def brand(colour: str) -> str:
    """The class of a house's colour."""
    return f"b-{colour.removeprefix('#')}"


def in_order(site: Site) -> list[Listed]:
    """The editions, the newest first."""
    by_name = sorted(site.editions, key=lambda one: one.slug)
    return sorted(by_name, key=lambda one: period_end(one.shown.about.date), reverse=True)


def cards(site: Site, setting: Setting) -> list[Card]:
    """All editions, the newest first."""
    return [_card(listed, setting) for listed in in_order(site)]


def months(listed: Iterable[Card], language: str) -> list[Month]:
    """The cards by month, in their order."""
    return [
        Month(write_period(month, language), tuple(inside))
        for month, inside in groupby(listed, key=lambda card: card.last_day[:7])
    ]


def facets(listed: list[Card], setting: Setting) -> list[Facet]:
    """What the list can be filtered by; nothing that all editions have alike."""

    def facet(name: str, value: Callable[[About], str], told: Callable[[About], str]) -> Facet:
        preferred = sorted(listed, key=lambda card: card.about.language == setting.language)
        names = {value(card.about): told(card.about) for card in preferred}
        return chosen_from(name, Counter(value(card.about) for card in listed), names)

    def chosen_from(name: str, counts: Counter[str], names: Mapping[str, str]) -> Facet:
        ordered = sorted(counts.items(), key=lambda pair: (not pair[0], -pair[1], pair[0]))
        return Facet(name, tuple(Choice(one, names[one], count) for one, count in ordered))

    tags = Counter(tag for card in listed for tag in card.about.tags)
    t, words = setting.label, setting.own(setting.language)
    found = [
        facet("brokerage", lambda a: a.brokerage, lambda a: a.house),
        facet("sector", lambda a: a.sector, lambda a: a.sector),
        facet(
            "rating",
            lambda a: a.rating.label if a.rating else "",
            lambda a: a.rating.label if a.rating else t("unrated"),
        ),
        chosen_from("tags", tags, {tag: tag for tag in tags}),
        facet("language", lambda a: a.language, lambda a: language_name(a.language, setting)),
        facet("nature", lambda a: a.nature, lambda a: words(f"mark_{a.nature}")),
    ]
    return [one for one in found if len(one.choices) > (one.name != "tags")]


def language_name(language: str, setting: Setting) -> str:
    """What the site calls a language; its code, where it has no name for it."""
    return setting.templates.labels[setting.language].get(f"language_{language}", language)


def _card(listed: Listed, setting: Setting) -> Card:
    slug, shown = listed.slug, listed.shown
    about, folder = shown.about, f"{slug}/{shown.id}"
    return Card(
        slug=slug,
        about=about,
        brand=brand(about.brand),
        date=write_period(about.date, setting.language),
        first_day=period_start(about.date).isoformat(),
        last_day=period_end(about.date).isoformat(),
        html=f"{folder}/{file_name(slug, 'html')}",
        pdf=f"{folder}/{file_name(slug, 'pdf')}",
        workbook=f"{folder}/{WORKBOOK}" if WORKBOOK in shown.files else None,
        text=" ".join(_texts(slug, about)),
        t=setting.own(about.language),
    )


def _texts(slug: str, about: About) -> Iterator[str]:
    yield from (about.title, about.house, about.brokerage, about.sector, about.kind, slug)
    yield from filter(None, (about.original, about.rating and about.rating.label))
    yield from (*about.securities, *about.tags)
