"""The sizes of type that are read back from a PDF."""

from briefgen.model.edition import Page
from briefgen.readback.paper import read_pdf
from briefgen.typeset.weasy import typeset


def test_each_line_has_its_smallest_type() -> None:
    html = (
        '<html lang="zh-CN"><head><title>一</title></head><body>'
        '<p style="font-size: 12pt">正文一行</p>'
        '<p style="font-size: 12pt">正文里有<small style="font-size: 5pt">小字</small></p>'
        "</body></html>"
    )
    made = typeset(Page(html=html, assets={}))
    assert made.value is not None, made.findings
    _, _, sizes, _ = read_pdf(made.value.content)
    assert sizes == (("正文一行", 12.0), ("正文里有小字", 5.0))
