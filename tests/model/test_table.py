"""Tables: cells by row key and column name, numbers with their evidence."""

from decimal import Decimal

import pytest

from briefgen.model.table import Column, Package, Table
from briefgen.model.unit import QuantityError, UnitName

PRICES = Table(
    name="prices",
    path="tables/prices.csv",
    columns=(
        Column(name="model", title="模型"),
        Column(name="vendor"),
        Column(name="input", type="number", unit="CNY/1M tokens"),
        Column(name="output", type="number", unit="CNY/1M tokens", as_of="2024-05", source="site"),
    ),
    key="model",
    as_of="2024-03-23",
    source="report",
    where="图 2",
    rows=(("kimi", "Moonshot", "60.0", "60"), ("gpt", "OpenAI", None, "217")),
)


def test_cells() -> None:
    assert PRICES.row_keys == ("kimi", "gpt")
    assert PRICES.column_names == ("model", "vendor", "input", "output")
    assert list(PRICES.cells("input")) == [("kimi", "60.0"), ("gpt", None)]
    assert PRICES.cell("gpt", "vendor") == "OpenAI"
    assert PRICES.column("model").title == "模型"


def test_a_number_knows_its_cell(units: dict[str, UnitName]) -> None:
    number = PRICES.number("kimi", "input", units)
    assert number is not None
    assert (number.value, number.printed, str(number.unit)) == (
        Decimal(60),
        "60.0",
        "CNY/1M tokens",
    )
    assert number.name == 'prices["kimi"].input'
    assert number.origin == "tables/prices.csv#kimi/input"
    assert (number.as_of, number.sources, number.where) == ("2024-03-23", ("report",), "图 2")


def test_a_column_may_have_its_own_evidence(units: dict[str, UnitName]) -> None:
    number = PRICES.number("gpt", "output", units)
    assert number is not None
    assert (number.as_of, number.sources) == ("2024-05", ("site",))


def test_a_missing_cell_is_no_number(units: dict[str, UnitName]) -> None:
    assert PRICES.number("gpt", "input", units) is None


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(QuantityError):
        PRICES.number("kimi", "input", {})


def test_unknown_rows_and_columns_are_not_guessed() -> None:
    with pytest.raises(KeyError):
        PRICES.cell("claude", "input")
    with pytest.raises(ValueError, match="not in tuple"):
        PRICES.cell("kimi", "price")


def test_descriptors_are_spelled_as_the_standard_spells_them() -> None:
    described = {
        "name": "p",
        "resources": [
            {
                "name": "prices",
                "path": "prices.csv",
                "asOf": "2024-03-23",
                "source": "report",
                "schema": {
                    "primaryKey": "model",
                    "missingValues": ["", "-"],
                    "fields": [{"name": "model"}, {"name": "input", "type": "number"}],
                },
            }
        ],
    }
    package = Package.model_validate(described)
    schema = package.resources[0].schema_
    assert (schema.primary_key, schema.missing_values) == ("model", ("", "-"))
    assert [column.is_numeric for column in schema.fields] == [False, True]
    assert package.model_dump(exclude_unset=True) == {
        **described,
        "resources": (
            {
                **described["resources"][0],
                "schema": {
                    "primaryKey": "model",
                    "missingValues": ("", "-"),
                    "fields": ({"name": "model"}, {"name": "input", "type": "number"}),
                },
            },
        ),
    }
