"""The gallery shows every kind and theme, each with the very text that made it."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner
from conftest import Desk
from gallery_made import made
from lxml import html

from briefgen.cli.main import cli
from briefgen.draw.charts import CHARTS
from briefgen.gallery.entries import Entry, Gallery, Snippet
from briefgen.gallery.fields import fields_of
from briefgen.model.exhibit import Grid, TableView
from briefgen.model.section import Section, Survey
from briefgen.workspace import bundled_templates

HOME = bundled_templates() / "gallery"
MOST_BYTES = 1_500_000


@pytest.fixture(scope="session")
def gallery(gallery_cache: Path) -> Gallery:
    return made(gallery_cache)


def of(gallery: Gallery, family: str) -> dict[str, Entry]:
    return {entry.name: entry for entry in gallery.entries if entry.family == family}


def page(gallery: Gallery, name: str = "index.html") -> Any:
    return html.fromstring(gallery.pages[name])


def section_kinds() -> set[str]:
    kinds = get_args(get_args(Section)[0])
    return {get_args(kind.model_fields["kind"].annotation)[0] for kind in kinds}


def test_every_kind_and_every_theme_is_shown(gallery: Gallery) -> None:
    assert list(of(gallery, "charts")) == list(CHARTS)
    assert set(of(gallery, "sections")) == section_kinds()
    assert set(of(gallery, "themes")) == {
        path.stem for path in (bundled_templates() / "themes").glob("*.yaml")
    }
    assert all(entry.pictures and entry.snippets for entry in gallery.entries)


def test_every_way_to_write_a_table_is_shown(gallery: Gallery) -> None:
    written = [
        next(iter(yaml.safe_load(snippet.text).values()))
        for entry in of(gallery, "tables").values()
        for snippet in entry.snippets
        if snippet.file == "exhibits.yaml"
    ]
    views = [one["view"] for one in written if "view" in one]
    assert {key for view in views for key in view} == set(TableView.model_fields)
    columns = [column for view in views for column in view["columns"]]
    assert {key for column in columns for key in column} == {"column", "formula", "header"}
    grids = [one["grid"] for one in written if "grid" in one]
    assert {key for grid in grids for key in grid} == set(Grid.model_fields)
    assert "half" in {one.get("width") for one in written}


def test_every_option_of_a_chart_is_used_and_in_the_table_of_its_keys(gallery: Gallery) -> None:
    for kind, entry in of(gallery, "charts").items():
        exhibits = [one for one in entry.snippets if one.file == "exhibits.yaml"]
        charts = [next(iter(yaml.safe_load(one.text).values()))["chart"] for one in exhibits]
        wanted = set(CHARTS[kind].model_fields) - {"kind"}
        assert {key for chart in charts for key in chart} - {"kind"} == wanted, kind
        shown = page(gallery).xpath(f"//section[@id='charts-{kind}']//tbody//th/code/text()")
        keys = [one for one in shown if "[]" not in one and one in wanted]
        assert set(keys) == wanted, kind


def _files(snippet: Snippet) -> list[str]:
    """The texts of the files of that name in the gallery's workspace, or of the theme."""
    places = (HOME, HOME.parents[1], *(HOME / "data/briefings").iterdir())
    return [(p / snippet.file).read_text("utf-8") for p in places if (p / snippet.file).is_file()]


def test_what_is_shown_is_cut_from_the_files(gallery: Gallery) -> None:
    for entry in gallery.entries:
        for snippet in entry.snippets:
            stretches = [snippet.text]
            if snippet.file == "facts.yaml":
                stretches = re.split(r"(?m)^(?=\w)", snippet.text)
            texts = _files(snippet)
            assert any(all(part in text for part in stretches) for text in texts), snippet


def test_a_chart_is_drawn_from_the_very_rows_that_are_shown(gallery: Gallery) -> None:
    entry = of(gallery, "charts")["ranked-bar"]
    (rows,) = [one.text for one in entry.snippets if one.file.endswith(".csv")]
    drawn = html.fromstring(entry.pictures[0])
    texts = set(drawn.xpath("//*[local-name()='svg']//text()"))
    for row in csv.DictReader(io.StringIO(rows)):
        assert {row["city"], row["shops"]} <= texts


