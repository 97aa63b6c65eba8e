"""Images in a finished edition: on paper, on screen, in the manifest and in the workbook."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
from pathlib import Path

import openpyxl
import page as validation
import pikepdf
import pytest
from conftest import Desk
from PIL import Image
from playwright.sync_api import Browser

pytestmark = pytest.mark.xdist_group("images")

HERE = "data/briefings/tfzq-kimi-2024-03-25"
SMALL = Path(__file__).parent / "small_desk"
ALT = "自上而下由深变浅的色块"


def picture(mode: str) -> Image.Image:
    """A gradient, so that a picture that is turned or cut off is another."""
    made = Image.linear_gradient("L").resize((1200, 600))
    if mode in {"LA", "RGBA"}:
        made = made.convert(mode)
        made.putalpha(Image.linear_gradient("L").resize((1200, 600)).rotate(180))
    return made.convert(mode)


def raster(kind: str, mode: str, **how: object) -> bytes:
    picture(mode).save(written := io.BytesIO(), kind, **how)
    return written.getvalue()


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture("RGB").rotate(90, expand=True).save(written := io.BytesIO(), "JPEG", exif=exif)
    return written.getvalue()


def portrait() -> bytes:
    picture("L").resize((1200, 1600)).save(written := io.BytesIO(), "PNG")
    return written.getvalue()


IMAGES = {
    "png": ("figures/app.png", raster("PNG", "RGB")),
    "alpha": ("figures/alpha.png", raster("PNG", "RGBA")),
    "grey-alpha": ("figures/grey-alpha.png", raster("PNG", "LA")),
    "palette": ("figures/palette.png", raster("PNG", "P", transparency=0)),
    "one-bit": ("figures/one-bit.png", raster("PNG", "1")),
    "jpeg": ("figures/app.jpg", raster("JPEG", "RGB", quality=90)),
    "grey": ("figures/grey.jpeg", raster("JPEG", "L", progressive=True)),
    "turned": ("figures/turned.jpg", turned()),
    "svg": (
        "figures/app.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200">'
        '<linearGradient id="a"><stop stop-color="#fff"/><stop offset="1"/></linearGradient>'
        '<rect width="400" height="200" fill="url(#a)" opacity=".5"/>'
        '<text x="20" y="40" font-family="Noto Sans CJK SC">界面</text></svg>'.encode(),
    ),
}


def with_images(desk: Desk) -> Desk:
    """The briefing with an exhibit per image; the last two side by side."""
    exhibits, prose = [desk.read(f"{HERE}/exhibits.yaml")], [desk.read(f"{HERE}/survey.md")]
    for name, (file, content) in IMAGES.items():
        desk.write(f"{HERE}/{file}", content)
        exhibits.append(f"{name}:\n  caption: 应用界面 {name}\n  alt: {ALT}\n  image: {file}\n")
        exhibits.append("  sources: [moonshot-site]\n  height_mm: 60\n")
        if name in {"turned", "svg"}:
            exhibits.append("  width: half\n")
        prose.append(f"\n界面见[](#{name})。\n\n:::{{figure}} {name}\n:::\n")
    desk.write(f"{HERE}/exhibits.yaml", "".join(exhibits))
    desk.write(f"{HERE}/survey.md", "".join(prose))
    return desk


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of an edition that shows each kind of image."""
    from tests.conftest import _copy

    desk = with_images(_copy(tmp_path_factory.mktemp("images") / "desk"))
    done = desk.run("build", desk.slug)
    assert done.exit_code == 0, done.output
    folder = desk.root / "output" / desk.slug
    return {path.name.replace(desk.slug, "edition"): path.read_bytes() for path in folder.iterdir()}


def test_the_pdf_is_valid(edition: dict[str, bytes]) -> None:
    for profile in ("3a", "ua1"):
        result = validation.validate_pdf_bytes(edition["edition.pdf"], profile=profile)
        assert result.failures == [], profile


