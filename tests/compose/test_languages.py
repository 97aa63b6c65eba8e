"""Runs of Chinese in a document of another language, and languages that authors mark."""

import pytest

from briefgen.compose.languages import with_languages

ZH = '<span lang="zh-Hans">{}</span>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Hold (持有) is</p>", f"<p>Hold ({ZH.format('持有')}) is</p>"),
        (
            "<p>“Kimi 掀起，2024 年 AI 应用” of March</p>",
            f"<p>“Kimi {ZH.format('掀起，2024 年 AI 应用')}” of March</p>",
        ),
        ("<p>推荐 and 关注</p>", f"<p>{ZH.format('推荐')} and {ZH.format('关注')}</p>"),
        ("<p>《书名》 x</p>", f"<p>{ZH.format('《书名》')} x</p>"),
        ('<a title="中 > 文">x</a>', '<a title="中 > 文">x</a>'),
        ("<title>中</title><style>/*中*/</style><!-- 中 -->", None),
        ('<p><b lang="zh-Hant">中<b>文</b>字</b>中</p>', None),
    ],
)
def test_runs_of_chinese_are_marked(html: str, expected: str | None) -> None:
    unchanged = html.replace("</b>中</p>", f"</b>{ZH.format('中')}</p>")
    assert with_languages(f'<html lang="en">{html}</html>', "en") == (
        f'<html lang="en">{expected or unchanged}</html>'
    )


def test_a_chinese_document_stays_as_it_is() -> None:
    assert with_languages("<p>中 and 文</p>", "zh-CN") == "<p>中 and 文</p>"


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_an_author_marks_another_language(note, medium, text) -> None:
    note.write(overview_md="**一。**书名[繁體{{ price }}]{lang=zh-Hant}，[二]{{ price }}。\n")
    (span,) = (e for e in note.section("overview", medium).iter("span") if e.get("lang"))
    assert (span.get("lang"), text(span)) == ("zh-Hant", "繁體60 元")
    assert "[二]60 元" in text(note.section("overview", medium))