def test_a_section_comes_with_its_prose_its_facts_and_its_exhibits(gallery: Gallery) -> None:
    found = of(gallery, "sections")
    files = [one.file for one in found["pricing"].snippets]
    assert files == [
        *("briefing.yaml", "pricing.md", "exhibits.yaml"),
        *("tables/datapackage.yaml", "tables/menu.csv"),
    ]
    (facts,) = [one.text for one in found["cost-estimate"].snippets if one.file == "facts.yaml"]
    assert list(yaml.safe_load(facts)) == ["bean_price", "cups_per_kilo", "bean_cost"]
    (asked,) = [one.text for one in found["survey"].snippets if one.file == "facts.yaml"]
    assert "asked" in yaml.safe_load(asked)
    assert found["stances"].snippets[-1].text.startswith("compares:\n")


def test_the_pages_stand_alone(gallery: Gallery) -> None:
    assert list(gallery.pages) == ["index.html", "en.html"]
    for text in gallery.pages.values():
        assert len(text.encode()) < MOST_BYTES
        found = html.fromstring(text)
        ids = found.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {link[1:] for link in found.xpath("//@href") if link.startswith("#")} <= set(ids)
        links = found.xpath("//@href | //@src")
        away = {link for link in links if not link.startswith(("#", "mailto:"))}
        assert away <= set(gallery.pages)
        (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        for tag in ("style", "script"):
            (content,) = re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", text, re.DOTALL)
            assert b64encode(sha256(content.encode()).digest()).decode() in policy
        levels = [int(one.tag[1]) for one in found.xpath("//h1 | //h2 | //h3 | //h4")]
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_both_languages_name_every_entry(gallery: Gallery) -> None:
    for name, words in (("index.html", "分组横条"), ("en.html", "Grouped bars")):
        found = page(gallery, name)
        uses = found.xpath("//p[@class='use']")
        assert len(uses) == len(gallery.entries)
        assert all(one.text_content().strip() for one in uses)
        assert words in found.xpath("//section/h3/a/text()")
    told = page(gallery, "en.html").xpath("//section[@id='sections-pricing']/p/text()")
    assert told == ["Prices and what follows from them."]


def test_keys_of_lists_stand_below_their_list() -> None:
    found = {field.name: field for field in fields_of(CHARTS["stages"])}
    assert found["stages"].kind == "list of mapping"
    assert found["stages"].default is None
    assert (found["stages[].from"].kind, found["stages[].to"].default) == ("number", "–")
    assert found["height_mm"].default == "58"
    assert "kind" not in {field.name for field in fields_of(Survey)}


def test_the_themes_of_a_workspace_are_shown_and_one_that_cannot_be_drawn_is_named(
    desk: Desk, gallery_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(gallery_cache))
    theme = (bundled_templates() / "themes/classic.yaml").read_text("utf-8")
    desk.write("templates/themes/night.yaml", theme.replace("#b08d4f", "#123456"))
    desk.write("templates/themes/lost.yaml", theme.replace("sans: Noto", "sans: No Such Noto"))
    done = desk.run("gallery")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(f"{desk.root}/output/gallery/index.html: ")
    assert "warning[ENV101]: font `No Such Noto Sans CJK SC` is not installed" in done.stderr
    found = html.fromstring(desk.read("output/gallery/index.html"))
    (shown,) = found.xpath("//section[@id='themes-night']")
    assert "#123456" in shown.xpath(".//pre")[0].text_content()
    assert found.xpath("//section[@id='themes-lost']") == []


def test_a_folder_that_cannot_be_written(
    tmp_path: Path, gallery_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(gallery_cache))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").write_text("x")
    done = CliRunner().invoke(cli, ["gallery", "--to", "taken/inside"])
    assert done.exit_code == 1
    assert "error[WSP107]: cannot write `" in done.stderr
