"""What no case page can show of the rules on numbers: answers that are no findings."""

from __future__ import annotations

import shutil
from pathlib import Path

from briefgen import pipeline
from briefgen.model.verdict import Outcome
from briefgen.workspace import open_workspace

SMALL = Path(__file__).parents[1] / "small_desk"


def test_without_any_age_it_is_unknown_whether_sources_are_stale(tmp_path: Path) -> None:
    data = Path(shutil.copytree(SMALL, tmp_path / "desk")) / "data"
    settings = data / "workspace.yaml"
    kept = [line for line in settings.read_text("utf-8").splitlines() if "max_source" not in line]
    settings.write_text("\n".join(kept), encoding="utf-8")
    opened = open_workspace(data.parent)
    assert opened.value is not None, opened.findings
    report = pipeline.check(opened.value, "note").report
    assert report is not None
    (verdict,) = (verdict for verdict in report.verdicts if verdict.code == "CHK103")
    assert verdict.outcome is Outcome.NOT_EVALUABLE
    assert verdict.reasons == ("no age is set for sources",)
