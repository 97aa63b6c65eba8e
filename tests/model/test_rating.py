"""Rating schemes: which bands claim which returns, under three readings."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from briefgen.model.rating import INFINITY, Bound, RatingClass, Reading, Scheme

TFZQ = Path(__file__).parents[2] / "data" / "brokerages" / "tfzq.yaml"


def band(label: str, lower: str | None = None, upper: str | None = None) -> RatingClass:
    """A band; `[5` includes the bound, `(5` does not, `5` does not say."""

    def bound(text: str | None) -> Bound | None:
        if text is None:
            return None
        included = {"[": True, "(": False}.get(text[0])
        return Bound(at=Decimal(text.lstrip("[(")), included=included)

    return RatingClass(label=label, lower=bound(lower), upper=bound(upper))


def scheme(*classes: RatingClass) -> Scheme:
    return Scheme(
        measure="relative_return",
        horizon={"months": 6},
        benchmarks={"CN": "沪深 300 指数"},
        classes=classes,
    )


def faults(tried: Scheme, reading: Reading) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(str(low), str(high), labels) for low, high, labels in tried.faults(reading)]


@pytest.mark.parametrize(
    ("kind", "at", "closed", "opened", "lower"),
    [
        ("stock", 20, "买入 增持", "买入", "买入"),
        ("stock", 10, "增持 持有", "", "增持"),
        ("stock", -10, "持有 卖出", "卖出", "持有 卖出"),
        ("sector", 5, "强于大市 中性", "强于大市", "强于大市"),
        ("sector", -5, "中性 弱于大市", "弱于大市", "中性 弱于大市"),
    ],
)
def test_who_claims_the_bounds_of_a_published_scheme(
    kind: str, at: int, closed: str, opened: str, lower: str
) -> None:
    """What the printed table leaves open comes out as it was worked out by hand."""
    read = Scheme.model_validate(
        yaml.safe_load(TFZQ.read_text(encoding="utf-8"))["schemes"][kind], strict=False
    )
    expected = {Reading.CLOSED: closed, Reading.OPEN: opened, Reading.LOWER: lower}
    for reading, labels in expected.items():
        assert read.claimants(Decimal(at), reading) == tuple(labels.split())


@pytest.mark.parametrize("kind", ["stock", "sector"])
def test_between_the_bounds_a_published_scheme_is_definite(kind: str) -> None:
    read = Scheme.model_validate(yaml.safe_load(TFZQ.read_text(encoding="utf-8"))["schemes"][kind])
    for reading in Reading:
        assert all(low == high for low, high, _ in read.faults(reading))
    assert read.bounds() == tuple(sorted(read.bounds(), reverse=True))


def test_a_sound_scheme_has_no_faults() -> None:
    sound = scheme(band("high", "[5"), band("mid", "[-5", "(5"), band("low", None, "(-5"))
    assert [faults(sound, reading) for reading in Reading] == [[], [], []]


def test_a_gap_between_two_bands() -> None:
    gap = scheme(band("high", "[10"), band("low", None, "[5"))
    for reading in Reading:
        assert faults(gap, reading) == [("5", "10", ())]


def test_a_gap_at_a_single_return() -> None:
    gap = scheme(band("high", "(5"), band("low", None, "(5"))
    assert faults(gap, Reading.CLOSED) == [("5", "5", ())]


def test_an_overlap_of_two_bands() -> None:
    overlap = scheme(band("high", "(5"), band("low", None, "(10"))
    for reading in Reading:
        assert faults(overlap, reading) == [("5", "10", ("high", "low"))]


@pytest.mark.parametrize(
    ("bands", "missing"),
    [
        ([("low", None, "[5")], ("5", "Infinity", ())),
        ([("high", "[5", None)], ("-Infinity", "5", ())),
    ],
)
def test_a_missing_tail(
    bands: list[tuple[str, str | None, str | None]], missing: tuple[str, str, tuple[str, ...]]
) -> None:
    tried = scheme(*(band(*one) for one in bands))
    assert faults(tried, Reading.OPEN) == [missing]


def test_a_band_without_bounds_claims_everything() -> None:
    everything = scheme(band("all"))
    assert everything.bounds() == ()
    assert faults(everything, Reading.CLOSED) == []
    twice = scheme(band("all"), band("again"))
    assert faults(twice, Reading.CLOSED) == [("-Infinity", "Infinity", ("all", "again"))]
    assert everything.claimants(INFINITY, Reading.OPEN) == ("all",)


def test_a_band_upside_down_is_rejected() -> None:
    with pytest.raises(ValidationError, match="`lower` 10 is above `upper` 5"):
        band("mid", "10", "5")
    band("point", "[5", "[5")


@pytest.mark.parametrize(
    ("included", "is_lower", "expected"),
    [
        (True, True, (True, True, True)),
        (False, False, (False, False, False)),
        (None, True, (True, False, True)),
        (None, False, (True, False, False)),
    ],
)
def test_readings_decide_only_what_the_source_leaves_open(
    included: bool | None, is_lower: bool, expected: tuple[bool, ...]
) -> None:
    bound = Bound(at=Decimal(5), included=included)
    readings = (Reading.CLOSED, Reading.OPEN, Reading.LOWER)
    assert tuple(bound.includes(reading, is_lower) for reading in readings) == expected


def test_faults_agree_with_trying_every_return() -> None:
    """Random schemes: a return is claimed by one class exactly when no fault holds it."""
    draw = random.Random(5)
    for _ in range(200):
        classes = []
        for label in "abcd"[: draw.randint(1, 4)]:
            low, high = sorted(draw.choices(range(-3, 4), k=2))
            ends = (f"{draw.choice(['[', '(', ''])}{end}" for end in (low, high))
            classes.append(band(label, *(draw.choice([end, end, None]) for end in ends)))
        tried = scheme(*classes)
        for reading in Reading:
            found = list(tried.faults(reading))
            for halves in range(-9, 10):
                value = Decimal(halves) / 2
                claimants = tried.claimants(value, reading)
                held = [
                    labels
                    for low, high, labels in found
                    if low < value < high or low == value == high
                ]
                assert held == ([] if len(claimants) == 1 else [claimants])
