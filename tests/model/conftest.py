"""Units and numbers for the tests of values."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from briefgen.model.number import Number
from briefgen.model.unit import UnitName, parse_unit

_UNITS = {
    "CNY": ("currency", "元", "CNY"),
    "USD": ("currency", "美元", "USD"),
    "tokens": ("count", "tokens", "tokens"),
    "companies": ("count", "家", "companies"),
    "years": ("time", "年", "years"),
}


@pytest.fixture(scope="session")
def units() -> dict[str, UnitName]:
    """What the tests count in."""
    return {
        name: UnitName(kind=kind, labels={"zh-CN": zh, "en": en})
        for name, (kind, zh, en) in _UNITS.items()
    }


@pytest.fixture(scope="session")
def fact(units: dict[str, UnitName]) -> Callable[..., Number]:
    """Makes a fact: `fact("price", "60", "CNY/1M tokens")`."""

    def make(name: str, value: str, unit: str = "1", **more: str) -> Number:
        return Number(
            value=Decimal(value),
            unit=parse_unit(unit, units),
            name=name,
            origin=f"facts.yaml#{name}",
            sources=(f"source-of-{name}",),
            **more,
        )

    return make
