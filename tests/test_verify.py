"""`briefgen verify`: the same edition is called identical, another one is told by what differs.

The editions are those of the briefing in `tests/small_desk`, which is made again in no time.
"""

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pikepdf
import pytest
from conftest import Desk
from site_editions import tree

from briefgen import pipeline, verify
from briefgen.diagnostics.finding import Made
from briefgen.publish.attachments import attached
from briefgen.publish.manifest import as_json
from briefgen.publish.sealed import for_readers
from briefgen.workspace import Workspace

pytestmark = pytest.mark.slow

SMALL = Path(__file__).parent / "small_desk"


@pytest.fixture(scope="module", autouse=True)
def _once() -> Iterator[None]:
    """The same data are made again once: tests differ in what that is compared with."""
    made: dict[object, pipeline.Checked] = {}

    def rehearse(workspace: Workspace, slug: str, formats: tuple[str, ...]) -> pipeline.Checked:
        key = (slug, formats, *sorted(tree(workspace.root / "data").items()))
        if key not in made:
            made[key] = pipeline.rehearse(workspace, slug, formats)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify, "rehearse", rehearse)
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The small desk, without the feeds of a firm: its edition carries all that it is made from."""
    shutil.copytree(SMALL, tmp_path / "desk", ignore=shutil.ignore_patterns("disclosures"))
    return Desk(tmp_path / "desk", "note")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The small desk with an edition."""
    root = tmp_path_factory.mktemp("once") / "desk"
    shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("disclosures"))
    desk = Desk(root, "note")
    done = desk.run("build", desk.slug)
    assert done.exit_code == 0, done.output
    return desk


@pytest.fixture
def built(tmp_path: Path, once: Desk) -> Desk:
    """A copy of the small desk with its edition."""
    return Desk(Path(shutil.copytree(once.root, tmp_path / "built")), once.slug)


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


@pytest.mark.parametrize("is_of_readers", [True, False])
def test_what_readers_get_of_an_issued_edition_is_compared_with_the_same(
    is_of_readers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {
        "slug": "note",
        "issuance": "issued",
        "formats": ["html"],
        "inputs": {"data/sources.yaml": "11", "data/briefings/note/waivers.yaml": "22"},
        "versions": {},
        "fonts": [],
        "findings": [{"message": "on a list", "severity": "warning"}],
        "check": {"digest": "ab", "scope": [], "verdicts": []},
    }
    files = {"manifest.json": as_json(made)}
    found = as_json(for_readers(made)) if is_of_readers else files["manifest.json"]
    again = SimpleNamespace(edition=SimpleNamespace(files=files), findings=())
    monkeypatch.setattr(verify, "rehearse", lambda *_: again)
    workspace = cast(Workspace, SimpleNamespace(select=lambda _: Made(())))
    published = verify.Published(
        {"manifest.json": found}, verify.Record.model_validate_json(found), None
    )
    assert verify.verify(published, workspace).findings == []


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


def packed(files: dict[str, bytes]) -> bytes:
    """A ZIP file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def sent(received: str, **attachments: bytes) -> None:
    """Put other attachments into a PDF; `_` stands for the point in a name."""
    with pikepdf.open(received, allow_overwriting_input=True) as document:
        for name, content in attachments.items():
            document.attachments[name.replace("_", ".")] = content
        document.save()


QUERY = b"""name: sent
resources:
  - name: prices
    format: sql
    url: postgresql+psycopg://${HOME}@127.0.0.1:9/x
    query: select 1 order by 1
    asOf: "2024-03-23"
    source: tfzq-kimi
    schema: {primaryKey: model_id, fields: [{name: model_id}]}
"""


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"../x.txt": b""}, "error[VER103]: the sources that it carries cannot be used"),
        ({"templates/briefing.html.j2": b"{{ 1 }}"}, "which is no data"),
        ({"data/": b"", "data/x": b"", "data/x/y": b""}, "error[VER103]"),
        ({"data/workspace.yaml": b"name: x"}, "error["),
    ],
)
def test_sources_of_anybody_do_no_harm(
    files: dict[str, bytes], said: str, built: Desk, edition: Path, tmp_path: Path
) -> None:
    received = alone(edition, tmp_path)
    sent(received, sources_zip=packed(files))
    done = Desk(tmp_path / "mail").run("verify", received)
    assert done.exit_code == 1
    assert said in done.output
    assert not (tmp_path / "x.txt").exists()


def test_no_query_of_anybody_is_run(built: Desk, edition: Path, tmp_path: Path) -> None:
    received = alone(edition, tmp_path)
    with zipfile.ZipFile(io.BytesIO(attached(Path(received).read_bytes())["sources.zip"])) as had:
        files = {name: had.read(name) for name in had.namelist()}
    (package,) = (name for name in files if name.endswith("datapackage.yaml"))
    sent(received, sources_zip=packed(files | {package: QUERY}))
    done = Desk(tmp_path / "mail").run("verify", received)
    assert done.exit_code == 1
    assert "error[LOD313]" in done.output


def test_an_altered_attachment_is_named(built: Desk, edition: Path, tmp_path: Path) -> None:
    received = alone(edition, tmp_path)
    sent(received, evidence_json=b"{}")
    done = built.run("verify", received)
    assert done.exit_code == 1
    assert "differs: `evidence.json`; " in done.output


@pytest.mark.parametrize(
    "manifest",
    ["{}", "[]", "", '{"slug": "../../etc"}', '{"slug": 1}', '{"outputs": {"../x": {}}}'],
)
def test_a_broken_manifest_is_said(manifest: str, built: Desk, edition: Path) -> None:
    (edition / "manifest.json").write_text(manifest, encoding="utf-8")
    done = built.run("verify", str(edition))
    assert done.exit_code == 1
    assert "error[VER101]" in done.output


@pytest.mark.parametrize("report", [b"{}", b"[]", b"no JSON", b'{"slug": "x"}'])
def test_a_broken_record_is_said(report: bytes, edition: Path, desk: Desk, tmp_path: Path) -> None:
    received = alone(edition, tmp_path)
    with pikepdf.open(received, allow_overwriting_input=True) as document:
        document.attachments["check-report.json"] = report
        document.save()
    done = desk.run("verify", received)
    assert done.exit_code == 1
    assert "error[VER101]" in done.output


def test_an_encrypted_pdf_is_said(edition: Path, desk: Desk, tmp_path: Path) -> None:
    received = alone(edition, tmp_path)
    with pikepdf.open(received, allow_overwriting_input=True) as document:
        document.save(encryption=pikepdf.Encryption(owner="a", user="b"))
    done = desk.run("verify", received)
    assert done.exit_code == 1
    assert "error[VER101]" in done.output


def test_a_folder_without_a_manifest_is_no_edition(desk: Desk, tmp_path: Path) -> None:
    done = desk.run("verify", str(tmp_path))
    assert done.exit_code == 1
    assert "error[VER101]" in done.output
