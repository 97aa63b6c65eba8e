"""What a PDF says of its checks: of a reconstruction all, of the firm's own the outcomes."""

import json
from typing import Any

import pytest

from briefgen.publish import sealed
from briefgen.publish.attachments import Attachment

RECORD: dict[str, Any] = {
    "slug": "note",
    "inputs": {"data/a.yaml": "11"},
    "findings": [{"message": "on the restricted list", "severity": "error"}],
    "check": {
        "digest": "ab",
        "scope": [],
        "verdicts": [{"code": "CN-25", "outcome": "fail", "reasons": ["on the restricted list"]}],
        "waivers": [{"reason": "a project"}],
        "attestations": [{"note": "a ticket"}],
        "findings": [{"message": "on the restricted list"}],
    },
}
LABELS = {f"attached_{name}": name for name in ("evidence", "exhibits", "check_report", "sources")}


def report(issuance: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    caught: list[Attachment] = []
    monkeypatch.setattr(sealed, "attach", lambda _, given, __: caught.extend(given) or b"")
    sealed.sealed(b"", {**RECORD, "issuance": issuance}, {"evidence.json": b"{}"}, LABELS, None)
    assert [one.name for one in caught] == ["evidence.json", "check-report.json"]
    read: dict[str, Any] = json.loads(caught[1].content)
    return read


def test_a_reconstruction_says_all(monkeypatch) -> None:
    assert report("reconstruction", monkeypatch) == {**RECORD, "issuance": "reconstruction"}


@pytest.mark.parametrize("issuance", ["issued", "draft"])
def test_reasons_stay_in_the_firm(issuance: str, monkeypatch) -> None:
    told = report(issuance, monkeypatch)
    assert "restricted" not in json.dumps(told)
    assert told["tally"] == {"error": 1, "warning": 0, "note": 0}
    assert told["inputs"] == RECORD["inputs"]
    assert told["check"] == {
        "digest": "ab",
        "scope": [],
        "verdicts": [{"code": "CN-25", "outcome": "fail"}],
    }


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("data/disclosures/house.yaml", True),
        ("data/disclosures/house.yaml#code=000000", True),
        ("data/briefings/note/waivers.yaml", True),
        ("data/briefings/note/attestations.kimi.en.yaml", True),
        ("data/briefings/note/exhibits.yaml", False),
        ("data/briefings/note/attestations-of-nobody.md", False),
    ],
)
def test_digests_of_short_lists_stay_in_the_firm(name: str, stays: bool) -> None:
    record = {**RECORD, "inputs": {name: "11"}, "issuance": "issued"}
    assert (name not in sealed.for_readers(record)["inputs"]) == stays
    assert name in sealed.for_readers({**record, "issuance": "reconstruction"})["inputs"]
