"""The JSON-LD of the HTML: what it says, and that no text can end its element."""

import json
import shutil
from pathlib import Path

from briefgen import pipeline
from briefgen.compose.structured_data import structured_data
from briefgen.model.briefing import Briefing
from briefgen.workspace import open_workspace

TESTS = Path(__file__).parents[1]


def briefing(root: Path) -> Briefing:
    opened = open_workspace(root)
    assert opened.value is not None, opened.findings
    made = pipeline.load(opened.value, "note").made
    assert made.value is not None, made.findings
    return made.value


def test_an_issued_report_has_publisher_day_and_authors() -> None:
    found = json.loads(structured_data(briefing(TESTS / "full_desk")))
    assert found["@type"] == "Report"
    assert found["publisher"]["name"] == "示例证券股份有限公司"
    assert found["datePublished"] == "2026-03-02T08:30:00+08:00"
    assert [author["name"] for author in found["author"]] == ["示例甲", "示例乙", "示例丙"]
    assert "isBasedOn" not in found


def test_a_reconstruction_names_what_it_is_based_on_and_nobody_else() -> None:
    found = json.loads(structured_data(briefing(TESTS / "small_desk")))
    assert not {"publisher", "author", "datePublished"} & found.keys()
    (original,) = found["isBasedOn"]
    assert original["name"] == "原报告"
    assert original["publisher"]["name"] == "示例证券股份有限公司"


def test_no_text_ends_the_element(tmp_path: Path) -> None:
    root = Path(shutil.copytree(TESTS / "small_desk", tmp_path / "desk"))
    front = root / "data" / "briefings" / "note" / "briefing.yaml"
    text = front.read_text("utf-8").replace("sector: 计算机", "sector: </script><b>计算机 & 传媒")
    front.write_text(text, "utf-8")
    written = structured_data(briefing(root))
    assert "<" not in written
    assert json.loads(written)["about"][0]["name"] == "</script><b>计算机 & 传媒"
