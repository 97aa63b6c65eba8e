"""Rating schemes: which bands claim which returns, under four readings."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from briefgen.model.rating import (
    INFINITY,
    Benchmark,
    Bound,
    Horizon,
    RatingClass,
    Reading,
    Scheme,
)
from briefgen.model.stretches import stretches

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


def gaps(tried: Scheme) -> list[str]:
    return [str(stretch) for stretch in stretches(tried) if stretch.is_gap]


def overlaps(tried: Scheme) -> list[str]:
    return [str(stretch) for stretch in stretches(tried) if stretch.is_overlap]


def disputed(tried: Scheme) -> list[str]:
    return [str(stretch) for stretch in stretches(tried) if stretch.is_disputed]


@pytest.mark.parametrize(
    ("kind", "at", "closed", "opened", "lower", "upper"),
    [
        ("stock", 20, "买入 增持", "买入", "买入", "买入 增持"),
        ("stock", 10, "增持 持有", "", "增持", "持有"),
        ("stock", -10, "持有 卖出", "卖出", "持有 卖出", "卖出"),
        ("sector", 5, "强于大市 中性", "强于大市", "强于大市", "强于大市 中性"),
        ("sector", -5, "中性 弱于大市", "弱于大市", "中性 弱于大市", "弱于大市"),
    ],
)
def test_who_claims_the_bounds_of_a_published_scheme(
    kind: str, at: int, closed: str, opened: str, lower: str, upper: str
) -> None:
    """What the printed table leaves open comes out as it was worked out by hand."""
    read = Scheme.model_validate(
        yaml.safe_load(TFZQ.read_text(encoding="utf-8"))["schemes"][kind], strict=False
    )
    expected = dict(zip(Reading, (closed, opened, lower, upper), strict=True))
    for reading, labels in expected.items():
        assert read.claimants(Decimal(at), reading) == tuple(labels.split())


@pytest.mark.parametrize("kind", ["stock", "sector"])
def test_between_the_bounds_a_published_scheme_is_definite(kind: str) -> None:
    read = Scheme.model_validate(yaml.safe_load(TFZQ.read_text(encoding="utf-8"))["schemes"][kind])
    found = [stretch for stretch in stretches(read) if stretch.is_disputed]
    assert [stretch.low for stretch in found] == [stretch.high for stretch in found]
    assert read.unstated_bounds() == tuple(stretch.low for stretch in found)
    assert read.bounds() == tuple(sorted(read.bounds(), reverse=True))


def test_a_sound_scheme_parts_the_line() -> None:
    sound = scheme(band("high", "[5"), band("mid", "[-5", "(5"), band("low", None, "(-5"))
    assert [(str(s), s.claims[0]) for s in stretches(sound)] == [
        ("[5%, ∞)", ("high",)),
        ("[-5%, 5%)", ("mid",)),
        ("(-∞, -5%)", ("low",)),
    ]
    assert gaps(sound) == overlaps(sound) == disputed(sound) == []


def test_a_gap_between_two_bands() -> None:
    assert gaps(scheme(band("high", "[10"), band("low", None, "[5"))) == ["(5%, 10%)"]
    assert gaps(scheme(band("high", "(10"), band("low", None, "(5"))) == ["[5%, 10%]"]


def test_a_gap_at_a_single_return() -> None:
    assert gaps(scheme(band("high", "(5"), band("low", None, "(5"))) == ["5%"]


def test_an_overlap_of_two_bands() -> None:
    assert overlaps(scheme(band("high", "(5"), band("low", None, "(10"))) == ["(5%, 10%)"]
    assert overlaps(scheme(band("high", "[5"), band("low", None, "[10"))) == ["[5%, 10%]"]


@pytest.mark.parametrize(
    ("bands", "missing"),
    [
        ([("low", None, "[5")], "(5%, ∞)"),
        ([("low", None, "(5")], "[5%, ∞)"),
        ([("high", "[5", None)], "(-∞, 5%)"),
    ],
)
def test_a_missing_tail(bands: list[tuple[str, str | None, str | None]], missing: str) -> None:
    (tail,) = (s for s in stretches(scheme(*(band(*one) for one in bands))) if s.is_gap)
    assert (str(tail), tail.is_tail) == (missing, True)


def test_a_bound_that_one_side_leaves_open_is_disputed_and_no_gap() -> None:
    open_end = scheme(band("high", "(5"), band("low", None, "5"))
    assert disputed(open_end) == ["5%"]
    assert gaps(open_end) == overlaps(open_end) == []


def test_a_band_without_bounds_claims_everything() -> None:
    everything = scheme(band("all"))
    assert everything.bounds() == ()
    assert gaps(everything) == overlaps(everything) == []
    assert overlaps(scheme(band("all"), band("again"))) == ["(-∞, ∞)"]
    assert everything.claimants(INFINITY, Reading.OPEN) == ("all",)


def test_a_band_upside_down_claims_nothing() -> None:
    assert band("mid", "10", "5").is_inverted
    assert not band("point", "[5", "[5").is_inverted
    assert gaps(scheme(band("mid", "10", "5"))) == ["(-∞, ∞)"]


def test_the_order_is_that_of_the_bands() -> None:
    shuffled = scheme(band("mid", "[-5", "(5"), band("low", None, "(-5"), band("high", "[5"))
    assert [rating.label for rating in shuffled.from_best] == ["high", "mid", "low"]
    assert shuffled.labels == ("mid", "low", "high")
    assert shuffled.rank("low") == 2
    bare = scheme(band("mid"), band("high", "[5"))
    assert [rating.label for rating in bare.from_best] == ["mid", "high"]


@pytest.mark.parametrize(
    ("ends", "written"),
    [
        ((None, None), "any return"),
        (("[5", None), "5% or more"),
        (("(5", None), "above 5%"),
        ((None, "-5"), "-5% or less"),
        ((None, "(-5"), "below -5%"),
        (("[-5", "(5"), "[-5%, 5%)"),
        (("[-5", "5"), "-5% to 5%"),
    ],
)
def test_bands_in_messages(ends: tuple[str | None, str | None], written: str) -> None:
    assert band("x", *ends).written() == written


def test_benchmarks_are_a_name_or_say_more() -> None:
    names = {"CN": "沪深 300 指数", "US": {"names": ["标普 500 指数", "纳斯达克综合指数"]}}
    given = scheme(band("all")).model_dump() | {"benchmarks": names}
    read = Scheme.model_validate(given)
    assert read.benchmark("CN") == Benchmark(names=("沪深 300 指数",))
    assert read.benchmark("US").names == ("标普 500 指数", "纳斯达克综合指数")
    assert read.benchmark("HK") is None
    everywhere = Scheme.model_validate(given | {"benchmarks": {"all": "MSCI 中国指数"}})
    assert everywhere.benchmark("HK") == Benchmark(names=("MSCI 中国指数",))


def test_a_horizon_may_be_a_range() -> None:
    assert [str(Horizon(months=6)), str(Horizon(months=6, up_to=12))] == ["6", "6–12"]
    assert (Horizon(months=6).longest, Horizon(months=6, up_to=12).longest) == (6, 12)


@pytest.mark.parametrize(
    ("included", "is_lower", "expected"),
    [
        (True, True, (True, True, True, True)),
        (False, False, (False, False, False, False)),
        (None, True, (True, False, True, False)),
        (None, False, (True, False, False, True)),
    ],
)
def test_readings_decide_only_what_the_source_leaves_open(
    included: bool | None, is_lower: bool, expected: tuple[bool, ...]
) -> None:
    bound = Bound(at=Decimal(5), included=included)
    assert tuple(bound.includes(reading, is_lower) for reading in Reading) == expected


def test_stretches_agree_with_trying_every_return() -> None:
    """Random schemes: a return lies in one stretch, which names the classes that claim it."""
    draw = random.Random(5)
    for _ in range(200):
        classes = []
        for label in "abcd"[: draw.randint(1, 4)]:
            low, high = sorted(draw.choices(range(-3, 4), k=2))
            ends = (f"{draw.choice(['[', '(', ''])}{end}" for end in (low, high))
            classes.append(band(label, *(draw.choice([end, end, None]) for end in ends)))
        tried = scheme(*classes)
        found = stretches(tried)
        for halves in range(-9, 10):
            value = Decimal(halves) / 2
            (held,) = (
                s
                for s in found
                if s.low < value < s.high
                or (value == s.low and s.has_low)
                or (value == s.high and s.has_high)
            )
            assert held.claims == tuple(tried.claimants(value, reading) for reading in Reading)
