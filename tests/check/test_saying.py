"""Whether a text stands in an edition."""

from __future__ import annotations

import pytest

from briefgen.check.saying import flow, number_in, squeezed


def test_white_space_and_wide_forms_make_no_difference() -> None:
    assert squeezed("题（一）：\u200b60\xa0元，\n续") == squeezed("题(一):60 元,续")


def test_lines_along_the_edges_are_left_out_with_their_page_numbers() -> None:
    pages = tuple(f"页眉\n正文{word}\n页脚 {n} / 3" for n, word in enumerate("甲乙丙", start=1))
    assert flow(pages) == "正文甲\n正文乙\n正文丙"


def test_what_stands_on_every_page_within_the_text_stays() -> None:
    body = "\n".join(["图", "文一", "文二", "资料来源：甲", "文三", "文四", "文五", "文六"])
    pages = tuple(f"{body}\n页脚 {n} / 3" for n in (1, 2, 3))
    assert flow(pages).count("资料来源:甲") == 3
    assert "页脚" not in flow(pages)


def test_what_is_broken_over_two_pages_stands_together() -> None:
    assert "60元" in squeezed(flow(("页眉\n价格 60\n1 / 2", "页眉\n元/百万\n2 / 2")))


def test_one_page_is_taken_whole() -> None:
    assert flow(("页眉\n正文",)) == "页眉\n正文"


@pytest.mark.parametrize(
    ("number", "text", "found"),
    [
        ("60 元", "价格 60\n元。", True),
        ("60 元", "600 元", False),
        ("60 元", "160 元", False),
        ("60 元", "1,60 元", False),
        ("60 元", "20 元,60 元", True),
        ("6", "60", False),
        ("6", "6.5", False),
        ("6", "6.", True),
        ("6", "在 6 个月内", True),
        ("两大", "两\n大", True),
        ("−5.0%", "(−5.0%)", True),
    ],
)
def test_a_number_is_found_where_it_is_no_part_of_another(
    number: str, text: str, found: bool
) -> None:
    assert bool(number_in(number).search(text)) == found
