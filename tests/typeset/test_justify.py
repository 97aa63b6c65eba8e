"""Justified Chinese: right edges are flush, the text is unchanged."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from briefgen.typeset.justify import gaps, install
from briefgen.typeset.weasy import typeset

TEXT = (
    "按规模定律，模型能力的提升要靠持续追加投入，资金与人才这两大门槛随之上移。Kimi 进入视野后，"
    "同行的迭代明显提速；阶跃星辰的模型达到 1 万亿参数量级。迭代越密，跟进的代价越高，"
    "资金与人才向头部集中的过程可能提前。动力来自两处：批量越大，摊到单次请求上的算力成本越低。"
)
WIDTH_PT = 240
NEEDS_POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")


def pdf(page, tmp_path: Path, align: str) -> Path:
    style = f"@page {{ margin: 0 }} body {{ margin: 0 }} p {{ width: {WIDTH_PT}pt; margin: 0; "
    made = typeset(page(f"<p>{TEXT}</p>", f"<style>{style}text-align: {align} }}</style>"))
    assert made.findings == ()
    assert made.value is not None
    file = tmp_path / f"{align}.pdf"
    file.write_bytes(made.value.content)
    return file


def right_edges(file: Path) -> list[float]:
    """The right edge of each line but the last, in points."""
    command = ["pdftotext", "-bbox-layout", file, "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    edges = [float(x) for x in re.findall(r'<line [^>]*xMax="([0-9.]+)"', told)]
    assert len(edges) > 5
    return edges[:-1]


def test_weasyprints_layout_is_as_expected() -> None:
    assert install()


@NEEDS_POPPLER
def test_right_edges_are_flush(page, tmp_path: Path) -> None:
    ragged, flush = (right_edges(pdf(page, tmp_path, align)) for align in ("left", "justify"))
    assert max(abs(edge - WIDTH_PT) for edge in flush) < 1
    assert max(abs(edge - WIDTH_PT) for edge in ragged) > 3


@NEEDS_POPPLER
def test_the_text_is_what_was_written(page, tmp_path: Path) -> None:
    for align in ("left", "justify"):
        command = ["pdftotext", pdf(page, tmp_path, align), "-"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "".join(told.split()) == "".join(TEXT.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 0),
        ("a b", 1),
        ("中文", 1),
        ("中文字", 2),
        ("a中b", 1),
        ("中a", 0.5),
        ("价格 60", 2.5),
    ],
)
def test_gaps(text: str, count: float) -> None:
    assert gaps(text) == count
