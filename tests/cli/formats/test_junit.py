"""JUnit XML: a suite per briefing, a case per rule."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from briefgen.cli.formats.junit import junit
from briefgen.diagnostics.finding import Finding
from briefgen.pipeline import Checked


@pytest.fixture
def suites(results: dict[str, Checked]) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(junit(results)))


def case(suite: ElementTree.Element, code: str) -> ElementTree.Element:
    return next(c for c in suite if str(c.get("name")).startswith(code))


def test_suites_count_their_cases(suites: list[ElementTree.Element]) -> None:
    counted = [
        tuple(suite.get(key) for key in ("name", "tests", "failures", "errors", "skipped"))
        for suite in suites
    ]
    assert counted == [("note", "7", "3", "0", "2"), ("lost", "1", "1", "0", "0")]


def test_what_became_of_each_rule(suites: list[ElementTree.Element]) -> None:
    found = {str(c.get("name")): [inner.tag for inner in c] for c in suites[0]}
    assert found == {
        "CHK101 rule-chk101": ["failure"],
        "CHK201 rule-chk201": [],
        "CHK301 rule-chk301": ["system-out"],
        "CHK404 rule-chk404": ["skipped"],
        "CHK701 rule-chk701": ["skipped"],
        "LOD201": ["failure"],
        "LOD103": ["failure"],
    }


def test_a_failure_tells_place_message_and_help(suites: list[ElementTree.Element]) -> None:
    (failure,) = case(suites[0], "LOD103")
    assert (failure.get("type"), failure.get("message")) == ("error", "unknown key `a,b: 5%`")
    assert failure.text == (
        "数据/f.yaml:2:3: error[LOD103]: unknown key `a,b: 5%`\n  help: did you\nmean `c`?"
    )


def test_what_is_skipped_says_why(suites: list[ElementTree.Element]) -> None:
    assert case(suites[0], "CHK404")[0].get("message") == "needs a human: is it so?"
    assert case(suites[0], "CHK701")[0].get("message") == "not evaluable: no HTML was made"


def test_characters_that_xml_does_not_allow_are_replaced() -> None:
    finding = Finding("LOD103", "wrong", help="a\x07b\ufffe")
    root = ElementTree.fromstring(junit({"lost": Checked(None, (finding,))}))
    assert str(root[0][0][0].text).endswith("help: a\ufffdb\ufffd")
