"""The metadata of an edition: what they are, and that the HTML says the same in its two ways."""

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from briefgen.compose.structured_data import structured_data
from briefgen.model.metadata import Metadata

TESTS = Path(__file__).parents[1]


@pytest.fixture
def full(note, tmp_path):
    """A report that is issued."""
    root = shutil.copytree(TESTS / "full_desk", tmp_path / "full")
    return type(note)(Path(root) / "data")


def _said(metadata: Metadata) -> dict[str, Any]:
    """What JSON-LD must say of metadata, in the words of schema.org."""
    named = {"@type": "Organization", "name": metadata.publisher}
    originals = [
        {
            "@type": "Report",
            "name": one.title,
            "publisher": {"@type": "Organization", "name": one.publisher},
            "datePublished": one.date,
        }
        for one in metadata.based_on
    ]
    securities = [
        {"@type": "Corporation", "name": one.name}
        | ({"tickerSymbol": one.ticker} if one.ticker else {})
        for one in metadata.securities
    ]
    said = {
        "@context": "https://schema.org",
        "@type": "Report",
        "headline": metadata.title,
        "description": metadata.notice,
        "inLanguage": metadata.language,
        "genre": metadata.kind,
        "keywords": [metadata.sector, metadata.kind, metadata.house],
        "about": [{"@type": "Thing", "name": metadata.sector}, *securities],
        "creativeWorkStatus": metadata.issuance,
        "identifier": [
            metadata.slug,
            f"sha256:{metadata.digest}",
            *([metadata.content_id] if metadata.content_id else []),
        ],
        "dateCreated": metadata.created,
        "dateModified": metadata.modified,
        "datePublished": metadata.published,
        "publisher": named if metadata.publisher else None,
        "author": [{"@type": "Person", "name": name} for name in metadata.authors],
        "isBasedOn": originals,
    }
    return {key: value for key, value in said.items() if value}


def _elements(tree: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        found.setdefault(element.get("name", ""), []).append(element.get("content", ""))
    return found


@pytest.mark.parametrize("desk", ["note", "full"])
def test_json_ld_and_elements_and_metadata_say_the_same(desk, request) -> None:
    made = request.getfixturevalue(desk)
    metadata = made.page("screen").metadata
    assert metadata == made.page("print").metadata
    tree = made.tree("screen")
    (script,) = (e for e in tree.iter("script") if e.get("type") == "application/ld+json")
    assert json.loads(script.text) == _said(metadata)
    elements = _elements(tree)
    assert elements["author"] == [", ".join(metadata.authors) or metadata.mark]
    assert elements["description"] == elements["dcterms.rights"] == [metadata.notice]
    assert elements["keywords"] == [", ".join(metadata.keywords)]
    assert elements["dcterms.created"] == [metadata.created]
    assert elements["dcterms.modified"] == [metadata.modified]
    assert elements["dcterms.identifier"] == list(metadata.identifiers)
    assert elements["briefgen.digest"] == [metadata.digest]
    assert metadata.title in "".join(next(tree.iter("title")).itertext())


def test_an_issued_report_has_publisher_day_and_authors(full) -> None:
    found = full.page().metadata
    assert found.publisher == found.brokerage == "示例证券股份有限公司"
    assert found.created == found.date == "2026-03-02"
    assert found.published == found.modified == "2026-03-02T08:30:00+08:00"
    assert found.authors == ("示例甲", "示例乙", "示例丙")
    assert found.based_on == ()
    assert found.digest == full.report().digest


def test_a_reconstruction_names_what_it_is_based_on_and_nobody_else(note) -> None:
    found = note.page().metadata
    assert (found.publisher, found.published, found.authors) == (None, None, ())
    (original,) = found.based_on
    assert (original.title, original.publisher) == ("原报告", "示例证券股份有限公司")
    assert found.brokerage == "示例证券股份有限公司"
    assert "重建" in found.notice


def test_a_date_that_is_no_calendar_date_is_no_day_of_creation(note) -> None:
    note.edit("briefing.yaml", "date: 2024-03-25", "date: 2024-Q1")
    found = note.page().metadata
    assert (found.date, found.created, found.modified) == ("2024-Q1", None, None)
    assert "dcterms.created" not in _elements(note.tree())


def test_the_id_of_generated_content_identifies(full) -> None:
    generated = "ai_content: {use: generated, provider: 示例云, content_id: ai-1}"
    full.edit("briefing.yaml", "ai_content: {use: none}", generated)
    assert full.page().metadata.identifiers[-1] == "ai-1"


def test_no_text_ends_the_element(note) -> None:
    note.edit("briefing.yaml", "sector: 计算机", "sector: </script><b>计算机 & 传媒")
    written = structured_data(note.page().metadata)
    assert "<" not in written
    assert json.loads(written)["about"][0]["name"] == "</script><b>计算机 & 传媒"
