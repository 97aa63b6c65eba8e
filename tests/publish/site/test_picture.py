"""A shared link shows the top of the first page, wherever the address of the site is known."""

import hashlib
import io
from pathlib import Path

import pytest
from lxml import html
from PIL import Image
from site_editions import edition, pdf, setting

from briefgen.publish.site import candidates
from briefgen.publish.site.builder import publish_site
from briefgen.publish.site.picture import HEIGHT, NAME, WIDTH, picture

URL = "https://example.com/research/"


def site(tmp_path: Path, *folders: Path, url: str | None = None) -> Path:
    made = publish_site(folders, tmp_path / "site", setting(url=url), lambda content: ())
    assert made.value is not None
    return tmp_path / "site"


def shared(page: Path) -> dict[str, str]:
    """The properties that services read which show links."""
    found = html.fromstring(page.read_bytes().decode()).xpath("//meta[@property or @name]")
    return {one.get("property") or one.get("name"): one.get("content") for one in found}


def test_a_picture_is_made_alike_of_the_same_pdf() -> None:
    made = picture(pdf({"a.json": b"{}"}))
    assert made == picture(pdf({"a.json": b"{}"}))
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))


def test_pages_name_it_with_its_whole_address(tmp_path: Path) -> None:
    output = tmp_path / "output"
    older = edition(output, "older", date="2023-01")
    made = site(tmp_path, older, edition(output, "note"), url=URL)
    (file,) = made.glob(f"note/*/{NAME}")
    address = f"{URL}note/{file.parent.name}/{NAME}"
    for name in ("index.html", "note/index.html"):
        told = shared(made / name)
        assert told["og:image"] == address
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
        assert told["twitter:card"] == "summary_large_image"
        assert {"og:title", "og:type", "og:description", "og:site_name", "og:locale"} <= set(told)
        assert told["og:url"] == URL + name.removesuffix("index.html")
    sums = (made / "SHA256SUMS").read_text()
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert f"{digest}  note/{file.parent.name}/{NAME}\n" in sums


def test_without_an_address_no_page_names_it(tmp_path: Path) -> None:
    made = site(tmp_path, edition(tmp_path / "output"))
    told = shared(made / "note/index.html")
    assert "og:image" not in told
    assert told["twitter:card"] == "summary"


def test_it_is_made_once_and_put_back_when_it_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_of: list[bytes] = []

    def counted(content: bytes) -> bytes:
        made_of.append(content)
        return picture(content)

    monkeypatch.setattr(candidates, "picture", counted)
    folder = edition(tmp_path / "output")
    made = site(tmp_path, folder)
    (file,) = made.glob(f"note/*/{NAME}")
    content = file.read_bytes()
    site(tmp_path, folder)
    assert len(made_of) == 1
    file.unlink()
    site(tmp_path, folder)
    assert file.read_bytes() == content