def images(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Each image once; all pages share one list of them."""
    found = (image for sheet in pdf.pages for image in sheet.get_images().values())
    return list({image.objgen: image for image in found}.values())


def test_every_raster_is_in_the_pdf_and_upright(edition: dict[str, bytes]) -> None:
    pdf = pikepdf.open(io.BytesIO(edition["edition.pdf"]))
    sizes = [(found.Width, found.Height) for found in images(pdf)]
    assert sizes == [(1200, 600)] * (len(IMAGES) - 1)
    assert [found.get("/Interpolate") for found in images(pdf)] == [False] * len(sizes)


def test_pixels_are_those_of_the_file(edition: dict[str, bytes]) -> None:
    pdf = pikepdf.open(io.BytesIO(edition["edition.pdf"]))
    shown = [pikepdf.PdfImage(found) for found in images(pdf)]
    (first,) = [found for found in shown if found.filters == ["/FlateDecode"]][:1]
    assert first.as_pil_image().convert("RGB").tobytes() == picture("RGB").tobytes()
    photo = IMAGES["jpeg"][1]
    assert any(found.read_raw_bytes() == photo for found in images(pdf))


def test_on_screen_images_stand_in_the_page(edition: dict[str, bytes]) -> None:
    html = edition["edition.html"].decode()
    for name, (file, content) in IMAGES.items():
        kind = {"jpg": "jpeg", "svg": "svg+xml"}.get(ending := file.rpartition(".")[2], ending)
        uri = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
        assert f'<img src="{uri}" alt="{ALT}"' in html, name


def test_on_screen_images_are_copied_and_saved(
    edition: dict[str, bytes], browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "edition.html").write_bytes(edition["edition.html"])
    given = {"permissions": ["clipboard-read", "clipboard-write"]}
    with browser.new_context(**given) as context, context.new_page() as page:
        page.goto((tmp_path / "edition.html").as_uri())
        for name, (file, content) in IMAGES.items():
            with page.expect_download() as download:
                page.click(f"#{name} [data-do=image]")
            kind = Path(file).suffix.removeprefix(".").replace("jpg", "jpeg")
            assert download.value.suggested_filename == f"{name}.{kind}"
            assert download.value.path().read_bytes() == content
        page.bring_to_front()
        page.click("#png [data-do=copy]")
        page.wait_for_selector("#png [data-do=copy][aria-live]")
        kinds = "navigator.clipboard.read().then(([item]) => item.types)"
        assert page.evaluate(kinds) == ["image/png"]


def test_images_are_inputs_and_figures(edition: dict[str, bytes]) -> None:
    record = json.loads(edition["manifest.json"])
    assert {f"{HERE}/{file}" for file, _ in IMAGES.values()} <= record["inputs"].keys()
    assert record["figures"] == len(IMAGES) + 2


def test_the_workbook_says_what_they_show(edition: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(edition["exhibits.xlsx"]))
    (sheet,) = [sheet for sheet in book if sheet.title.endswith(" svg")]
    cells = [row[0].value for row in sheet.iter_rows()]
    assert cells[0].endswith("应用界面 svg")
    assert ALT in cells


HEADS = [f"很长很长的列名{letter}" for letter in "甲乙丙丁戊己庚辛壬癸"]
WIDE = f"""wide:
  caption: 宽表
  grid:
    heads: [{", ".join(HEADS)}]
    numbers: [{", ".join(map(str, range(1, 11)))}]
    rows: [[{", ".join(["'{{ price }}'"] * 10)}]]
  sources: [report]
"""
HIGH = f"""high:
  caption: 高图
  alt: {ALT}
  image: high.png
  sources: [report]
  height_mm: 234
  note: {"这是一条很长的注释，说明图的来历。" * 30}
"""
BROKEN = {
    "a wide table": (
        WIDE,
        "wide",
        rb"",
        "SET131",
        r"`wide` is \d+\.\d mm wide, its place has 176\.0",
    ),
    "a high image": (HIGH, "high", portrait(), "SET132", r"`high` is 2\d\d\.\d mm high"),
    "no image": (HIGH, "high", b"nothing", "LOD111", "`high.png` is no image"),
}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The small desk with an edition."""
    root = shutil.copytree(SMALL, tmp_path_factory.mktemp("once") / "desk")
    desk = Desk(Path(root), "note")
    done = desk.run("build", desk.slug)
    assert done.exit_code == 0, done.output
    return desk


@pytest.fixture
def built(tmp_path: Path, once: Desk) -> Desk:
    """A copy of the small desk with its edition."""
    return Desk(Path(shutil.copytree(once.root, tmp_path / "built")), once.slug)


@pytest.mark.parametrize("case", BROKEN)
def test_the_last_good_edition_stays(built: Desk, case: str) -> None:
    exhibit, name, content, code, says = BROKEN[case]
    here = built.briefing
    if content:
        built.write(f"{here}/high.png", content)
    built.write(f"{here}/exhibits.yaml", built.read(f"{here}/exhibits.yaml") + exhibit)
    prose = f"\n见[](#{name})。\n\n:::{{{'table' if name == 'wide' else 'figure'}}} {name}\n:::\n"
    built.write(f"{here}/pricing.md", built.read(f"{here}/pricing.md") + prose)
    before = built.outputs()
    done = built.run("build", built.slug)
    assert done.exit_code == 1
    line = built.read(f"{here}/exhibits.yaml").splitlines().index(f"{name}:") + 1
    line += 0 if code.startswith("SET") else 3
    where = rf"exhibits\.yaml:{line}:\d+: error\[{code}\]: {says}"
    assert re.search(where, done.output), done.output
    assert built.outputs() == before
