"""The tables, figures, ratings, prices, securities and chains of the reports are all there."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.model.brokerage import Brokerage
from briefgen.model.rating import Bound, RatingClass

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefgen.workspace import Workspace
    from tests.facts.conftest import Rebuilt

    Briefings = dict[str, Rebuilt]
    Covers = Callable[..., None]
    ReadTable = Callable[[str], list[dict[str, str]]]
    Squeeze = Callable[[str], str]
    Text = Callable[[str], str]

GALAXY, GUOSEN = "galaxy-chatgpt-aigc-2023-02", "guosen-media-aigc-2024-06"
HUAFU, TFZQ = "huafu-overseas-ai-chains-2024-02", "tfzq-kimi-2024-03-25"

TABLES = {
    (HUAFU, "ratings"): 8,
    (GUOSEN, "movers"): 20,
    (GUOSEN, "openai-prices"): 5,
    (GALAXY, "gpt-generations"): 4,
    (GALAXY, "hundred-million"): 5,
    (GALAXY, "apps-text"): 22,
    (GALAXY, "apps-drawing"): 14,
    (GALAXY, "apps-code"): 8,
    (GALAXY, "apps-audio-video"): 16,
    (GALAXY, "apps-games"): 3,
    (GALAXY, "majors"): 10,
    (TFZQ, "token-prices"): 2,
    (TFZQ, "ratings"): 7,
    (TFZQ, "offices"): 4,
}
"""Every table of the reports: what stands for it, an exhibit or a part of the last pages, and how
many rows it has."""

IN_FULL = {"yes": True, "no": False, "?": None, "": None}


def _rows(one: Rebuilt, name: str) -> int:
    house, exhibit = one.briefing.brokerage, one.briefing.exhibits.get(name)
    kinds = {section.kind for section in one.briefing.front.sections}
    if name == "ratings":
        return sum(len(s.classes) for s in house.schemes.values()) if "ratings" in kinds else 0
    if name == "offices":
        return len(house.offices) if "disclosures" in kinds else 0
    if exhibit is None or exhibit.view is None:
        return 0
    return len(one.briefing.tables[exhibit.view.table].rows)


def test_every_table(rebuilt: Briefings, covers: Covers) -> None:
    found = {(slug, name): _rows(rebuilt[slug], name) for slug, name in TABLES}
    missing = [f"{key}: {found[key]} rows" for key, rows in TABLES.items() if found[key] != rows]
    covers("tables", 14, missing)


def _bound(bound: Bound | None) -> tuple[Decimal, bool | None] | None:
    return (bound.at, bound.included) if bound else None


def _wanted(row: dict[str, str], end: str) -> tuple[Decimal, bool | None] | None:
    return (Decimal(row[end]), IN_FULL[row[f"{end}_included"]]) if row[end] else None


def _class(house: Brokerage, row: dict[str, str]) -> RatingClass | None:
    schemes: dict[str, Any] = dict(house.schemes)
    scheme = schemes.get(row["kind"])
    if scheme is None or scheme.horizon.months != int(row["months"]):
        return None
    return next((rating for rating in scheme.classes if rating.label == row["label"]), None)


def test_every_rating(rebuilt: Briefings, table: ReadTable, covers: Covers) -> None:
    """Label, both bounds, whether they are stated to be included, and the horizon."""
    missing, rows = [], table("ratings.tsv")
    for row in rows:
        rating = _class(rebuilt[row["slug"]].briefing.brokerage, row)
        wanted = (_wanted(row, "lower"), _wanted(row, "upper"))
        if rating is None or (_bound(rating.lower), _bound(rating.upper)) != wanted:
            missing.append(" ".join(row.values()))
    covers("ratings", 21, missing)
    houses = [one.briefing.brokerage.schemes.values() for one in rebuilt.values()]
    assert sum(len(s.classes) for schemes in houses for s in schemes) == len(rows) == 21


@pytest.mark.slow
def test_every_price(rebuilt: Briefings, text: Text, table: ReadTable, covers: Covers) -> None:
    missing, rows = [], table("prices.tsv")
    for row in rows:
        one, unit = rebuilt[row["slug"]], f"{row['currency']} per {row['per']}"
        named = [(row["after"], row["after_number"]), (row["before"], row["before_number"])]
        facts = [one.fact(value, unit, name) for value, name in named if value]
        facts += [one.fact(row["date"], "date")] if row["date"] else []
        if not all(one.said(fact, text(one.slug)) for fact in facts):
            missing.append(" ".join(row.values()))
    assert len(rows) == 25
    covers("prices", 25, missing)


@pytest.mark.slow
def test_every_security(
    workspace: Workspace, rebuilt: Briefings, text: Text, table: ReadTable, covers: Covers
) -> None:
    known = {s.name_zh: s.ticker for s in workspace.shared.data.securities.values()}
    rows, everything = table("securities.tsv"), "\n".join(map(text, rebuilt))
    missing = [
        f"{row['name']} {row['ticker']}"
        for row in rows
        if known.get(row["name"], "unknown") != (row["ticker"] or None)
        or row["name"] not in everything
        or row["ticker"] not in everything
    ]
    assert len(rows) == 68
    covers("securities", 68, missing)


def _places(one: Rebuilt, exhibit_id: str, chain: str) -> list[str]:
    """What a chain chart says from the first link to the last, then its note."""
    exhibit = one.briefing.exhibits[exhibit_id]
    chart = exhibit.model_dump(mode="json")["chart"]
    lanes = [lane["steps"] for lane in chart.get("lanes", ()) if lane["label"] == chain]
    layers = [f"{layer['label']} {layer['items']}" for layer in chart.get("layers", ())]
    return [*(lanes[0] if lanes else reversed(layers)), exhibit.note or ""]


def test_every_edge_of_the_chains(rebuilt: Briefings, table: ReadTable, covers: Covers) -> None:
    """Both ends stand in one link of the chart, or in two that follow each other."""
    missing, rows = [], table("chains.tsv")
    for row in rows:
        places = _places(rebuilt[row["slug"]], row["exhibit"], row["chain"])
        pairs = pairwise([*places, ""])
        if not any(row["from"] in here and row["to"] in here + after for here, after in pairs):
            missing.append(" ".join(row.values()))
    assert len(rows) == 15
    covers("edges of chains", 15, missing)


def test_every_figure(
    rebuilt: Briefings, table: ReadTable, squeeze: Squeeze, covers: Covers
) -> None:
    """Drawn or tabulated (an exhibit names it as its original), else listed as lost."""
    left: Counter[tuple[str, str]] = Counter()
    for slug, one in rebuilt.items():
        for exhibit in one.briefing.exhibits.values():
            for original in re.split("、(?=图|表)", exhibit.original or ""):
                left[slug, squeeze(re.sub("^[图表]“(.*)”$", r"\1", original))] += 1
        for section in one.briefing.front.sections:
            for item in getattr(section, "items", ()) if section.kind == "not-reproducible" else ():
                left[slug, squeeze((item.original or "") + item.caption)] += 1
    missing, rows = [], table("figures.tsv")
    for row in rows:
        names = (row["number"] + row["caption"], row["number"] or row["caption"])
        found = next((n for n in names if left[row["slug"], squeeze(n)] > 0), None)
        if found is None:
            missing.append(" ".join(row.values()))
        else:
            left[row["slug"], squeeze(found)] -= 1
    assert len(rows) == 65
    covers("figures", 65, missing)
