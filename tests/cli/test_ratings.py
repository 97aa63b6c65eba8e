"""`briefgen ratings`: the schemes as table and bands, and the class of a return."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete

from briefgen.cli.bands import aligned
from briefgen.cli.main import cli
from briefgen.diagnostics.show import cells

if TYPE_CHECKING:
    from tests.conftest import Desk

TFZQ_STOCK = """\
stock ratings of tfzq (天风证券): return against the benchmark

RATING  BAND                           MONTHS  BENCHMARK
买入    20% or more                    6       CN 沪深 300 指数
增持    10% to 20% (side not stated)   6       CN 沪深 300 指数
持有    -10% to 10% (side not stated)  6       CN 沪深 300 指数
卖出    -10% or less                   6       CN 沪深 300 指数

              -10%       10%       20%
买入                                [=========>
增持                      ?=========?
持有            ?=========?
卖出  <=========]
                !         !         !

! 20%: 买入 and 增持 (all ends or upper ends included), 买入 (no end or lower ends included)
! 10%: 增持 and 持有 (all ends included), no class (no end included), \
增持 (lower ends included), 持有 (upper ends included)
! -10%: 持有 and 卖出 (all ends or lower ends included), 卖出 (no end or upper ends included)
"""
SPDBI = """\
RATING  BAND                            MONTHS  BENCHMARK
买入    above 0% (no number printed)    12      个股所属的行业指数
持有    exactly 0% (no number printed)  12      个股所属的行业指数
卖出    below 0% (no number printed)    12      个股所属的行业指数

               0%
买入            (=========>
持有            *
卖出  <=========)
"""
SPDBI_SECTOR = """\
              -10%       10%
超配                      [=========>
标配            (=========)
低配  <=========)
                !

! -10%: no class
"""
OVERLAP = """\
              -10%       -5%       10%       20%
超配                                [===================>
标配                      [===================]
低配  <=========)
                !!!!!!!!!!          !!!!!!!!!!!

