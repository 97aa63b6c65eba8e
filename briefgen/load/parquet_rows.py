"""A Parquet file, every cell with its row."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import NamedPlace, Place
from briefgen.load.cells import Row, as_rows

if TYPE_CHECKING:
    import pandas as pd


def parquet_rows(content: bytes, file: str, out: Collector) -> list[Row] | None:
    """The rows of a Parquet file, its column names as the head. None after a finding.

    Reports: LOD305, LOD307.
    """
    import pandas as pd

    try:
        frame = pd.read_parquet(
            io.BytesIO(content),
            engine="pyarrow",
            dtype_backend="pyarrow",
            to_pandas_kwargs={"ignore_metadata": True},  # an index is a column like the others
        )
    except Exception as error:  # noqa: BLE001 pyarrow has errors of many kinds
        reason = " ".join(str(error).split())
        out.report("LOD305", f"no Parquet file that can be read: {reason}", Place(file))
        return None
    columns = [_values(frame.iloc[:, i]) for i in range(frame.shape[1])]

    def place(row: int, column: int) -> Place:
        return NamedPlace(file, row, column + 1, name=f"row {row}") if row else Place(file)

    return as_rows([str(name) for name in frame.columns], zip(*columns, strict=True), place, out)


def _values(column: pd.Series) -> list[object]:
    """Plain values, None for missing ones; numbers of 32 bits as short as they are meant."""
    import pandas as pd

    values = [None if value is pd.NA else value for value in column.tolist()]
    if str(column.dtype) == "float[pyarrow]":
        import numpy as np

        return [None if value is None else float(str(np.float32(value))) for value in values]
    return values
