"""Images as exhibits: what is shown as it is, and what is refused with a place and a mend."""

from __future__ import annotations

import io
import os
import random
import struct
import time
import zlib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageFile

from briefgen import pipeline
from briefgen.diagnostics.finding import Collector
from briefgen.load.raster import read_raster
from briefgen.load.svg import read_svg
from briefgen.model.asset import Picture
from briefgen.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Desk

HERE = "data/briefings/tfzq-kimi-2024-03-25"
EXHIBITS = f"{HERE}/exhibits.yaml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
BOX = 'viewBox="0 0 400 200"'


def raster(
    kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (1200, 600), **how: object
) -> bytes:
    Image.new(mode, size).save(written := io.BytesIO(), kind, **how)
    return written.getvalue()


def svg(inner: str = '<rect width="400" height="200"/>', head: str = BOX, before: str = "") -> str:
    return f"{before}{SVG}{head}>\n{inner}</svg>"


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))
        )

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def put(desk: Desk, name: str, content: bytes | str | None, *more: str) -> None:
    """An exhibit `app` that shows an image, placed and named in the text."""
    if content is not None:
        desk.write(f"{HERE}/{name}", content)
    lines = ["app:", "  caption: 应用界面", "  alt: 界面左侧是文件列表，右侧是对话"]
    lines += [f"  image: {name}", "  sources: [moonshot-site]", *more]
    desk.write(EXHIBITS, desk.read(EXHIBITS) + "\n".join(lines) + "\n")
    text = desk.read(f"{HERE}/survey.md")
    desk.write(f"{HERE}/survey.md", f"{text}\n界面见[](#app)。\n\n:::{{figure}} app\n:::\n")


def found(desk: Desk) -> list[str]:
    """Findings as `code message`, errors and warnings; their places are asserted on the way."""
    told = desk.findings()
    assert all(finding.place for finding in told)
    assert all(finding.help for finding in told if finding.code > "LOD110")
    return [f"{finding.code} {finding.message}" for finding in told]