! [10%, 20%]: 超配 and 标配
! [-10%, -5%): no class
"""


def test_the_schemes_of_all_brokerages(desk: Desk) -> None:
    done = desk.run("ratings")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "galaxy      中国银河证券                no schemes" in lines
    assert [line.split()[-2:] for line in lines if line.startswith("tfzq ")] == [
        ["3", "faults"],
        ["2", "faults"],
    ]
    (sound,) = (line for line in lines if line.endswith("each return has one class"))
    assert sound.split()[:3] == ["spdbi", "浦银国际", "stock"]


def test_a_scheme_as_table_and_bands(desk: Desk) -> None:
    done = desk.run("ratings", "tfzq")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(TFZQ_STOCK)
    assert "\nsector ratings of tfzq (天风证券)" in done.stdout


def test_bands_without_width_and_gaps_are_marked(desk: Desk) -> None:
    shown = desk.run("ratings", "spdbi").stdout
    assert SPDBI in shown
    assert shown.endswith(SPDBI_SECTOR)


def test_gaps_and_overlaps_are_marked(desk: Desk) -> None:
    desk.edit(
        "data/brokerages/spdbi.yaml",
        "{label: 标配, lower: {at: -10, included: false}, upper: {at: 10, included: false}}",
        "{label: 标配, lower: {at: -5, included: true}, upper: {at: 20, included: true}}",
    )
    shown = desk.run("ratings", "spdbi").stdout
    assert shown.endswith(OVERLAP)


def test_a_house_without_schemes(desk: Desk) -> None:
    done = desk.run("ratings", "galaxy")
    assert (done.exit_code, done.stdout) == (0, "galaxy (中国银河证券) defines no ratings\n")


def test_columns_line_up_under_ideographs() -> None:
    lines = list(aligned([("买入", "x", "a"), ("ab", "银河", "b"), ("", "", "c")]))
    assert [cells(line[: line.rindex(mark)]) for line, mark in zip(lines, "abc", strict=True)] == [
        12,
        12,
        12,
    ]


@pytest.mark.parametrize(
    ("arguments", "label"),
    [
        (["tfzq", "--kind", "stock", "--excess", "12.5%"], "增持"),
        (["tfzq", "--excess", "12.5"], "增持"),
        (["tfzq", "--excess", "-3%"], "持有"),
        (["tfzq", "--excess", "-10.01 %"], "卖出"),
        (["tfzq", "--excess", "\N{MINUS SIGN}12%"], "卖出"),
        (["tfzq", "--excess", "１２．５％"], "增持"),
        (["spdbi", "--excess", "0"], "持有"),
        (["spdbi", "--kind", "sector", "--excess", "10%"], "超配"),
    ],
)
def test_the_class_of_a_return(desk: Desk, arguments: list[str], label: str) -> None:
    done = desk.run("ratings", "classify", *arguments)
    assert (done.exit_code, done.stdout.partition(": ")[2], done.stderr) == (0, f"{label}\n", "")


@pytest.mark.parametrize(("given", "is_warned"), [("0.125", True), ("0.125%", False)])
def test_the_value_that_was_read_is_said(desk: Desk, given: str, is_warned: bool) -> None:
    done = desk.run("ratings", "classify", "tfzq", "--excess", given)
    assert done.stdout == "0.125%: 持有\n"
    warning = "warning: '0.125' is read as 0.125%, not as 12.5%\n"
    assert done.stderr == (warning if is_warned else "")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (
            ["tfzq", "--excess", "10%"],
            "10%: cannot say: the scheme does not state to which class this bound belongs\n"
            "  all ends included: 增持 and 持有\n"
            "  no end included: no class\n"
            "  lower ends included: 增持\n"
            "  upper ends included: 持有\n",
        ),
        (
            ["spdbi", "--kind", "sector", "--excess", "-10%"],
            "-10%: cannot say: no class claims it\n",
        ),
        (
            ["tfzq", "--return", "12.5%"],
            "12.5%: cannot say: the stock ratings of tfzq measure the return against the "
            "benchmark: give --excess\n",
        ),
        (["galaxy", "--excess", "5"], "5%: cannot say: galaxy defines no stock ratings\n"),
    ],
)
def test_why_a_return_has_no_class(desk: Desk, arguments: list[str], shown: str) -> None:
    done = desk.run("ratings", "classify", *arguments)
    assert (done.exit_code, done.stdout, done.stderr) == (1, shown, "")


def test_an_absolute_scheme_wants_the_return_itself(desk: Desk) -> None:
    file = "data/brokerages/spdbi.yaml"
    desk.write(file, desk.read(file).replace("relative_return", "absolute_return"))
    assert desk.run("ratings", "classify", "spdbi", "--return", "-3%").stdout == "-3%: 卖出\n"
    done = desk.run("ratings", "classify", "spdbi", "--excess", "-3%")
    assert (done.exit_code, done.stdout.splitlines()[0][-13:]) == (1, "give --return")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["tfz"], "there is no brokerage `tfz`; did you mean `tfzq`?"),
        (["classify", "tfzq"], "give either --excess or --return"),
        (["classify", "tfzq", "--excess", "1", "--return", "2"], "give either --excess or"),
        (["classify", "tfzq", "--excess", "viel"], "'viel' is no percentage like 12.5, 12.5% or"),
        (["classify", "tfzq", "--excess", "1e3"], "'1e3' is no percentage"),
        (["classify", "tfzq", "--kind", "bond", "--excess", "1"], "'bond' is not one of"),
        (["classify", "../x", "--excess", "1"], "there is no brokerage `../x`"),
    ],
)
def test_wrong_usage(desk: Desk, arguments: list[str], shown: str) -> None:
    done = desk.run("ratings", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert shown in done.stderr


def test_a_brokerage_with_errors(desk: Desk) -> None:
    desk.edit("data/brokerages/tfzq.yaml", "legal_name: ", "legal_nam: ")
    done = desk.run("ratings", "tfzq")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "error[LOD103]: unknown key `legal_nam`" in done.stderr


def test_schemes_for_other_programs(desk: Desk) -> None:
    (scheme,) = json.loads(desk.run("ratings", "spdbi", "--json").stdout).values()
    sector = scheme["schemes"]["sector"]
    assert sector["classes"][0]["label"] == "超配"
    assert sector["faults"] == [
        {"returns": "-10%", "claims": {"closed": [], "open": [], "lower": [], "upper": []}}
    ]
    assert "tfzq" in json.loads(desk.run("ratings", "--json").stdout)


def test_a_class_for_other_programs(desk: Desk) -> None:
    done = desk.run("ratings", "classify", "tfzq", "--excess", "12.50%", "--json")
    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["rating"], answer["reason"]) == (0, "增持", None)
    done = desk.run("ratings", "classify", "tfzq", "--excess", "20%", "--json")
    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["rating"]) == (1, None)
    assert answer["readings"] == {
        "closed": ["买入", "增持"],
        "open": ["买入"],
        "lower": ["买入"],
        "upper": ["买入", "增持"],
    }


@pytest.mark.parametrize(
    ("words", "start", "offered"),
    [
        (["ratings"], "tf", ["tfzq"]),
        (["ratings"], "c", ["classify"]),
        (["ratings", "classify"], "spd", ["spdbi"]),
    ],
)
def test_shells_complete_brokerages(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    start: str,
    offered: list[str],
) -> None:
    monkeypatch.chdir(desk.root)
    complete = ShellComplete(cli, {}, "briefgen", "_BRIEFGEN_COMPLETE")
    assert [item.value for item in complete.get_completions(words, start)] == offered
