"""The archive of sources: whole, the same bytes, and nothing leads out of it."""

import io
import zipfile
from pathlib import Path

import pytest

from briefgen.publish.sources import archive, unpack

CONTENTS = {"data/a.yaml": b"a: 1\n", "data/表/b.csv": "甲,1\n".encode()}


def laid_out(contents: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """What is found below a folder after an archive of these contents was unpacked there."""
    made = archive(contents, contents)
    assert made is not None
    unpack(made, folder)
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_it_is_laid_out_as_it_was(tmp_path: Path) -> None:
    assert laid_out(CONTENTS, tmp_path) == CONTENTS


def test_the_order_does_not_show() -> None:
    again = dict(reversed(CONTENTS.items()))
    assert archive(again, again) == archive(CONTENTS, CONTENTS)


def test_templates_and_feeds_are_left_out(tmp_path: Path) -> None:
    more = {"templates/bundled.j2": b"x", "data/disclosures/house.yaml": b"x"}
    assert laid_out(CONTENTS | more, tmp_path) == CONTENTS


def test_of_queries_there_is_none() -> None:
    reads = [*CONTENTS, "data/tables/datapackage.yaml#prices"]
    assert archive(CONTENTS, reads) is None


def test_a_part_of_a_table_is_a_table(tmp_path: Path) -> None:
    part = {"data/p.csv#vendor=kimi": b'"id\nof row",vendor\n1,kimi\n'}
    assert laid_out(part, tmp_path) == {"data/p.csv": part["data/p.csv#vendor=kimi"]}


def test_parts_of_a_table_stand_below_one_head(tmp_path: Path) -> None:
    head = b'"id\nof row",vendor\n'
    parts = {
        "data/p.csv#vendor=a-1.b": head + b"1,a-1.b\n",
        "data/p.csv#vendor=c": head + b'2,"c"\n3,c\n',
    }
    expected = head + b'1,a-1.b\n2,"c"\n3,c\n'
    assert laid_out(parts, tmp_path) == {"data/p.csv": expected}


def test_the_whole_table_stands_for_its_parts(tmp_path: Path) -> None:
    whole = {"data/p.csv": b"id,vendor\n1,a\n2,b\n"}
    assert laid_out(whole | {"data/p.csv#vendor=a": b"id,vendor\n1,a\n"}, tmp_path) == whole


def test_a_part_of_the_settings_is_a_file_of_settings(tmp_path: Path) -> None:
    part = {"data/workspace.yaml#editions": b'{"name": "desk"}\n'}
    assert laid_out(part, tmp_path) == {"data/workspace.yaml": b'{"name": "desk"}\n'}


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
