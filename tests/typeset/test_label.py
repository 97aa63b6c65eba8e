"""The label of generated text: one property of the PDF, which is read back from there."""

import json
from html import escape

from briefgen.model.edition import Page
from briefgen.readback.label import NAME, label
from briefgen.typeset.weasy import typeset

TEXT = json.dumps({"Label": "1", "ContentProducer": "示例模型 <A&B>"}, ensure_ascii=False)


def pdf(*metas: str) -> bytes:
    page = Page(html=f"<html lang='zh'><head><title>x</title>{''.join(metas)}</head><p>文字</p>")
    made = typeset(page).value
    assert made is not None
    return made.content


def test_a_label_comes_back_as_it_was_written() -> None:
    assert label(pdf(f'<meta name="AIGC" content="{escape(TEXT)}">')) == {NAME: TEXT}


def test_a_page_without_label_has_none() -> None:
    assert label(pdf()) == {}


def test_the_same_page_gives_the_same_bytes() -> None:
    meta = f'<meta name="AIGC" content="{escape(TEXT)}">'
    assert pdf(meta) == pdf(meta)
