"""Parquet files: values as text, and what can be wrong in them."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from briefgen.diagnostics.finding import Collector
from briefgen.load.parquet_rows import parquet_rows
from tests.load.tables.conftest import HEAD, HERE, ROWS, Tables


def parquet(columns: dict[str, Any]) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content)
    return content.getvalue()


def prices(**changed: list[Any]) -> bytes:
    columns = {name: [row[i] for row in ROWS] for i, name in enumerate(HEAD)}
    return parquet(columns | changed)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pa.array([1, None, 2**60]), ["1", None, "1152921504606846976"]),
        (pa.array([0.1, None, 60.0]), ["0.1", None, "60"]),
        (pa.array([0.1, None, 60.0], pa.float32()), ["0.1", None, "60"]),
        (pa.array([Decimal("60.00"), None]), ["60.00", None]),
        (pa.array([date(2024, 3, 25), None]), ["2024-03-25", None]),
        (pa.array([datetime.fromisoformat("2024-03-25")]), ["2024-03-25"]),
        (pa.array([datetime.fromisoformat("2024-03-25T09:00")]), ["2024-03-25T09:00:00"]),
        (pa.array([True, None, False]), ["true", None, "false"]),
        (pa.array(["甲", None, ""]), ["甲", None, ""]),
        (pa.array(["甲", "乙", "甲"]).dictionary_encode(), ["甲", "乙", "甲"]),
    ],
)
def test_a_cell_is_the_text_that_csv_would_hold(values: pa.Array, texts: list[str | None]) -> None:
    rows = parquet_rows(parquet({"value": values}), "prices.parquet", out := Collector())
    assert out.findings == []
    assert rows is not None
    assert [cells[0] for cells, _ in rows] == ["value", *texts]


def test_an_index_of_pandas_is_a_column(tables: Tables) -> None:
    import pandas as pd

    content = io.BytesIO()
    pd.DataFrame(ROWS, columns=list(HEAD)).set_index("model_id").to_parquet(content)
    tables.come_from("path: prices.parquet", "format: parquet")
    tables.write("prices.parquet", content.getvalue())
    assert tables.desk.check() == ""


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b"model_id,vendor", "1:1: error[LOD305]: no Parquet file that can be read: "),
        (prices()[:-50], "1:1: error[LOD305]: no Parquet file that can be read: "),
        (
            prices(output=["60", "many"]),
            "2:5: error[LOD302]: `output` must be a number, found `many`, in row 2",
        ),
        (
            prices(output=[float("nan"), 1.0]),
            "1:5: error[LOD302]: `output` must be a number, found `NaN`, in row 1",
        ),
        (
            prices(output=[[1], [2]]),
            "1:5: error[LOD307]: `output` holds a `list`, in row 1\n"
            "  = help: tables hold texts, numbers, dates and `true` or `false`",
        ),
        (
            prices(extra=[1, 2]),
            "1:1: error[LOD301]: column `extra` is not described in `tables/datapackage.yaml`",
        ),
        (
            prices(model_id=["a", "a"]),
            "2:1: error[LOD303]: duplicate row `a`, in row 2\n  = help: first given in row 1",
        ),
    ],
)
def test_what_can_be_wrong_in_a_parquet_file(content: bytes, shown: str, tables: Tables) -> None:
    tables.come_from("path: prices.parquet", "format: parquet")
    tables.write("prices.parquet", content)
    assert tables.desk.check().startswith(f"{HERE}/prices.parquet:{shown}")
    assert len(tables.desk.findings()) == 1
