"""Every shipped PDF against both standards, by three checkers that know nothing of briefgen."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import outloud
import page
import pdfua
import pikepdf
import pytest
from shipped import SLUGS

from briefgen import pipeline
from briefgen.typeset.conformance import STANDARDS

pytestmark = pytest.mark.slow

UNDESERVED = {"FIG-012"}
"""Warnings of `outloud` that are not ours.

FIG-012 takes a text for no language when less than half of it is letters. The alternative text of a
chart says its values, name by name: digits, units and signs outweigh the names.
"""


@pytest.fixture(params=SLUGS)
def slug(request: pytest.FixtureRequest) -> str:
    """Each edition in turn."""
    found: str = request.param
    return found


@pytest.fixture
def pdf(slug: str, shipped: Callable[[str], pipeline.Checked]) -> bytes:
    """Its PDF."""
    edition = shipped(slug).edition
    assert edition is not None
    return edition.files[f"{slug}.pdf"]


@pytest.fixture
def file(pdf: bytes, slug: str, tmp_path: Path) -> Path:
    """Its PDF as a file."""
    path = tmp_path / f"{slug}.pdf"
    path.write_bytes(pdf)
    return path


def test_the_validator_finds_nothing(slug: str, pdf: bytes, tell: Callable[[str], None]) -> None:
    for profile, standard in STANDARDS.items():
        report = page.validate_pdf_bytes(pdf, profile=profile)
        tell(f"{slug}: {standard}, {report.rules.failed} of {report.rules.total} rules failed")
        assert [(f.rule_id, f.message) for f in report.failures] == []
        assert report.is_compliant


def test_pdfua_finds_nothing(slug: str, file: Path, tell: Callable[[str], None]) -> None:
    found = pdfua.validate(str(file)).findings
    tell(f"{slug}: pdfua, {len(found)} findings")
    assert [(f.rule_id, f.message) for f in found] == []


def test_outloud_finds_nothing(slug: str, file: Path, tell: Callable[[str], None]) -> None:
    result = outloud.check(str(file))
    found = [f for f in result.findings if f.rule not in UNDESERVED]
    left = Counter(f.rule for f in result.findings if f.rule in UNDESERVED)
    tell(f"{slug}: outloud, {result.errors} errors, {len(found)} warnings; not ours: {dict(left)}")
    assert [(f.rule, f.page, f.message) for f in found] == []


def elements(document: pikepdf.Pdf) -> Iterator[Any]:
    """All elements of the structure tree."""
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += list(item)
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            waiting.append(item.get("/K", pikepdf.Array()))


def test_the_tree_says_what_the_document_is(
    slug: str, pdf: bytes, tell: Callable[[str], None]
) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert str(root.Lang) == ("en" if slug.endswith(".en") else "zh-CN")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with document.open_outline() as outline:
            bookmarks = len(outline.root)
        found = list(elements(document))
        roles = Counter(str(element.S)[1:] for element in found)
        tell(f"{slug}: {len(found)} elements, {roles['Table']} tables, {roles['Figure']} figures")
        assert bookmarks >= 5
        assert roles["H1"] == 1
        assert {"Document", "Sect", "H2", "P", "L", "LI", "TOC", "Table", "TH", "TD"} <= set(roles)
        for element in found:
            if element.S == "/Figure":
                assert len(str(element.Alt)) > 20
                assert "/BBox" in element.A
            if element.S == "/TH":
                assert element.A.Scope in {"/Row", "/Column"}
        links = [e for p in document.pages for e in p.get("/Annots", ()) if e.Subtype == "/Link"]
        assert links
        assert all(str(link.Contents) for link in links)
        assert all("/StructParent" in link for link in links)


def test_a_table_over_several_pages_is_one_table(
    shipped: Callable[[str], pipeline.Checked],
) -> None:
    slug = "guosen-media-aigc-2024-06"
    edition = shipped(slug).edition
    assert edition is not None
    with pikepdf.open(io.BytesIO(edition.files[f"{slug}.pdf"])) as document:
        tables = [element for element in elements(document) if element.S == "/Table"]
        spread = [table for table in tables if len(pages_of(table)) > 2]
        assert spread, "the list of evidence runs over several pages"
        for table in spread:
            heads = [kid for kid in table.K if kid.S == "/THead"]
            assert len(heads) == 1
            assert len(pages_of(heads[0])) == 1


def pages_of(element: Any) -> set[int]:
    """The object numbers of the pages that an element and what is in it stand on."""
    found = {element.Pg.objgen[0]}
    for kid in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
        if isinstance(kid, pikepdf.Dictionary):
            found |= pages_of(kid) if "/S" in kid else {kid.Pg.objgen[0]}
    return found
