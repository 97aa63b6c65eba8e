"""The archive of sources: whole, the same bytes, and nothing leads out of it."""

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest

from briefgen.publish.sources import archive, unpack


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, content in (("data/a.yaml", "a: 1\n"), ("data/表/b.csv", "甲,1\n")):
        file = tmp_path / "desk" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return tmp_path / "desk"


def digests(root: Path) -> dict[str, str]:
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_it_is_laid_out_as_it_was(root: Path, tmp_path: Path) -> None:
    made = archive(root, digests(root))
    assert made.findings == ()
    assert made.value is not None
    unpack(made.value, tmp_path / "again")
    assert digests(tmp_path / "again") == digests(root)


def test_neither_order_nor_time_shows(root: Path) -> None:
    one = archive(root, digests(root)).value
    os.utime(root / "data/a.yaml", (10**9, 10**9))
    assert archive(root, dict(reversed(digests(root).items()))).value == one


def test_templates_and_feeds_are_left_out(root: Path) -> None:
    more = {"templates/bundled.j2": "00", "data/disclosures/house.yaml": "00"}
    made = archive(root, digests(root) | more)
    assert made.value is not None
    with zipfile.ZipFile(io.BytesIO(made.value)) as packed:
        assert packed.namelist() == ["data/a.yaml", "data/表/b.csv"]


def test_of_queries_there_is_none(root: Path) -> None:
    made = archive(root, digests(root) | {"data/tables/datapackage.yaml#prices": "00"})
    assert (made.value, made.findings) == (None, ())


def test_too_much_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("data/zeros.csv", bytes(101_000_000))
    with pytest.raises(ValueError, match="more than 100 MB"):
        unpack(content.getvalue(), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 and no more"])
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        unpack(content, tmp_path)


def test_a_file_that_changed_meanwhile_is_said(root: Path) -> None:
    before = digests(root)
    (root / "data/a.yaml").write_text("a: 2\n", encoding="utf-8")
    made = archive(root, before)
    assert made.value is None
    (finding,) = made.findings
    assert (finding.code, finding.place and finding.place.file) == ("PUB102", "data/a.yaml")


@pytest.mark.parametrize(
    "name", ["../out.txt", "/tmp/out.txt", "data/../../out.txt", "templates/a.j2"]
)
def test_a_name_that_leads_out_is_refused(name: str, tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr(zipfile.ZipInfo(name), b"x")
    with pytest.raises(ValueError, match="which is no data"):
        unpack(content.getvalue(), tmp_path / "inside")
    assert not (tmp_path / "out.txt").exists()
