"""`briefgen verify`: the same edition is called identical, another one is told by what differs."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import Desk

pytestmark = pytest.mark.slow


@pytest.fixture
def edition(built: Desk) -> Path:
    return built.root / "output" / built.slug


def alone(edition: Path, tmp_path: Path) -> str:
    """The PDF by itself, under another name, where no workspace is."""
    (tmp_path / "mail").mkdir()
    return str(shutil.copy(next(edition.glob("*[!n].pdf")), tmp_path / "mail" / "received.pdf"))


def test_a_folder_is_identical(built: Desk, edition: Path) -> None:
    done = built.run("verify", str(edition))
    assert done.exit_code == 0, done.output
    assert done.output.startswith("identical: manifest.json, evidence.json, exhibits.xlsx")
    assert "made again from the data that it carries" in done.output


def test_a_pdf_alone_is_enough(built: Desk, edition: Path, tmp_path: Path) -> None:
    received = alone(edition, tmp_path)
    shutil.rmtree(built.root / "data")
    done = built.run("verify", received)
    assert done.exit_code == 0, done.output
    assert done.output == (
        f"identical: {built.slug}.pdf; made again from the data that it carries\n"
    )


def test_other_data_are_named(built: Desk, edition: Path, tmp_path: Path) -> None:
    received = alone(edition, tmp_path)
    overview = f"{built.briefing}/overview.md"
    built.write(overview, built.read(overview).replace("。", "！", 1))
    done = built.run("verify", received, "--workspace", str(built.root))
    assert done.exit_code == 1
    assert f"warning[VER104]: the inputs differ: {overview}" in done.output
    assert f"error[VER108]: `{built.slug}.pdf` differs: the text from page 1 on" in done.output


def test_data_that_only_look_other_are_a_warning(built: Desk, edition: Path) -> None:
    built.write("data/units.yaml", built.read("data/units.yaml") + "\n# a word\n")
    done = built.run("verify", str(edition), "--workspace", str(built.root))
    assert "warning[VER104]: the inputs differ: data/units.yaml" in done.output
    assert "exhibits.xlsx` differs" not in done.output


def test_an_altered_file_is_said(built: Desk, edition: Path) -> None:
    html = edition / f"{built.slug}.html"
    html.write_bytes(html.read_bytes().replace(b"</main>", b"<p>x</main>"))
    (edition / "evidence.json").unlink()
    done = built.run("verify", str(edition))
    assert done.exit_code == 1
    assert f"error[VER102]: `{built.slug}.html` is not as it was written" in done.output
    assert "error[VER102]: `evidence.json` is missing" in done.output
    assert f"error[VER108]: `{built.slug}.html` differs: from line " in done.output


def test_an_older_record_is_compared(built: Desk, edition: Path) -> None:
    manifest = edition / "manifest.json"
    record = json.loads(manifest.read_text(encoding="utf-8"))
    record["versions"] |= {"weasyprint": "69.0", "briefgen": "0.0.9"}
    record["fonts"][0]["sha256"] = "0" * 64
    manifest.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    done = built.run("verify", str(edition))
    assert done.exit_code == 1
    assert "warning[VER105]: briefgen differs: briefgen was 0.0.9, is " in done.output
    assert "warning[VER106]: the fonts differ: Noto Sans CJK SC 400" in done.output
    assert "warning[VER107]: the libraries differ: weasyprint was 69.0, is 70" in done.output


def test_what_carries_nothing_needs_a_workspace(built: Desk, tmp_path: Path) -> None:
    built.write(
        f"{built.briefing}/briefing.yaml",
        built.read(f"{built.briefing}/briefing.yaml") + "\nattach_sources: false\n",
    )
    built.run("build", built.slug)
    received = alone(built.root / "output" / built.slug, tmp_path)
    done = Desk(tmp_path / "mail").run("verify", received)
    assert done.exit_code == 1
    assert "error[VER103]" in done.output
    assert "it carries no sources" in done.output
    assert "--workspace DIR" in done.output
    done = built.run("verify", received, "--workspace", str(built.root))
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7 and no more"])
def test_what_is_no_edition_is_said(content: bytes, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(content)
    done = desk.run("verify", str(file))
    assert done.exit_code == 1
    assert "error[VER101]" in done.output


def test_a_plain_pdf_has_no_record(desk: Desk) -> None:
    desk.run("build", desk.slug, "--format", "plain")
    folder = desk.root / "output" / desk.slug
    done = desk.run("verify", str(folder / f"{desk.slug}.plain.pdf"))
    assert done.exit_code == 1
    assert "a plain PDF has none" in done.output
    assert desk.run("verify", str(folder)).exit_code == 0


def test_a_folder_without_a_manifest_is_no_edition(desk: Desk, tmp_path: Path) -> None:
    done = desk.run("verify", str(tmp_path))
    assert done.exit_code == 1
    assert "error[VER101]" in done.output
