"""The Markdown of prose: what it names, and where."""

import pytest

from briefgen.model.markdown import Piece, parser, pieces, plain_runs


def html(text: str) -> str:
    return str(parser().render(text)).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**要点。**正文", "<strong>要点。</strong>正文"),
        ("前文**“要点”**后文", "前文<strong>“要点”</strong>后文"),
        ("（**要点**）后", "（<strong>要点</strong>）后"),
        ("价格*下降*，", "价格<em>下降</em>，"),
        ("**GPT-4：**输出", "<strong>GPT-4：</strong>输出"),
        ("**plain**, words", "<strong>plain</strong>, words"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_emphasis_beside_chinese_punctuation(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a <b>c</b>", "<!-- x -->", "![alt](logo.png)"]
)
def test_raw_html_and_images_stay_text(text: str) -> None:
    written = html(text)
    assert "<script" not in written
    assert "<b>" not in written
    assert "<!--" not in written
    assert "<img" not in written


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "vbscript:x", "data:text/html,x"])
def test_links_that_run_code_are_no_links(scheme: str) -> None:
    assert "href" not in html(f"[x]({scheme})")


def test_expressions_have_their_places() -> None:
    text = "价格为 {{ price }}。\n\n- 一\n- 二 {{ a / b | times(1) }} 和 {{ price }}\n"
    assert list(pieces(text)) == [
        Piece("expression", "price", 1, 8),
        Piece("expression", "a / b | times(1)", 4, 8),
        Piece("expression", "price", 4, 33),
    ]


def test_an_expression_is_not_mistaken_for_the_same_word_before_it() -> None:
    text = "output 为 {{ output }}，见 output {{ output }} [](#output)"
    assert [piece.column for piece in pieces(text)] == [13, 35, 49]


def test_an_expression_by_itself_and_one_over_two_lines() -> None:
    text = "{{ whole }}\n\n甲 {{ a +\nb }} 乙 {{ c }}\n丙 {{ d }}\n"
    found = {piece.text: (piece.line, piece.column) for piece in pieces(text)}
    assert found == {"whole": (1, 4), "a +\nb": (3, 6), "c": (4, 11), "d": (5, 6)}


def test_expressions_in_emphasis_headings_and_quotes() -> None:
    text = "## {{ head }}\n\n> **{{ strong }}**\n"
    assert [(p.text, p.line, p.column) for p in pieces(text)] == [
        ("head", 1, 7),
        ("strong", 3, 8),
    ]


def test_an_expression_in_code_is_none() -> None:
    assert list(pieces("`{{ price }}`\n\n```\n{{ price }}\n```\n")) == []


def test_directives() -> None:
    text = "文。\n\n:::{figure} prices\n:::\n\n:::{table} rows.x\n:::\n\n:::{note} hello\n:::\n"
    assert list(pieces(text)) == [
        Piece("exhibit", "prices", 3, 13),
        Piece("exhibit", "rows.x", 6, 12),
        Piece("directive", "{note} hello", 9, 4),
    ]


def test_links_within_and_to_sites() -> None:
    text = "见[](#token-prices)和[风险](#risks)，[网站](https://example.org)"
    assert list(pieces(text)) == [
        Piece("link", "token-prices", 1, 6),
        Piece("link", "risks", 1, 26),
        Piece("site", "https://example.org", 1, 38),
    ]


def test_plain_runs_hold_code_and_leave_out_expressions() -> None:
    text = "甲 60 {{ a60 }} 乙 61\n丙 `62` **63**\n"
    assert list(plain_runs(text)) == [
        ("甲 60 ", 1, 1),
        (" 乙 61", 1, 15),
        ("丙 ", 2, 1),
        ("62", 2, 4),
        ("63", 2, 10),
    ]


def test_links_targets_are_no_text() -> None:
    assert [run for run, *_ in plain_runs("见[图](#chart-2024)")] == ["见", "图"]
