"""The text of a PDF, as a reader would copy it."""

from __future__ import annotations

import pytest

from briefgen.model.edition import Page
from briefgen.readback.paper import _closed_up, read_pdf
from briefgen.typeset.weasy import typeset


def read(body: str, css: str = "") -> tuple[tuple[str, ...], dict[str, str]]:
    head = '<title>题</title><meta name="description" content="草稿">'
    style = f"@page {{ size: 60mm 40mm; margin: 5mm }} body {{ font: 10pt Noto Sans CJK SC }}{css}"
    html = f'<html lang="zh-CN"><head>{head}<style>{style}</style></head><body>{body}</body></html>'
    made = typeset(Page(html=html))
    assert made.value is not None, made.findings
    return read_pdf(made.value.content)[:2]


def test_pages_in_reading_order() -> None:
    pages, _ = read('<p>第一页</p><p style="break-before: page">第二页</p>')
    assert pages == ("第一页", "第二页")


def test_metadata() -> None:
    _, metadata = read("<p>文</p>")
    assert (metadata["Title"], metadata["Subject"]) == ("题", "草稿")


def test_lines_that_are_justified_hold_no_spaces() -> None:
    text = "头部放量赛道分散，由此推算四月约有十八亿次，环比上升近四成。"
    pages, _ = read(f"<p>{text}</p>", "p { text-align: justify; width: 41mm }")
    assert len(pages[0].splitlines()) > 1
    assert pages[0].replace("\n", "") == text


def test_much_slack_leaves_no_spaces_either() -> None:
    text = "用量超过 Character.AI"
    pages, _ = read(f"<p>{text} Character.AI</p>", "p { text-align: justify; width: 32mm }")
    assert pages[0].splitlines()[0].startswith("用量超过")


def test_a_hyphen_at_the_end_of_a_line_is_kept() -> None:
    pages, _ = read("<p>模型 Qwen-Max-Long-Context-Model</p>", "p { width: 30mm }")
    assert "Qwen-Max-Long-Context-Model" in pages[0].replace("\n", "")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("全 球 ： 头 部 放 量 。Chat 5 月 访 问", "全球：头部放量。Chat 5 月访问"),
        ("公司 营收 同比 净利润 同比", "公司 营收 同比 净利润 同比"),
        ("类别 评级", "类别 评级"),
        ("行业 | 传媒", "行业 | 传媒"),
        ("plain words", "plain words"),
        ("", ""),
    ],
)
def test_only_slack_is_closed_up(line: str, text: str) -> None:
    assert _closed_up(line) == text
