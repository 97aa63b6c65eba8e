"""An edition of a family is made again from its PDF alone, which carries its rows and no others."""

from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.publish.attachments import attached
from briefgen.publish.sources import NAME, unpack
from briefgen.verify import read_published, verify
from tests.load.families.conftest import PRICES, Watch


@pytest.mark.slow
def test_its_pdf_is_enough(watch: Watch, tmp_path: Path) -> None:
    watch.without_comparison()
    edition = pipeline.rehearse(watch.opened(), "watch.byte", ("pdf",)).edition
    assert edition is not None
    received = tmp_path / "received.pdf"
    received.write_bytes(edition.files["watch.byte.pdf"])
    unpack(attached(received.read_bytes())[NAME], tmp_path / "sources")
    carried = (tmp_path / "sources" / PRICES).read_text(encoding="utf-8")
    assert carried == "model_id,vendor_id,vendor,output\nb-1,byte,字节跳动,2\n"
    published = read_published(received).value
    assert published is not None
    assert verify(published, None).findings == []
