"""Checking is quick, also with many exhibits: seconds of the processor, for others use it too."""

import shutil
import time
from pathlib import Path

from case_pages import NOTE

from briefgen import pipeline
from briefgen.workspace import open_workspace

SECONDS = 1.0


def test_sixty_exhibits_are_checked_within_a_second(tmp_path: Path) -> None:
    """The whole of `check`, opening the workspace included, after the modules are imported."""
    root = Path(shutil.copytree(Path(__file__).parents[1] / "small_desk", tmp_path / "desk"))
    note = root / "data" / NOTE
    kept = (note / "exhibits.yaml").read_text("utf-8")
    names = [f"{one}{other}" for one in "abcdef" for other in "abcdefghij"][1:]
    more = "".join(
        f"{name}:\n  caption: 价格一览（{name}）\n"
        "  chart: {kind: grouped-bar, table: prices, category: model, values: [input]}\n"
        "  sources: [report]\n"
        for name in names
    )
    (note / "exhibits.yaml").write_text(kept + more, "utf-8")
    prose = (note / "pricing.md").read_text("utf-8")
    placed = "".join(
        f"\n价格 {{{{ price }}}} 见[](#{name})，与上一幅相比没有变化（{name}）。\n\n"
        f":::{{figure}} {name}\n:::\n"
        for name in names
    )
    (note / "pricing.md").write_text(prose + placed, "utf-8")
    seconds = []
    for _ in range(3):
        started = time.process_time()
        opened = open_workspace(root)
        assert opened.value is not None, opened.findings
        checked = pipeline.check(opened.value, "note")
        seconds.append(time.process_time() - started)
        assert checked.report is not None
    assert min(seconds) < SECONDS


def test_a_long_report_is_checked_within_a_second() -> None:
    """The shipped briefing with the most exhibits, relations and numbers."""
    seconds = []
    for _ in range(3):
        started = time.process_time()
        opened = open_workspace(Path(__file__).parents[2])
        assert opened.value is not None, opened.findings
        checked = pipeline.check(opened.value, "guosen-media-aigc-2024-06")
        seconds.append(time.process_time() - started)
        assert checked.report is not None
    assert min(seconds) < SECONDS
