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
    widths = range(70, 150, 5)
    texts = "".join(f"<p style='width: {width}pt'>{TEXTS[kind]}</p>" for width in widths)
    made = typeset(page(texts, "<style>p { font-size: 10pt; text-align: justify }</style>"))
    assert made.value is not None
    measured = measure(made.value.content)
    assert len(measured.paragraphs) == len(widths)
    assert measured.astray() == []
    lines = sum(len(paragraph.lines) for paragraph in measured.paragraphs)
    tell(f"kinsoku, {kind}: 0 marks astray in {lines} lines")
