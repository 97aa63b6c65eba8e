"""What a PDF carries, and how it is written: the same bytes, valid, and it comes back whole."""

import io
import zlib

import pikepdf
import pytest

from briefgen.model.edition import Page
from briefgen.publish.attachments import Attachment, attach, attached
from briefgen.publish.plain import plain
from briefgen.publish.saving import BAD_END, written
from briefgen.typeset.conformance import validate
from briefgen.typeset.weasy import typeset

NOTE = Attachment("数据.json", b'{"a": 1}\n', "application/json", "Data", "数据")
MORE = Attachment("a.bin", bytes(range(256)) * 9, "application/zip", "Source", "来源")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    html = (
        '<html lang="zh-CN"><head><meta charset="utf-8"><title>题</title>'
        "<style>body { font-family: 'Noto Sans CJK SC' }</style></head>"
        '<body><h1>题</h1><p id="x">正文<a href="#x">此处</a></p>'
    )
    made = typeset(Page(html=html))
    assert made.value is not None
    return made.value.content


def test_files_come_back_as_they_were(pdf: bytes) -> None:
    carried = attached(attach(pdf, [NOTE, MORE], "2024-03-25"))
    assert carried == {NOTE.name: NOTE.content, MORE.name: MORE.content}


def test_they_have_relationship_type_and_description(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(attach(pdf, [NOTE], "2024-03"))) as document:
        (spec,) = document.Root.AF
        assert spec.AFRelationship == "/Data"
        assert str(spec.Desc) == "数据"
        assert spec.EF.F.Subtype == "/application/json"
        assert str(spec.EF.F.Params.ModDate) == "D:202403"


@pytest.mark.parametrize("date", ["2024-03-25", "2024", None])
def test_the_pdf_stays_valid(pdf: bytes, date: str | None) -> None:
    assert validate(attach(pdf, [NOTE, MORE], date)) == ()


def test_the_order_does_not_matter(pdf: bytes) -> None:
    one = attach(pdf, [NOTE, MORE], "2024-03-25")
    assert one == attach(pdf, [MORE, NOTE], "2024-03-25")


def test_a_pdf_without_attachments_carries_nothing(pdf: bytes) -> None:
    assert attached(pdf) == {}


def ending_in(last: int) -> bytes:
    """Content whose compressed form ends in this byte."""
    for n in range(100_000):
        content = b"% " + str(n).encode()
        if zlib.compress(content)[-1] == last:
            return content
    raise AssertionError(last)


@pytest.mark.parametrize("last", [10, 13])
def test_a_stream_that_ends_in_a_line_end_is_valid_all_the_same(pdf: bytes, last: int) -> None:
    content = ending_in(last)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.pages[0].contents_add(content, prepend=False)
        document.pages[0].Contents[-1].write(
            zlib.compress(content), filter=pikepdf.Name.FlateDecode
        )
        mended = written(document)
    assert validate(mended) == ()
    with pikepdf.open(io.BytesIO(mended)) as document:
        stream = document.pages[0].Contents[-1]
        assert stream.read_bytes(pikepdf.StreamDecodeLevel.specialized) == content


def test_the_validator_minds_such_an_end(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.pages[0].contents_add(ending_in(13), prepend=False)
        naive = io.BytesIO()
        document.save(naive)
    assert [finding.code for finding in validate(naive.getvalue())] == ["SET201"]


def test_the_streams_of_objects_end_well(pdf: bytes) -> None:
    """Which end they would have by chance shows by saving without care."""
    bad = 0
    for count in range(0, 5_000, 250):
        with pikepdf.open(io.BytesIO(attach(pdf, [NOTE, MORE], None))) as document:
            many = (document.make_indirect(pikepdf.Dictionary(N=n)) for n in range(count))
            document.Root.PieceInfo = pikepdf.Array(many)
            naive = io.BytesIO()
            document.save(
                naive,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                fix_metadata_version=False,
            )
            bad += bool(BAD_END.search(naive.getvalue()))
            assert not BAD_END.search(written(document))
    assert bad, "the care is for nothing"


def test_attachments_of_any_end_come_back(pdf: bytes) -> None:
    for last in (10, 13):
        content = ending_in(last)
        one = attach(pdf, [Attachment("a", content, "text/plain", "Data", "a")], None)
        assert validate(one) == ()
        assert attached(one) == {"a": content}


def test_the_plain_pdf_has_the_pages_alone(pdf: bytes) -> None:
    small = plain(pdf)
    assert len(small) < len(pdf)
    assert small == plain(pdf)
    with pikepdf.open(io.BytesIO(small)) as document:
        assert "/StructTreeRoot" not in document.Root
        packet = document.Root.Metadata.read_bytes()
        assert b"dc:title" in packet
        assert b"<pdfaid:part>" not in packet
        assert b"<pdfuaid:part>" not in packet
        assert len(document.pages) == 1
        assert str(document.docinfo["/Title"]) == "题"
