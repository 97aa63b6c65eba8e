"""Drawings as they stand in the page."""

from decimal import Decimal
from xml.etree import ElementTree as ET

from briefgen.compose.inline import colours, inline
from briefgen.model.edition import Drawing

SVG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="240pt" height="100pt" viewBox="0 0 240 100"
 xmlns="http://www.w3.org/2000/svg" version="1.1">
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>
 <g id="a-figure_1"><path d="M 0 0
L 1 1" clip-path="url(#a-p1)" style="fill: none; stroke: #1b1f24; stroke-width: 0.4"/>
 <use xlink:href="#a-m1" style="fill: #8c1d2b"/></g>
 <defs><path id="a-m1" d="M 0 0"/><clipPath id="a-p1"><rect width="2"/></clipPath></defs>
 <text style="font-size: 7px; font-family: 'Sans', serif; fill: #1b1f24" x="1"
  transform="rotate(-0 1 2)">R&amp;D #123456 &lt;b&gt;</text>
 <text style="font-family: 'Sans', serif" transform="rotate(-90 1 2)">乙</text>
</svg>"""


def drawing(alt: str = "图") -> Drawing:
    return Drawing(svg=SVG, width_mm=Decimal(85), height_mm=Decimal(35), alt=alt)


def tree(alt: str = "图") -> ET.Element:
    return ET.fromstring(inline(drawing(alt)))


def test_text_stays_text() -> None:
    assert [t.text for t in tree().iter("text")] == ["R&D #123456 <b>", "乙"]


def test_it_says_what_it_shows() -> None:
    root = tree('“甲” <&">')
    assert (root.tag, root.get("role")) == ("svg", "img")
    assert root.get("aria-label") == '“甲” <&">'
    assert root.get("viewBox") == "0 0 240 100"


def test_colours_can_be_changed_by_a_style_sheet_and_have_a_value_without() -> None:
    path = next(tree().iter("path"))
    assert path.get("stroke") == "var(--c-1b1f24, #1b1f24)"
    assert path.get("fill") == "none"
    assert colours([drawing()]) == ["#123456", "#1b1f24", "#8c1d2b"]


def test_no_styles_are_left_that_a_policy_would_refuse() -> None:
    assert [e.tag for e in tree().iter() if e.get("style") or e.tag == "style"] == []
    assert tree().get("stroke-linejoin") == "round"


def test_ids_are_kept_where_something_refers_to_them() -> None:
    ids = {e.get("id") for e in tree().iter()} - {None}
    assert ids == {"a-m1", "a-p1"}
    assert next(tree().iter("use")).get("href") == "#a-m1"


def test_what_all_texts_share_is_said_once() -> None:
    assert tree().get("font-family") == "'Sans', serif"
    first, second = tree().iter("text")
    assert first.get("font-family") is None
    assert first.get("transform") is None
    assert second.get("transform") == "rotate(-90 1 2)"


def test_lines_of_paths_become_one() -> None:
    assert next(tree().iter("path")).get("d") == "M 0 0 L 1 1"
