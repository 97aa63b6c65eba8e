"""Docstrings of fields, as JSON Schema shows them."""

from pydantic import Field

from briefgen.draw.charts.line import Line
from briefgen.model.brokerage import Brokerage
from briefgen.model.docstrings import field_docstrings
from briefgen.model.exhibit import Chart
from briefgen.model.rating import Benchmark
from briefgen.model.value import Text, Value


def test_fields_are_described_by_what_stands_below_them() -> None:
    assert field_docstrings(Benchmark)["rule"] == "When which of them holds."
    described = Brokerage.model_json_schema()["$defs"]["Benchmark"]["anyOf"][1]["properties"]
    assert described["rule"]["description"] == "When which of them holds."


def test_inherited_fields_keep_their_description() -> None:
    assert field_docstrings(Chart).items() <= field_docstrings(Line).items()
    assert field_docstrings(Chart)


def test_a_class_of_another_package_has_none() -> None:
    class Other(Value):
        name: Text = Field(alias="called")
        """A name."""

    assert field_docstrings(Other) == {}
    assert "description" not in Other.model_json_schema()["properties"]["called"]
