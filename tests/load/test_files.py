"""Files that cannot be read: missing, a folder in their place, not UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Desk

HERE = "data/briefings/tfzq-kimi-2024-03-25"


@pytest.mark.parametrize(
    "file",
    [
        "data/sources.yaml",
        "data/units.yaml",
        "data/securities.csv",
    ],
)
def test_a_shared_file_is_missing(desk: Desk, file: str) -> None:
    desk.delete(file)
    assert desk.check() == f"{file}:1:1: error[LOD101]: the file is missing\n"


def test_a_prose_file_is_missing(desk: Desk) -> None:
    desk.delete(f"{HERE}/survey.md")
    assert desk.check() == (
        f"{HERE}/briefing.yaml:44:12: error[LOD101]: there is no file `survey.md`\n"
        "   |\n"
        "44 |     prose: survey.md\n"
        "   |            ^^^^^^^^^\n"
        "   = help: known: `chain.md`, `competition.md`, `overview.md`, `pricing.md`, "
        "`recommendations.md`\n"
    )


@pytest.mark.parametrize(
    "file",
    [
        "data/units.yaml",
        f"{HERE}/facts.yaml",
        f"{HERE}/exhibits.yaml",
        f"{HERE}/recommendations.yaml",
        f"{HERE}/survey.md",
        f"{HERE}/tables/datapackage.yaml",
        f"{HERE}/tables/prices.csv",
    ],
)
def test_a_folder_stands_in_place_of_a_file(desk: Desk, file: str) -> None:
    desk.delete(file)
    (desk.root / file).mkdir()
    assert desk.check() == f"{file}:1:1: error[LOD101]: cannot be read: is a directory\n"


@pytest.mark.parametrize(
    "file",
    [
        "data/sources.yaml",
        f"{HERE}/facts.yaml",
        f"{HERE}/survey.md",
        f"{HERE}/tables/prices.csv",
    ],
)
def test_a_file_that_is_not_utf8_is_shown_at_its_first_wrong_byte(desk: Desk, file: str) -> None:
    desk.write(file, "第一行\n价格 ".encode() + "价".encode("gb18030") + b"\n")
    assert desk.check() == (
        f"{file}:2:4: error[LOD101]: not UTF-8: byte 0xbc\n  = help: save the file as UTF-8\n"
    )


def test_a_file_name_with_a_null_character(desk: Desk) -> None:
    desk.edit(f"{HERE}/briefing.yaml", "prose: survey.md", r'prose: "survey\0.md"')
    assert desk.check().splitlines()[0] == (
        f"{HERE}/briefing.yaml:44:12: error[LOD101]: no file name holds a null character"
    )


def test_a_link_that_leads_out_of_the_folder(desk: Desk) -> None:
    desk.write("secret.md", "秘密\n")
    desk.delete(f"{HERE}/survey.md")
    (desk.root / HERE / "survey.md").symlink_to(desk.root / "secret.md")
    assert desk.check().splitlines()[0] == (
        f"{HERE}/briefing.yaml:44:12: error[LOD109]: `survey.md` leaves its folder"
    )


@pytest.mark.parametrize("file", ["facts.yaml", "survey.md", "tables/prices.csv"])
def test_byte_order_mark_and_windows_line_ends_change_nothing(desk: Desk, file: str) -> None:
    text = desk.read(f"{HERE}/{file}")
    desk.write(f"{HERE}/{file}", "\ufeff" + text.replace("\n", "\r\n"))
    assert desk.check() == ""


def test_the_caret_is_right_behind_a_byte_order_mark(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", "\ufeff样本 {{ nothing_of_it }}。\r\n")
    assert desk.check().splitlines()[:4] == [
        f"{HERE}/survey.md:1:7: error[LOD402]: unknown fact `nothing_of_it`",
        "  |",
        "1 | 样本 {{ nothing_of_it }}。",
        "  |         ^^^^^^^^^^^^^",
    ]
