"""The manifest: what an edition was made from and what came out."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from briefgen import pipeline
from briefgen.diagnostics.finding import Finding, Severity
from briefgen.diagnostics.place import Place
from briefgen.model.release import Waiver
from briefgen.model.theme import UsedFace
from briefgen.model.verdict import Clause, Mode, Outcome, PackScope, Report, Verdict
from briefgen.publish.manifest import NAME, build_record, manifest
from briefgen.workspace import open_workspace

BRIEFING: Any = SimpleNamespace(
    slug="note",
    front=SimpleNamespace(
        title="一份点评",
        sector="计算机",
        date="2024-03-25",
        language="zh-CN",
        issuance="reconstruction",
        kind="行业点评",
        nature="reconstruction",
        original=SimpleNamespace(title="一份报告"),
        rating=SimpleNamespace(label="强于大市", action="maintain"),
        publication=None,
        tags=("daily",),
    ),
    brokerage=SimpleNamespace(
        legal_name="示例证券股份有限公司", brand="#8c1d2b", name_in=lambda language: "示例证券"
    ),
    securities={
        "b": SimpleNamespace(name_in=lambda language: "示例甲", ticker="000000.SZ"),
        "c": SimpleNamespace(name_in=lambda language: "示例乙", ticker=None),
    },
    alternates={"en": "note.en"},
)
OUTPUTS = {"note.pdf": b"%PDF", "note.html": "网页".encode()}
FINDING = Finding("CHK301", "not placed", Place("data/e.yaml", 2, 3), "place it", Severity.WARNING)


REPORT = Report(
    digest="ab" * 32,
    scope=(PackScope(pack="CN", runs=False, reason="not-issued"),),
    verdicts=(
        Verdict(
            code="CHK301",
            name="exhibit-not-placed",
            pack="CHK",
            outcome=Outcome.FAIL,
            severity=Severity.WARNING,
            mode=Mode.DOCUMENT,
            clause=Clause(text="第 9 条", evidence="V"),
            reasons=("not placed",),
        ),
    ),
    findings=(FINDING,),
    waivers=(
        Waiver(
            rule="CHK301",
            reason="旧图",
            by="qa-1",
            role="quality-reviewer",
            expires=date(2024, 6, 30),
        ),
    ),
)


FACE = UsedFace(
    family="Noto Sans CJK SC",
    weight=400,
    file="NotoSansCJK-Regular.ttc",
    sha256="4" * 64,
    is_pinned=True,
)


def record(**changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "inputs": {"b.csv": "22", "a.yaml": "11"},
        "formats": ["html", "pdf"],
        "counts": {"pages": 2, "figures": 1, "tables": 0},
        "fonts": [FACE],
        "versions": {"briefgen": "0.1.0", "python": "3.11.7"},
        "findings": [FINDING],
        "report": REPORT,
    }
    outputs = changes.pop("outputs", OUTPUTS)
    content = manifest(build_record(BRIEFING, **(given | changes)), outputs)
    assert content.endswith(b"}\n")
    read: dict[str, Any] = json.loads(content)
    return read


def test_says_what_the_edition_is() -> None:
    read = record()
    assert {key: read[key] for key in ("slug", "title", "brokerage", "date", "issuance")} == {
        "slug": "note",
        "title": "一份点评",
        "brokerage": "示例证券股份有限公司",
        "date": "2024-03-25",
        "issuance": "reconstruction",
    }
    assert (read["language"], read["sector"]) == ("zh-CN", "计算机")
    assert (read["pages"], read["figures"], read["tables"]) == (2, 1, 0)
    assert (read["house"], read["kind"], read["original"]) == ("示例证券", "行业点评", "一份报告")
    assert read["rating"] == {"label": "强于大市", "action": "maintain"}
    assert read["tags"] == ["daily"]
    assert read["alternates"] == {"en": "note.en"}
    assert read["securities"] == ["示例甲 000000.SZ", "示例乙"]


def test_says_which_faces_it_is_set_in() -> None:
    assert record()["fonts"] == [
        {
            "family": "Noto Sans CJK SC",
            "weight": 400,
            "file": "NotoSansCJK-Regular.ttc",
            "sha256": "4" * 64,
            "is_pinned": True,
        }
    ]


def test_outputs_have_their_digests_and_sizes() -> None:
    outputs = record()["outputs"]
    assert list(outputs) == ["note.html", "note.pdf"]
    for name, content in OUTPUTS.items():
        digest = hashlib.sha256(content).hexdigest()
        assert outputs[name] == {"sha256": digest, "bytes": len(content)}
    assert NAME not in outputs


def test_findings_keep_their_places() -> None:
    (finding,) = record()["findings"]
    assert finding["code"] == "CHK301"
    assert finding["severity"] == "warning"
    assert finding["place"] == {"file": "data/e.yaml", "line": 2, "column": 3, "width": 1}


def test_findings_in_a_table_of_which_a_part_was_read_have_no_line() -> None:
    read = record(inputs={"data/e.yaml#vendor_id=kimi": "22"})
    (found,), (checked,) = read["findings"], read["check"]["findings"]
    assert found["place"] == checked["place"] == {"file": "data/e.yaml"}


def test_says_what_was_checked_and_what_became_of_each_rule() -> None:
    check = record()["check"]
    assert check["digest"] == REPORT.digest
    assert check["scope"] == [{"pack": "CN", "runs": False, "reason": "not-issued"}]
    assert check["verdicts"] == [
        {
            "code": "CHK301",
            "name": "exhibit-not-placed",
            "pack": "CHK",
            "outcome": "fail",
            "severity": "warning",
            "mode": "document",
            "clause": {"text": "第 9 条", "evidence": "V", "basis": "law"},
            "reasons": ["not placed"],
        }
    ]
    assert check["attestations"] == []
    assert [waiver["by"] for waiver in check["waivers"]] == ["qa-1"]
    assert [finding["code"] for finding in check["findings"]] == ["CHK301"]


def test_without_a_pdf_there_are_no_pages() -> None:
    assert record(counts={"pages": None, "figures": 1, "tables": 0})["pages"] is None


def test_the_order_of_what_is_given_does_not_matter() -> None:
    one = record()
    turned = record(
        inputs={"a.yaml": "11", "b.csv": "22"},
        outputs=dict(reversed(OUTPUTS.items())),
    )
    assert json.dumps(one) == json.dumps(turned)


def test_is_written_as_people_read_it() -> None:
    nothing: dict[str, Any] = {key: {} for key in ("formats", "inputs", "fonts", "versions")}
    nothing["counts"] = {"pages": 1, "figures": 0, "tables": 0}
    content = manifest(build_record(BRIEFING, **nothing, findings=[], report=REPORT), {})
    assert "一份点评".encode() in content
    assert content.count(b"\n") > 8


def test_a_real_one_holds_no_time_and_no_path_of_the_machine() -> None:
    desk = Path(__file__).parents[1] / "small_desk"
    workspace = open_workspace(desk)
    assert workspace.value is not None
    edition = pipeline.rehearse(workspace.value, "note", ["html"]).edition
    assert edition is not None
    content = edition.files[NAME].decode()
    read = json.loads(content)
    assert str(desk) not in content
    assert str(Path.home()) not in content
    assert not re.search(r"\d\d:\d\d", content)
    assert set(re.findall(r"20\d\d-\d\d-\d\d", content)) <= {"2024-03-25"}
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in read["inputs"].values())
    assert not [name for name in read["inputs"] if name.startswith(("/", ".."))]
    assert "data/briefings/note/overview.md" in read["inputs"]
    written = edition.files["note.html"]
    assert read["outputs"]["note.html"]["sha256"] == hashlib.sha256(written).hexdigest()
    faces = [(font["family"], font["weight"]) for font in read["fonts"]]
    families = ("Noto Sans CJK SC", "Noto Serif CJK SC")
    assert faces == [(family, weight) for family in families for weight in (400, 700)]
    assert all(re.fullmatch(r"[0-9a-f]{64}", font["sha256"]) for font in read["fonts"])
    assert not [font["file"] for font in read["fonts"] if "/" in font["file"]]
    assert {font["is_pinned"] for font in read["fonts"]} <= {True, False}
