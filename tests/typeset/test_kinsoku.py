"""No line begins with a closing mark or ends with an opening one, across elements too."""

import pytest

from briefgen.typeset.weasy import typeset
from tests.typeset.measured import measure

TEXTS = {
    "plain": "甲、乙（丙）“丁”，戊《己》。庚：辛；壬！癸？" * 5,
    "elements": "甲、<b>乙</b>（<a href='https://example.org'>丙</a>）<b>“丁”</b>，<i>戊</i>《<b>己</b>》："
    * 5,
    "gaps": "是128k，<b>GPT</b>、（<b>72%</b>）；共3家“<a>AI</a>”。" * 5,
}


@pytest.mark.parametrize("kind", TEXTS)
def test_marks_stand_where_they_may(kind: str, page, tell) -> None:
    lines = 0
    for width in range(70, 150, 5):
        style = f"<style>p {{ width: {width}pt; font-size: 10pt; text-align: justify }}</style>"
        made = typeset(page(f"<p>{TEXTS[kind]}</p>", style))
        assert made.value is not None
        measured = measure(made.value.content)
        assert measured.astray() == [], width
        lines += len(measured.paragraphs[0].lines)
    tell(f"kinsoku, {kind}: 0 marks astray in {lines} lines")
