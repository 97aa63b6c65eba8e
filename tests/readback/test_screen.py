"""The blocks of an HTML document, and where each stretch of their text comes from."""

from __future__ import annotations

import pytest

from briefgen.model.output import HtmlBlock
from briefgen.readback.screen import read_html


def blocks(body: str) -> tuple[HtmlBlock, ...]:
    return read_html(f"<!doctype html><html><body>{body}</body></html>".encode())[0]


def spans(body: str) -> list[tuple[str, str]]:
    (block,) = blocks(body)
    return [(span.text, span.kind) for span in block.spans]


def test_each_block_with_its_tag() -> None:
    html = "<h2>一</h2><p>二 <b>三</b></p><ul><li>四</ul><table><tr><th>五<td>六</table>"
    found = [(block.tag, block.text) for block in blocks(html)]
    assert found == [("h2", "一"), ("p", "二 三"), ("li", "四"), ("th", "五"), ("td", "六")]


def test_bound_numbers_and_what_templates_fill() -> None:
    html = (
        '<p>价格 <data value="60">60&nbsp;元</data>，<time>3 月</time>，'
        '<span data-from="sources">报告 <b>2</b></span>。</p>'
    )
    assert spans(html) == [
        ("价格 ", ""),
        ("60\xa0元", "data"),
        ("，", ""),
        ("3 月", "time"),
        ("，", ""),
        ("报告 2", "sources"),
        ("。", ""),
    ]


def test_a_number_inside_what_a_template_fills_is_bound() -> None:
    assert spans('<p data-from="table">a <data>1</data></p>') == [("a ", "table"), ("1", "data")]


def test_two_numbers_side_by_side_stay_two() -> None:
    assert spans("<p><data>1</data><data>2</data></p>") == [("1", "data"), ("2", "data")]


def test_section_figure_and_role_around_a_block() -> None:
    html = (
        '<p role="note">注</p><section id="pricing"><h2>价</h2>'
        '<figure id="prices"><figcaption>图</figcaption></figure><p>文</p></section><p>末</p>'
    )
    found = [(block.text, block.section, block.exhibit, block.role) for block in blocks(html)]
    assert found == [
        ("注", None, None, "note"),
        ("价", "pricing", None, None),
        ("图", "pricing", "prices", None),
        ("文", "pricing", None, None),
        ("末", None, None, None),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>  一\n  二  </p>", "一 二"),
        ("<p>一<br>二</p>", "一 二"),
        ("<p>a <b> b </b> c</p>", "a b c"),
        ("<p>&lt;1&gt; &amp;&#20013;</p>", "<1> &中"),
        ("<p>一<script>2</script><style>3</style>二</p>", "一二"),
        ("<p><span>\n</span>一</p>", "一"),
    ],
)
def test_text_is_what_a_browser_shows(html: str, text: str) -> None:
    assert [block.text for block in blocks(html)] == [text]


def test_metadata() -> None:
    html = (
        '<html lang="zh-CN"><head><title>题 – 社</title><meta charset="utf-8">'
        '<meta name="description" content="草稿"></head><body></body></html>'
    )
    found, metadata = read_html(html.encode())
    assert found == ()
    assert {key: metadata[key] for key in ("lang", "title", "description")} == {
        "lang": "zh-CN",
        "title": "题 – 社",
        "description": "草稿",
    }


@pytest.mark.parametrize("html", ["", "<p>", "</p></section>", "<p>一<section>", "文"])
def test_broken_html_is_read_as_far_as_it_goes(html: str) -> None:
    read_html(html.encode())
