"""Rules on ratings that find something together, or that only ask."""

import shutil
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.model.verdict import Outcome, Verdict
from briefgen.workspace import open_workspace

SMALL = Path(__file__).parents[1] / "small_desk"
NEUTRAL = "{label: 中性, lower: {at: -5, included: false}, upper: {at: 5, included: false}}"
UPSIDE_DOWN = "{label: 中性, lower: {at: 5, included: false}, upper: {at: -5, included: false}}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "desk")) / "data"


def checked(data: Path) -> dict[str, Verdict]:
    opened = open_workspace(data.parent)
    assert opened.value is not None
    report = pipeline.check(opened.value, "note").report
    assert report is not None
    return {verdict.code: verdict for verdict in report.verdicts}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_band_upside_down_does_not_hide_the_gap_that_it_leaves(data: Path) -> None:
    edit(data / "brokerages/house.yaml", NEUTRAL, UPSIDE_DOWN)
    verdicts = checked(data)
    assert verdicts["CHK205"].outcome is Outcome.FAIL
    assert verdicts["CHK202"].reasons == ("no class of the sector scheme claims (-5%, 5%)",)


@pytest.mark.parametrize(
    ("call", "outcome", "reason"),
    [
        (
            "label: 强于大市, target: t",
            Outcome.NOT_EVALUABLE,
            "the target price of 计算机 stands without the price",
        ),
        (
            "label: 强于大市, target: t, price: price",
            Outcome.NEEDS_HUMAN,
            "a target below the price of 计算机 goes with `强于大市`, "
            "by the return of the benchmark",
        ),
        (
            "label: 弱于大市, target: price, price: t",
            Outcome.NEEDS_HUMAN,
            "a target above the price of 计算机 goes with `弱于大市`, "
            "by the return of the benchmark",
        ),
        (
            "label: 强于大市, target: price, price: t",
            Outcome.NOT_EVALUABLE,
            "target and price do not say the return against the benchmark",
        ),
    ],
)
def test_a_target_price_under_a_relative_scheme(
    data: Path, call: str, outcome: Outcome, reason: str
) -> None:
    note = data / "briefings/note"
    old = "rating: {label: 中性, action: maintain, previous: 中性}"
    edit(note / "briefing.yaml", old, f"rating: {{{call}, action: initiate}}")
    with (note / "facts.yaml").open("a", encoding="utf-8") as facts:
        facts.write("t: {value: 50, unit: CNY, as_of: 2024-03-23, source: report}\n")
    verdict = checked(data)["CHK214"]
    assert (verdict.outcome, verdict.reasons) == (outcome, (reason,))


def test_prose_advises_a_company_that_is_only_introduced(data: Path) -> None:
    note = data / "briefings/note"
    with (data / "securities.csv").open("a", encoding="utf-8") as securities:
        securities.write("example,示例股份\n")
    last = "  - {kind: ratings, title: 评级定义}\n"
    profile = "{security: example, business: 办公软件}"
    added = f"  - kind: profiles\n    title: 公司\n    items: [{profile}]\n"
    edit(note / "briefing.yaml", last, last + added)
    edit(note / "pricing.md", "两款模型的价格如下。", "关注金山办公、示例股份。")
    (reason,) = checked(data)["CHK505"].reasons
    assert reason == "`关注` stands beside `示例股份`, recommendations.yaml does not name it"
