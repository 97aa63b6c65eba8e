"""`exhibits.xlsx`: the data of every exhibit, numbers as numbers."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from briefgen import pipeline
from briefgen.publish.workbook import SHEET_NAME, workbook
from briefgen.workspace import open_workspace

REPOSITORY = Path(__file__).parents[2]
Desk = Callable[..., bytes]


@pytest.fixture
def made(tmp_path: Path) -> Desk:
    """Makes the workbook of the small desk, with files of its briefing replaced."""
    data = Path(shutil.copytree(REPOSITORY / "tests" / "small_desk", tmp_path / "desk")) / "data"

    def make(**files: str) -> bytes:
        for name, text in files.items():
            stem, _, suffix = name.rpartition("_")
            (data / "briefings" / "note" / f"{stem}.{suffix}").write_text(text, encoding="utf-8")
        return shipped(data.parent, "note")

    return make


def shipped(root: Path, slug: str) -> bytes:
    opened = open_workspace(root)
    assert opened.value is not None, opened.findings
    loaded = pipeline.load(opened.value, slug).made
    assert loaded.value is not None, loaded.findings
    return workbook(loaded.value, opened.value.templates.labels[loaded.value.language])


def read(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_list_and_a_sheet_per_exhibit(made: Desk) -> None:
    book = read(made())
    assert book.sheetnames == ["图表目录", "1 prices"]
    assert cells(book["图表目录"])[1][:2] == ["图表\xa01", "价格一览"]
    assert book["图表目录"]["A2"].hyperlink.location == "'1 prices'!A1"


def test_caption_heads_units_rows_note_source_and_date(made: Desk) -> None:
    rows = cells(read(made())["1 prices"])
    assert [row[0] for row in rows] == [
        "图表\xa01 价格一览",
        None,
        *("模型", None, "moonshot", "gpt", None),
        *(
            "注：含税",
            "资料来源：示例证券《原报告》",
            "截至：2024 年 3 月 23 日",
        ),
    ]
    assert rows[3][1] == "元"
    assert [row[1] for row in rows[4:6]] == [60, 72]


GRID = """prices:
  caption: 表
  grid:
    heads: [项, 数]
    rows:
{rows}
  sources: [report]
"""


@pytest.mark.parametrize(
    ("cell", "value", "written"),
    [
        ("{{ price }}", 60, "0"),
        ("{{ price * 1000 }}", 60000, "#,##0"),
        ("{{ price / 7 | round(2) }}", pytest.approx(60 / 7), "0.00"),
        ("{{ price / price | percent(1) }}", 1, "0.0%"),
        ("{{ price / price | change(0) }}", 1, "+0%;−0%;0%"),
        ("{{ price / price | times(1) }}", 1, '0.0"倍"'),
        ("{{ price * 1000000000 | compact }}", 60000000000, "#,##0"),
    ],
)
def test_numbers_are_numbers_in_the_form_of_the_text(
    made: Desk, cell: str, value: Any, written: str
) -> None:
    text = GRID.format(rows=f"      - [甲, '{cell}']")
    found = next(
        cell
        for row in read(made(exhibits_yaml=text))["1 prices"].iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    )
    assert (found.value, found.number_format) == (value, written)


def test_text_never_becomes_a_formula(made: Desk) -> None:
    text = GRID.format(rows="      - ['=1+1', '+2']\n      - ['@x', 'http://example.com']")
    sheet = read(made(exhibits_yaml=text))["1 prices"]
    found = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    for value in ("=1+1", "+2", "@x", "http://example.com"):
        assert found[value].data_type in {"s", "inlineStr"}
        assert found[value].hyperlink is None


def test_names_of_sheets_are_short_and_unique(made: Desk) -> None:
    long = "a-name-that-is-as-long-as-names-of-exhibits-are"
    entry = (
        "  caption: 表\n  view: {table: prices, columns: [{column: model}]}\n  sources: [report]\n"
    )
    names = [f"{long}-one", f"{long}-two"]
    prose = "\n".join(f":::{{table}} {name}\n:::\n" for name in names)
    exhibits = "".join(f"{name}:\n{entry}" for name in names)
    overview = "**价格下降。**输入价格为 {{ price }}。\n"
    found = read(made(exhibits_yaml=exhibits, pricing_md=prose, overview_md=overview)).sheetnames
    assert len(set(found)) == 3
    assert max(map(len, found)) <= SHEET_NAME


def test_the_same_bytes_uncompressed_and_dated_by_the_briefing(made: Desk) -> None:
    content = made()
    assert content == made()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert read(content).properties.created == datetime(2024, 3, 25)  # noqa: DTZ001


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["guosen-media-aigc-2024-06", "ai-sector-cross-house.en"])
def test_every_shipped_exhibit_has_data(slug: str) -> None:
    book = read(shipped(REPOSITORY, slug))
    assert len(book.sheetnames) > 20
    for sheet in book.worksheets[1:]:
        assert sheet.max_row > 4, sheet.title
