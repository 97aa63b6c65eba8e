"""RIXML files: read without what XML could fetch, and validated where the workspace has the XSD."""

import shutil
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.check.rules.house.rixml_shape import faults
from briefgen.diagnostics.finding import Finding
from briefgen.load.briefings import Loaded
from briefgen.model.rixml import Element
from briefgen.workspace import open_workspace

FILE = "data/briefings/note/report.xml"
ROOT = '<Research xmlns="http://www.rixml.org/2017/9/RIXML"'
XSD = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="http://www.rixml.org/2017/9/RIXML" elementFormDefault="qualified">
  <xs:element name="Research">
    <xs:complexType>
      <xs:sequence><xs:any maxOccurs="unbounded" processContents="lax"/></xs:sequence>
      <xs:attribute name="researchID" use="required"/>
      <xs:attribute name="createDateTime" use="required"/>
      <xs:attribute name="language" use="required"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    desk = Path(__file__).parents[1] / "full_desk"
    return Path(shutil.copytree(desk, tmp_path / "desk"))


def edit(root: Path, old: str, new: str) -> None:
    text = (root / FILE).read_text("utf-8")
    assert old in text
    (root / FILE).write_text(text.replace(old, new, 1), "utf-8")


def load(root: Path) -> Loaded:
    opened = open_workspace(root)
    assert opened.value is not None, opened.findings
    return pipeline.load(opened.value, "note")


def shown(finding: Finding) -> str:
    return f"{finding.code} {finding.place}: {finding.message}"


def test_the_file_is_a_tree_and_an_input(root: Path) -> None:
    loaded = load(root)
    assert loaded.made.value is not None
    assert FILE in loaded.reads
    rixml = loaded.made.value.rixml
    assert rixml is not None
    (title,) = rixml.root.all("Title")
    assert (title.text, title.line) == ("模型价格下行，应用成本随之改善", 20)
    assert list(faults(rixml.root)) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            ROOT,
            f'<!DOCTYPE Research SYSTEM "other.dtd">\n{ROOT}',
            "2:1: not XML",
        ),
        (
            ROOT,
            f'<!DOCTYPE Research [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n{ROOT}',
            "2:1: not XML that can be read: it declares a document type",
        ),
        ("</Product>", "", "45:1: not XML that can be read: mismatched tag"),
        (
            "<Source>",
            "<Source>" + "<a>" * 60 + "</a>" * 60,
            "5:1: not XML that can be read: elements stand more than 50 deep",
        ),
    ],
)
def test_what_is_not_plain_xml_is_refused(root: Path, old: str, new: str, message: str) -> None:
    edit(root, old, new)
    loaded = load(root)
    assert loaded.made.value is None
    (finding,) = loaded.made.findings
    assert shown(finding).startswith(f"LOD110 {FILE}:{message}")


def test_a_file_that_is_missing_is_reported_where_it_is_named(root: Path) -> None:
    (root / FILE).unlink()
    (finding,) = load(root).made.findings
    assert finding.code == "LOD101"
    assert finding.place is not None
    assert finding.place.file == "data/briefings/note/briefing.yaml"


def with_schema(root: Path, text: str) -> None:
    (root / "data" / "schemas").mkdir()
    (root / "data" / "schemas" / "rixml.xsd").write_text(text, "utf-8")
    settings = root / "data" / "workspace.yaml"
    named = settings.read_text("utf-8") + "rixml_xsd: schemas/rixml.xsd\n"
    settings.write_text(named, "utf-8")


def test_the_schema_of_the_workspace_is_applied(root: Path) -> None:
    pytest.importorskip("xmlschema")
    with_schema(root, XSD)
    loaded = load(root)
    assert loaded.made.value is not None
    assert loaded.made.value.rixml is not None
    assert loaded.made.value.rixml.violations == ()
    assert "data/schemas/rixml.xsd" in loaded.reads
    edit(root, ' language="zho"', "")
    briefing = load(root).made.value
    assert briefing is not None
    assert briefing.rixml is not None
    (violation,) = briefing.rixml.violations
    assert "language" in violation


def test_a_schema_that_cannot_be_read_is_reported(root: Path) -> None:
    pytest.importorskip("xmlschema")
    with_schema(root, "<xs:schema")
    (finding,) = load(root).made.findings
    assert shown(finding).startswith("LOD110 data/schemas/rixml.xsd:1:1: not a schema")


def test_a_file_of_another_kind_is_named_as_such() -> None:
    ((_, told),) = faults(Element(tag="html", namespace="http://www.w3.org/1999/xhtml"))
    assert told.startswith("begins with `html`")
