"""Lines are measured once in a document, and the document is the same."""

from collections import Counter
from typing import Any

import pytest

from briefgen.typeset import justify
from briefgen.typeset.lines import remembering
from briefgen.typeset.weasy import typeset

STYLE = """<style>
@page { size: 120mm 60mm; margin: 5mm } p { text-align: justify; margin: 0 0 1mm }
.columns { columns: 2; column-gap: 5mm } .note { float: footnote }
</style>"""
CLAUSE = (
    "<p><b>评级</b>按规模定律，模型能力的提升要靠持续追加投入，资金与人才这两大门槛随之上移。Kimi "
    "进入视野后，<span class=note>见 2024 年 3 月的报道。</span>同行的<b>迭代</b>明显提速。</p>"
)
ROWS = "<tr><td>Kimi<td>价格 12 元<td>见上表</tr>" * 5
BODY = f"{CLAUSE}<table>{ROWS}</table><div class=columns>{CLAUSE * 6}</div>{CLAUSE}"


def test_no_line_is_measured_twice_and_the_document_is_the_same(
    page, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert justify.install()
    from weasyprint.layout import inline

    asked: Counter[Any] = Counter()
    forgetful = inline.split_first_line.__wrapped__

    def counting(text: str, style: Any, context: Any, *how: Any, **named: Any) -> Any:
        asked[text, id(style), how, *named.items()] += 1
        return forgetful(text, style, context, *how, **named)

    made = page(BODY, STYLE)
    monkeypatch.setattr(inline, "split_first_line", counting)
    plain = typeset(made)
    assert max(asked.values()) > 3, "columns that are balanced ask again"
    asked.clear()
    monkeypatch.setattr(inline, "split_first_line", remembering(counting))
    remembered = typeset(made)
    assert set(asked.values()) == {1}
    assert plain.value is not None
    assert remembered == plain
    assert plain.value.pages > 2