GOOD = {
    "figures/app.png": raster(),
    "app.PNG": raster(mode="RGBA"),
    "app.jpg": raster("JPEG"),
    "app.jpeg": raster("JPEG", progressive=True),
    "grey.jpg": raster("JPEG", "L"),
    "palette.png": raster(mode="P"),
    "bits.png": raster(mode="1"),
    "app.svg": svg(),
    "sized.svg": svg(head='width="100mm" height="50mm"'),
    "own.svg": svg('<g id="a"><rect width="9" height="9"/></g><use xlink:href="#a" x="9"/>'),
    "filled.svg": svg(
        '<style>.b { fill: url("#c") }</style><linearGradient id="c"/><path class="b" d="M0 0h9"/>'
    ),
    "made.svg": svg(
        '<metadata><d xmlns="http://purl.org/dc/elements/1.1/" resource="http://purl.org/"/>'
        "</metadata><path d='M0 0h9' transform='translate(1, 2)'/>"
    ),
    "text.svg": svg('<text font-family="Noto Sans CJK SC, sans-serif">字</text>'),
    "styled.svg": svg("<g style=\"font: 700 9px 'Noto Serif CJK SC'\"><text>字</text></g>"),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_images(desk: Desk, name: str) -> None:
    put(desk, name, GOOD[name])
    assert found(desk) == []


def test_an_image_is_an_input_and_a_part_of_what_is_checked(desk: Desk) -> None:
    put(desk, "figures/app.png", raster())
    opened = open_workspace(desk.root).value
    assert opened is not None
    loaded = pipeline.load(opened, desk.slug)
    assert f"{HERE}/figures/app.png" in loaded.reads
    one = pipeline.check(opened, desk.slug).report
    desk.write(f"{HERE}/figures/app.png", raster(size=(1201, 600)))
    other = pipeline.check(opened, desk.slug).report
    assert one is not None
    assert other is not None
    assert one.digest != other.digest


def test_a_picture_survives_json() -> None:
    picture = Picture(
        content=raster(), media_type="image/png", suffix=".png", width=Decimal(9), height=Decimal(9)
    )
    assert Picture.model_validate_json(picture.model_dump_json()) == picture


PHOTO = raster("JPEG")
BAD: dict[str, tuple[str, bytes | str | None, str]] = {
    "missing": ("figures/app.png", None, "LOD101 there is no file `figures/app.png`"),
    "outside": ("../app.png", raster(), "LOD109 `../app.png` leaves its folder"),
    "absolute": ("/etc/app.png", None, "LOD109 `/etc/app.png` leaves its folder"),
    "text": ("app.png", "no image at all", "LOD111 `app.png` is no image"),
    "empty": ("app.png", b"", "LOD111 `app.png` is empty"),
    "empty svg": ("app.svg", b"", "LOD111 `app.svg` is empty"),
    "cut png": ("app.png", raster()[:-30], "LOD111 `app.png` is damaged: "),
    "head of a png": ("app.png", raster()[:20], "LOD111 `app.png` is damaged: "),
    "broken png": (
        "app.png",
        raster()[:60] + b"\1\2\3\4" + raster()[64:],
        "LOD111 `app.png` is damaged: ",
    ),
    "cut jpeg": ("app.jpg", PHOTO[: len(PHOTO) // 2], "LOD111 `app.jpg` is damaged: "),
    "gif": ("app.gif", raster("GIF", "P"), "LOD112 `app.gif` is of type GIF"),
    "webp": ("app.webp", raster("WEBP"), "LOD112 `app.webp` is of type WebP"),
    "pdf": ("app.pdf", b"%PDF-1.7\n", "LOD112 `app.pdf` is of type PDF"),
    "gif as png": ("app.png", raster("GIF", "P"), "LOD112 `app.png` is of type GIF"),
    "jpeg as png": ("app.png", PHOTO, "LOD112 `app.png` is of type JPEG, its name"),
    "png as svg": ("app.svg", raster(), "LOD112 `app.svg` is of type PNG, its name"),
    "svg as png": ("app.png", svg(), "LOD112 `app.png` is of type SVG, its name"),
    "no ending": ("app", raster(), "LOD112 `app` is of type PNG, its name"),
    "cmyk": ("app.jpg", raster("JPEG", "CMYK"), "LOD112 `app.jpg` has the colours CMYK"),
    "16 bits": ("app.png", raster(mode="I;16"), "LOD112 `app.png` has 16 bits a channel"),
    "animated": (
        "app.png",
        raster(save_all=True, append_images=[Image.new("RGB", (1200, 600), "red")]),
        "LOD112 `app.png` holds several pictures",
    ),
    "large": (
        "app.png",
        png_of(8_000, 8_000),
        "LOD112 `app.png` has 8000 × 8000 pixels, more than 40 million pixels",
    ),
    "a bomb": (
        "app.png",
        png_of(20_000, 20_000),
        "LOD112 `app.png` has more than 40 million pixels",
    ),
    "long file": ("app.svg", svg(" " * 1_200_000), "LOD112 `app.svg` has 1.2 MB, more than 1"),
    "no xml": ("app.svg", "drawing", "LOD111 the SVG is not XML: syntax error"),
    "half xml": ("app.svg", svg()[:-9], "LOD111 the SVG is not XML: "),
    "gbk": (
        "app.svg",
        svg(before='<?xml version="1.0" encoding="gbk"?>'),
        "LOD111 the SVG is not in an encoding of XML: multi-byte encodings are not supported",
    ),
    "unknown encoding": (
        "app.svg",
        svg(before='<?xml version="1.0" encoding="xyz"?>'),
        "LOD111 the SVG is not in an encoding of XML: unknown encoding: xyz",
    ),
    "no svg": ("app.svg", "<html/>", "LOD111 the file is no SVG, its root is `html`"),
    "no namespace": ("app.svg", "<svg/>", "LOD111 the file is no SVG, its root is `svg`"),
    "script": ("app.svg", svg("<script>alert(1)</script>"), "LOD113 the SVG holds `<script>`"),
    "handler": (
        "app.svg",
        svg('<rect onclick="alert(1)"/>'),
        "LOD113 the SVG has an event handler, `onclick`",
    ),
    "foreign": ("app.svg", svg("<foreignObject/>"), "LOD113 the SVG holds `<foreignObject>`"),
    "html": (
        "app.svg",
        svg('<p xmlns="http://www.w3.org/1999/xhtml"/>'),
        "LOD113 the SVG holds HTML, `p`",
    ),
    "animation": ("app.svg", svg("<animate/>"), "LOD113 the SVG moves: `<animate>`"),
    "link": ("app.svg", svg('<a href="https://example.com"/>'), "LOD113 the SVG refers to `https:"),
    "picture": ("app.svg", svg('<image xlink:href="a.png"/>'), "LOD113 the SVG refers to `a.png`"),
    "data": ("app.svg", svg('<image href="data:image/png;base64,AAAA"/>'), "LOD113 the SVG refers"),
    "base": (
        "app.svg",
        svg(head=f'{BOX} xml:base="http://a.example/"'),
        "LOD113 the SVG refers to",
    ),
    "url": ("app.svg", svg('<rect fill="url(http://a.example/a)"/>'), "LOD113 the SVG refers to"),
    "hidden url": (
        "app.svg",
        svg('<rect style="fill: u\\72 l(http://a.example/a)"/>'),
        "LOD113 the SVG refers to `http://a.example/a`",
    ),
    "open url": ("app.svg", svg('<rect fill="url(a b"/>'), "LOD113 the SVG has a reference that"),
    "style url": (
        "app.svg",
        svg("<style>rect { fill: url('a.svg#b') }</style>"),
        "LOD113 the SVG refers to `a.svg#b`",
    ),
    "import": (
        "app.svg",
        svg("<style>@import 'a.css';</style>"),
        "LOD113 the SVG has a rule `@import",
    ),
    "font": (
        "app.svg",
        svg("<style>@font-face { font-family: a; src: url(a.ttf) }</style>"),
        "LOD113 the SVG has a rule `@font-face`",
    ),
    "sheet": (
        "app.svg",
        svg(before='<?xml-stylesheet href="a.css"?>'),
        "LOD113 the SVG names a style sheet outside",
    ),
    "doctype": (
        "app.svg",
        svg(before="<!DOCTYPE svg SYSTEM 'a.dtd'>"),
        "LOD113 the SVG declares a document type",
    ),
    "entity": (
        "app.svg",
        svg("&a;", before="<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"),
        "LOD113 the SVG declares a document type",
    ),
    "include": (
        "app.svg",
        svg('<i:include xmlns:i="http://www.w3.org/2001/XInclude" parse="text"/>'),
        "LOD113 the SVG holds XInclude, `include`",
    ),
    "no size": ("app.svg", svg(head=""), "LOD114 the SVG has no size"),
    "size in percent": ("app.svg", svg(head='width="100%"'), "LOD114 the SVG has no size"),
    "size of nothing": ("app.svg", svg(head='viewBox="0 0 0 10"'), "LOD114 the SVG has no size"),
    "huge size": ("app.svg", svg(head='width="1e300" height="1"'), "LOD114 the SVG has no size"),
    "deep": ("app.svg", svg("<g>" * 5000 + "</g>" * 5000), "LOD112 the SVG draws more than"),
    "itself": ("app.svg", svg('<g id="a"><use href="#a"/></g>'), "LOD112 the SVG draws more than"),
    "laughs": (
        "app.svg",
        svg(
            '<g id="a0"><path/></g>'
            + "".join(
                f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12)
            )
        ),
        "LOD112 the SVG draws more than 10000 elements",
    ),
    "a long path, often": (
        "app.svg",
        svg(f'<path id="a" d="M0 0{"h1v1" * 50_000}"/>' + '<use href="#a"/>' * 50),
        "LOD112 the SVG draws more than 10000 elements",
    ),
    "pattern in a sheet": (
        "app.svg",
        svg('<style>rect { fill: url(#a) }</style><pattern id="a"/>'),
        "LOD113 a style sheet of the SVG refers to `#a`, which is no gradient",
    ),
    "high": (
        "app.png",
        raster(size=(1200, 2400)),
        "LOD118 `app` is 352 mm high; with caption and source the page has 235",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_images(desk: Desk, case: str) -> None:
    name, content, says = BAD[case]
    put(desk, name, content)
    begins = time.monotonic()
    (told,) = found(desk)
    assert told.startswith(says)
    assert time.monotonic() - begins < 10


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "app.png",
            raster(size=(640, 320)),
            "LOD115 `app.png` is printed with 92 dots per inch, 640 on 176 mm",
        ),
        (
            "app.png",
            raster(icc_profile=b"Display P3"),
            "LOD116 `app.png` has a colour profile that is not sRGB; on paper it is left out",
        ),
        (
            "app.svg",
            svg('<text font-family="Arial, sans-serif">a</text>'),
            "LOD117 text in `app.svg` is set in `Arial`, which is none of the theme",
        ),
        (
            "app.svg",
            svg("<text>a</text>"),
            "LOD117 text in `app.svg` is set without a font, which is none of the theme",
        ),
    ],
)
def test_images_that_will_not_look_well(desk: Desk, name: str, content: bytes, says: str) -> None:
    put(desk, name, content)
    assert found(desk) == [says]


def test_a_profile_that_is_srgb_is_none(desk: Desk) -> None:
    put(desk, "app.png", raster(icc_profile="sRGB IEC61966-2.1".encode("utf-16-be")))
    assert found(desk) == []


@pytest.mark.parametrize(
    ("more", "says"),
    [("  width: half", []), ("  height_mm: 60", []), ("  height_mm: 120", ["LOD115"])],
)
def test_a_smaller_place_needs_fewer_dots(desk: Desk, more: str, says: list[str]) -> None:
    put(desk, "app.png", raster(size=(640, 640)), more)
    assert [told[:6] for told in found(desk)] == says


def test_an_orientation_turns_the_image(desk: Desk) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    put(desk, "app.jpg", raster("JPEG", size=(2400, 1200), exif=exif))
    (told,) = found(desk)
    assert told.startswith("LOD118 `app` is 352 mm high")


def test_truncated_images_are_refused_after_weasyprint_allowed_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    put(desk, "app.jpg", PHOTO[: len(PHOTO) // 2])
    assert [told[:6] for told in found(desk)] == ["LOD111"]
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_a_link_out_of_the_folder(desk: Desk) -> None:
    put(desk, "app.png", None)
    (desk.root / "app.png").write_bytes(raster())
    (desk.root / HERE / "app.png").symlink_to(desk.root / "app.png")
    assert [told[:6] for told in found(desk)] == ["LOD109"]


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_no_regular_file(desk: Desk, make: Callable[[Path], None]) -> None:
    put(desk, "app.png", None)
    make(desk.root / HERE / "app.png")
    assert [told[:6] for told in found(desk)] == ["LOD101"]


def test_a_chart_that_is_higher_than_the_page(desk: Desk) -> None:
    theme = (Path(__file__).parents[2] / "templates/themes/classic.yaml").read_text("utf-8")
    assert "height_mm: 297" in theme
    desk.write("templates/themes/classic.yaml", theme.replace("height_mm: 297", "height_mm: 100"))
    place = desk.read(EXHIBITS).splitlines().index("token-price-chart:") + 1
    told = [one for one in desk.findings() if one.code == "LOD118"]
    assert told[0].message == (
        "`token-price-chart` is 58 mm high; with caption and source the page has 38"
    )
    assert told[0].place is not None
    assert told[0].place.line > place


@pytest.mark.parametrize("alt", ["应用界面", "图"])
def test_a_text_for_an_image_that_tells_nothing(desk: Desk, alt: str) -> None:
    put(desk, "app.png", raster())
    desk.edit(EXHIBITS, "alt: 界面左侧是文件列表，右侧是对话", f"alt: {alt}")
    (told,) = desk.findings()
    assert (told.code, told.help) == ("CHK307", "say what it shows")


def test_places_in_an_svg_are_its_lines(desk: Desk) -> None:
    put(desk, "app.svg", svg("<g>\n  <script/>\n</g>"))
    assert desk.check().startswith(f"{HERE}/app.svg:3:3: error[LOD113]: the SVG holds `<script>`")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  alt: 界面左侧是文件列表，右侧是对话\n", "", "an image needs `alt`"),
        ("  image: app.png\n", "  image: app.png\n  view: {table: prices, columns: []}\n", ""),
        ("  image: app.png\n", "  image: ''\n", ""),
        ("  image: app.png\n", "  image: app.png\n  height_mm: 0\n", ""),
    ],
)
def test_entries_that_are_wrong(desk: Desk, old: str, new: str, says: str) -> None:
    put(desk, "app.png", raster())
    desk.edit(EXHIBITS, old, new)
    (told,) = found(desk)
    assert told.startswith("LOD10")
    assert says in told


@pytest.mark.parametrize("at", range(0, 400, 7))
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_any_byte_may_be_wrong(kind: str, at: int) -> None:
    content = bytearray(raster(kind, size=(16, 16)))
    at %= len(content)
    for value in (0, 255, content[at] ^ 1):
        content[at] = value
        read_raster(bytes(content), kind, "app", None, out := Collector())
        assert {finding.code for finding in out.findings} <= {"LOD111", "LOD112", "LOD116"}


@pytest.mark.parametrize("seed", range(40))
def test_any_characters_of_an_svg_may_be_wrong(seed: int) -> None:
    mixed, pieces = (
        random.Random(seed),
        ["<", ">", "&#0;", '"', "url(", "\\", "#", "<!--", "<style>"],
    )
    inner = (
        '<style>.a { fill: url(#g) }</style><linearGradient id="g"/><use href="#k"/>'
        '<text style="font: 9px a">字</text>'
    )
    for _ in range(25):
        text = svg(inner)
        for _ in range(mixed.randint(1, 3)):
            at = mixed.randrange(len(text))
            text = text[:at] + mixed.choice(pieces) + text[at + mixed.randint(0, 9) :]
        read_svg(text.encode(), "app.svg", out := Collector())
        assert {one.code for one in out.findings} <= {"LOD111", "LOD112", "LOD113", "LOD114"}
