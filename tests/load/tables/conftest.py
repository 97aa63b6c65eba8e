"""The shipped prices in other files than CSV, and what briefgen makes of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from briefgen import pipeline
from briefgen.model.table import Table
from briefgen.workspace import open_workspace

if TYPE_CHECKING:
    from tests.conftest import Desk

HERE = "data/briefings/tfzq-kimi-2024-03-25/tables"
HEAD = ("model_id", "vendor", "model", "input", "output")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("moonshot-v1-128k", "月之暗面", "moonshot-v1-128k", 60, 60),
    ("gpt-4-turbo-128k", "OpenAI", "GPT-4 Turbo（128k）", 72, 217),
)
QUERY = "select * from prices order by output"


@dataclass(frozen=True, slots=True)
class Tables:
    """A desk whose prices come from elsewhere."""

    desk: Desk

    def come_from(self, *lines: str) -> None:
        """Describe the prices by these keys, in place of the CSV file."""
        csv = "    path: prices.csv\n"
        self.desk.edit(f"{HERE}/datapackage.yaml", csv, "")
        now = "".join(f"    {line}\n" for line in lines)
        before = "    format: csv\n    encoding: utf-8\n"
        self.desk.edit(f"{HERE}/datapackage.yaml", before, now)
        self.desk.delete(f"{HERE}/prices.csv")

    def write(self, name: str, content: bytes | str) -> None:
        self.desk.write(f"{HERE}/{name}", content)

    def prices(self) -> Table:
        workspace = open_workspace(self.desk.root).value
        assert workspace is not None
        loaded = pipeline.load(workspace, self.desk.slug)
        assert loaded.made.value is not None, self.desk.check()
        return loaded.made.value.tables["prices"]

    def reads(self) -> dict[str, str]:
        """The digests of what was read for the tables."""
        workspace = open_workspace(self.desk.root).value
        assert workspace is not None
        reads = pipeline.load(workspace, self.desk.slug).reads
        return {name.rpartition("/")[2]: digest for name, digest in reads.items() if HERE in name}


@pytest.fixture
def tables(desk: Desk) -> Tables:
    return Tables(desk)


@pytest.fixture
def from_csv(tables: Tables) -> Table:
    """The shipped table."""
    return tables.prices()


def workbook(*rows: Sequence[Any], sheet: str = "Prices", others: Sequence[str] = ()) -> bytes:
    """An Excel workbook with these rows from its first cell on."""
    from openpyxl import Workbook as Book

    book = Book()
    assert book.active is not None
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for other in others:
        book.create_sheet(other)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
