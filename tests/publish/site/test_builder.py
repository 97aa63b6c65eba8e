"""The folder of a site: what is added, what stays, and what is never half there."""

import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from site_editions import edition, pdf, record, setting, tree

from briefgen.diagnostics.finding import Finding, Made
from briefgen.publish.manifest import manifest
from briefgen.publish.site.builder import Publication, publish_site
from briefgen.publish.site.staging import STAGE, alone

Folders = tuple[Path, ...]


def published(*folders: Path, to: Path, **changes: Any) -> Made[Publication]:
    validate = changes.pop("validate", lambda content: ())
    return publish_site(folders, to, setting(**changes), validate)


def done(*folders: Path, to: Path, **changes: Any) -> Publication:
    made = published(*folders, to=to, **changes)
    assert made.findings == ()
    assert made.value is not None
    return made.value


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def two(tmp_path: Path) -> Folders:
    """Two editions."""
    output = tmp_path / "output"
    return edition(output, "first"), edition(output, "second", title="第二份", date="2024-04")


def broken_links(site: Path) -> list[str]:
    """Links of pages that lead nowhere."""
    return [
        f"{page}: {link}"
        for page in (site / "index.html", *site.glob("*/index.html"))
        for link in re.findall(r'(?:href|src)="([^"#]+)"', page.read_text("utf-8"))
        if not (page.parent / link).is_file()
    ]


def test_a_first_publication(site: Path, two: Folders) -> None:
    assert done(*two, to=site) == Publication(("first", "second"), (), (), 2)
    (version,) = {path.parent.name for path in site.glob("first/*/first.pdf")}
    assert version == hashlib.sha256((two[0] / "manifest.json").read_bytes()).hexdigest()[:12]
    assert set(tree(site / "first")) == {
        "index.html",
        *(
            f"{version}/{name}"
            for name in ("first.html", "first.pdf", "evidence.json", "exhibits.xlsx")
        ),
        *(f"{version}/{name}" for name in ("check-report.json", "first-page.png", "manifest.json")),
    }
    assert {"index.html", "feed.xml", "manifest.json", "SHA256SUMS"} <= set(tree(site))
    assert not (site / STAGE).exists()
    assert broken_links(site) == []


def test_publishing_once_more_changes_no_byte(site: Path, two: Folders) -> None:
    done(*two, to=site)
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    assert done(*two, to=site) == Publication((), ("first", "second"), (), 2)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == before


def test_the_order_of_editions_does_not_matter(tmp_path: Path, two: Folders) -> None:
    done(*two, to=tmp_path / "a")
    done(*reversed(two), to=tmp_path / "b")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_earlier_versions_stay_and_are_linked(site: Path, tmp_path: Path, two: Folders) -> None:
    done(*two, to=site)
    before = tree(site)
    edition(tmp_path / "output", "first", title="改过的标题")
    assert done(two[0], to=site) == Publication(("first",), (), (), 2)
    after = tree(site)
    of_versions = {name for name in before if name.count("/") == 2}
    assert {name: after[name] for name in of_versions} == {n: before[n] for n in of_versions}
    page = (site / "first/index.html").read_text("utf-8")
    versions = sorted(path.name for path in (site / "first").iterdir() if path.is_dir())
    assert len(versions) == 2
    assert all(f'href="{version}/first.pdf"' in page for version in versions)
    assert "<title>改过的标题" in page
    assert page.index("第 2 版") < page.index("第 1 版")
    assert broken_links(site) == []


def test_a_version_that_comes_back_is_shown_again(site: Path, tmp_path: Path, two: Folders) -> None:
    done(*two, to=site)
    before = tree(site)
    edition(tmp_path / "output", "first", title="改过的标题")
    done(two[0], to=site)
    edition(tmp_path / "output", "first")
    assert done(two[0], to=site).added == ("first",)
    assert tree(site)["index.html"] == before["index.html"]
    state = json.loads((site / "manifest.json").read_text("utf-8"))
    first = state["editions"][0]
    assert [one["about"]["title"] for one in first["versions"]] == ["一份点评", "改过的标题"]
    assert first["current"] == first["versions"][0]["id"]


def test_editions_that_are_not_published_this_time_stay(site: Path, two: Folders) -> None:
    done(*two, to=site)
    shutil.rmtree(two[0])
    assert done(two[1], to=site).editions == 2
    assert "first/index.html" in (site / "index.html").read_text("utf-8")


def test_the_sums_are_those_of_all_files(site: Path, two: Folders) -> None:
    done(*two, to=site)
    files = tree(site)
    lines = files.pop("SHA256SUMS").decode().splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def rewrite(folder: Path, **changes: Any) -> None:
    """Another manifest, with the digests of the files that are there."""
    names = (path.name for path in folder.iterdir() if path.name != "manifest.json")
    files = {name: (folder / name).read_bytes() for name in names}
    (folder / "manifest.json").write_bytes(manifest(record(folder.name) | changes, files))


def without_pdf(folder: Path) -> None:
    (folder / "second.pdf").unlink()
    rewrite(folder)


def other_pdf(folder: Path) -> None:
    (folder / "second.pdf").write_bytes(pdf({}))
    rewrite(folder)


def no_pdf_at_all(folder: Path) -> None:
    (folder / "second.pdf").write_bytes(b"%PDF")
    rewrite(folder)


ISSUED = {
    "issuance": "issued",
    "nature": "issued",
    "original": None,
    "released_at": "2024-03-25T07:30:00+08:00",
}
ERROR = {"code": "CHK101", "message": "unbound", "severity": "error"}
REFUSED: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a draft": (
        lambda f: edition(f.parent, "second", issuance="draft", nature="draft"),
        "PUB202",
        "it is a draft",
    ),
    "errors": (
        lambda f: edition(f.parent, "second", findings=[ERROR]),
        "PUB203",
        "its build had errors: CHK101",
    ),
    "no PDF": (without_pdf, "PUB205", "its edition has no `second.pdf`"),
    "a lost file": (
        lambda f: (f / "second.pdf").unlink(),
        "PUB204",
        "`second.pdf` cannot be read: no such file or directory",
    ),
    "an altered file": (
        lambda f: (f / "second.html").write_text("<p>"),
        "PUB204",
        "`second.html` is not as it was written",
    ),
    "a PDF without report": (other_pdf, "PUB204", "its PDF carries no check report"),
    "no PDF at all": (no_pdf_at_all, "PUB204", "its PDF carries no check report"),
    "an altered manifest": (
        lambda f: rewrite(f, title="别的标题"),
        "PUB204",
        "manifest and check report of the PDF differ",
    ),
    "no folder": (shutil.rmtree, "PUB201", "cannot be used: no such file or directory"),
    "no JSON": (lambda f: (f / "manifest.json").write_text("{"), "PUB201", "it is not JSON"),
    "a list": (lambda f: (f / "manifest.json").write_text("[]"), "PUB201", "its manifest cannot"),
    "an old manifest": (
        lambda f: edition(f.parent, "second", edit=lambda made: made.pop("brand")),
        "PUB201",
        "`brand`: field required",
    ),
    "another edition": (
        lambda f: edition(f.parent, "second", edit=lambda made: made.update(slug="third")),
        "PUB201",
        "its manifest is that of `third`",
    ),
    "a file outside": (
        lambda f: (f / "manifest.json").write_text(
            (f / "manifest.json").read_text("utf-8").replace('"evidence.json"', '"../first.json"')
        ),
        "PUB201",
        "its manifest cannot be used",
    ),
    "errors that the manifest hides": (
        lambda f: edition(
            f.parent, "second", lambda made: made.update(findings=[]), **ISSUED, findings=[ERROR]
        ),
        "PUB204",
        "manifest and check report of the PDF differ",
    ),
    "no checks": (
        lambda f: edition(f.parent, "second", lambda made: made.pop("check"), **ISSUED),
        "PUB201",
        "`check`: field required",
    ),
    "no time": (
        lambda f: edition(f.parent, "second", **ISSUED | {"released_at": "not a time"}),
        "PUB201",
        "`released_at`: value error, invalid isoformat string: 'not a time'",
    ),
    "a time of any zone": (
        lambda f: edition(f.parent, "second", **ISSUED | {"released_at": "2024-03-25T07:30:00"}),
        "PUB201",
        "`released_at`: value error, a time without its zone",
    ),
    "a time before all others": (
        lambda f: edition(
            f.parent, "second", **ISSUED | {"released_at": "0001-01-01T00:00:00+08:00"}
        ),
        "PUB201",
        "`released_at`: value error, no such time in utc",
    ),
    "a nature that is another": (
        lambda f: edition(f.parent, "second", **ISSUED | {"nature": "comparison"}),
        "PUB201",
        "`nature`: value error, `comparison`, but its issuance is `issued`",
    ),
    "a deep nest": (
        lambda f: (f / "manifest.json").write_text("[" * 100_000),
        "PUB201",
        "it is nested too deeply",
    ),
    "a style": (
        lambda f: edition(f.parent, "second", brand="red}body{display:none"),
        "PUB201",
        "`brand`: string should match pattern",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_why_and_the_others_are_published(
    case: str, site: Path, two: Folders
) -> None:
    spoil, code, why = REFUSED[case]
    spoil(two[1])
    made = published(*two, to=site)
    assert made.failed
    assert made.value == Publication(("first",), (), ("second",), 1)
    (finding,) = made.findings
    assert finding.code == code
    assert finding.message.startswith("`second` is not published: ")
    assert why in finding.message
    assert not (site / "second").exists()
    assert "第二份" not in (site / "index.html").read_text("utf-8")


def test_a_pdf_that_is_not_valid_is_refused(site: Path, two: Folders) -> None:
    found = Finding("SET201", "the PDF is not valid PDF/A-3a")
    made = published(*two, to=site, validate=lambda content: (found,))
    assert made.value == Publication((), (), ("first", "second"), 0)
    assert [one.code for one in made.findings] == ["SET201", "PUB206"] * 2
    assert not site.exists()


def test_what_was_published_before_is_not_validated_again(site: Path, two: Folders) -> None:
    done(*two, to=site)

    def fail(content: bytes) -> tuple[Finding, ...]:
        raise AssertionError

    assert done(*two, to=site, validate=fail).unchanged == ("first", "second")


def test_a_refused_edition_keeps_its_last_version(site: Path, two: Folders) -> None:
    done(*two, to=site)
    before = tree(site)
    edition(two[1].parent, "second", issuance="draft", nature="draft")
    assert published(*two, to=site).failed
    assert tree(site) == before


@pytest.mark.parametrize(
    "slug", ["index.html", "feed.xml", "manifest.json", "sha256sums", "gallery"]
)
def test_names_of_the_sites_own_are_refused(slug: str, site: Path, tmp_path: Path) -> None:
    made = published(edition(tmp_path, slug), to=site)
    assert [one.message for one in made.findings] == [
        f"`{slug}` is not published: a file of the site has this name"
    ]


def test_of_an_issued_report_what_stays_in_the_firm_is_not_on_the_site(
    site: Path, tmp_path: Path
) -> None:
    inputs = {"data/disclosures/house.yaml": "11" * 32, "data/briefings/a/waivers.yaml": "11" * 32}
    folder = edition(tmp_path, **ISSUED, inputs=inputs)
    assert b"is of 2001" in (folder / "manifest.json").read_bytes()
    done(folder, to=site)
    for text in (b"is of 2001", b"11" * 32):
        assert not [name for name, content in tree(site).items() if text in content]
    assert 'class="banner"' not in (site / "note/index.html").read_text("utf-8")


def test_a_damaged_file_of_the_site_is_mended(site: Path, two: Folders) -> None:
    done(*two, to=site)
    before = tree(site)
    next(site.glob("first/*/first.pdf")).unlink()
    next(site.glob("first/*/check-report.json")).write_text("{")
    made = published(two[1], to=site)
    assert [one.code for one in made.findings] == ["PUB215", "PUB215", "PUB212"]
    assert done(two[0], to=site).unchanged == ("first",)
    assert tree(site) == before


def test_altered_files_of_other_versions_are_named(
    site: Path, tmp_path: Path, two: Folders
) -> None:
    done(*two, to=site)
    (old,) = site.glob("first/*/first.pdf")
    (shown,) = site.glob("second/*/second.html")
    edition(tmp_path / "output", "first", title="改过的标题")
    done(two[0], to=site)
    old.unlink()
    shown.write_text("altered")
    made = published(two[0], to=site)
    assert not made.failed
    assert [(one.code, one.message, one.help) for one in made.findings] == [
        (
            "PUB215",
            f"`{old.relative_to(site)}` on the site is missing",
            "no command makes an earlier version again: put it back from a copy",
        ),
        (
            "PUB215",
            f"`{shown.relative_to(site)}` on the site is not as it was published",
            "publish `second` once more",
        ),
    ]
    assert [one.message for one in published(two[1], to=site).findings] == [
        f"`{old.relative_to(site)}` on the site is missing"
    ]
    assert shown.read_text("utf-8") != "altered"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mine.txt", "mine"),
        ("index.html", "mine"),
        ("manifest.json", "mine"),
        ("manifest.json", "{}"),
    ],
)
def test_a_folder_with_other_things_is_left_alone(
    name: str, content: str, site: Path, two: Folders
) -> None:
    site.mkdir()
    (site / name).write_text(content)
    made = published(*two, to=site)
    assert [one.code for one in made.findings] == ["PUB212"]
    assert tree(site) == {name: content.encode()}


@pytest.mark.parametrize("has_page", [True, False])
def test_no_file_goes_where_a_link_leads(
    has_page: bool, site: Path, tmp_path: Path, two: Folders
) -> None:
    done(*two, to=site)
    outside = tmp_path / "outside"
    (site / "first").rename(outside)
    if not has_page:
        (outside / "index.html").unlink()
    (site / "first").symlink_to(outside)
    before = tree(outside)
    for folder in (two[0], edition(tmp_path / "output", "first", title="改过的标题"), two[1]):
        made = published(folder, to=site)
        assert [one.code for one in made.findings] == ["PUB212"]
        assert f"`{site / 'first'}` is a symbolic link" in made.findings[0].message
    assert tree(outside) == before


def unknown(state: dict[str, Any]) -> None:
    state["editions"][0]["current"] = "0" * 12


def without_files(state: dict[str, Any]) -> None:
    state["editions"][0]["versions"][0]["files"] = {}


def a_version_twice(state: dict[str, Any]) -> None:
    state["editions"][0]["versions"] *= 2


@pytest.mark.parametrize("spoil", [unknown, without_files, a_version_twice])
def test_a_state_that_cannot_be_is_said(
    spoil: Callable[[dict[str, Any]], None], site: Path, two: Folders
) -> None:
    done(*two, to=site)
    state = json.loads((site / "manifest.json").read_text("utf-8"))
    spoil(state)
    (site / "manifest.json").write_text(json.dumps(state))
    before = tree(site)
    made = published(*two, to=site)
    assert [one.code for one in made.findings] == ["PUB212"]
    assert "is not the state of a site" in made.findings[0].message
    assert tree(site) == before


def test_a_repository_or_other_files_beside_a_site_are_no_hindrance(
    site: Path, two: Folders
) -> None:
    (site / ".git").mkdir(parents=True)
    done(two[0], to=site)
    (site / "CNAME").write_text("example.com")
    done(two[1], to=site)
    assert (site / "CNAME").read_text() == "example.com"


def test_nobody_else_publishes_at_the_same_time(site: Path, two: Folders) -> None:
    done(two[0], to=site)
    before = tree(site)
    with alone(site):
        made = published(*two, to=site)
    assert [one.code for one in made.findings] == ["PUB213"]
    assert tree(site) == before


class Faults:
    """Lets the n-th call of a function that changes files fail; if it stays, all after it too."""

    def __init__(self, error: type[BaseException], at: int, *, stays: bool) -> None:
        self.error, self.at, self.stays, self.calls = error, at, stays, 0

    def into(
        self, owner: object, name: str, patch: pytest.MonkeyPatch, *, counts: bool = True
    ) -> None:
        plain = getattr(owner, name)

        def call(*arguments: Any, **more: Any) -> Any:
            self.calls += counts
            if (counts and self.calls == self.at) or (self.stays and self.calls >= self.at):
                raise self.error(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return plain(*arguments, **more)

        patch.setattr(owner, name, call)


class Killed(BaseException):
    """The end of a process, after which nothing of it runs."""


@pytest.fixture
def changed(site: Path, tmp_path: Path, two: Folders) -> Folders:
    """A site of two editions, of which one is a new version now, and a third one is new."""
    done(*two, to=site)
    output = tmp_path / "output"
    return (
        edition(output, "first", title="改过的标题"),
        two[1],
        edition(output, "third", date="2024-05-06"),
    )


@pytest.mark.parametrize(
    ("owner", "name", "step"),
    [(Path, "replace", 2), (Path, "mkdir", 1), (os, "fsync", 7), (os, "open", 3)],
)
def test_whatever_fails_the_site_is_as_it_was(
    owner: object,
    name: str,
    step: int,
    site: Path,
    changed: Folders,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = tree(site)
    for at in range(1, 200, step):
        with monkeypatch.context() as patch:
            Faults(OSError, at, stays=False).into(owner, name, patch)
            made = published(*changed, to=site)
        if made.value is not None:
            break
        assert [one.code for one in made.findings] == ["PUB211"]
        assert "no space left on device" in made.findings[0].message
        assert tree(site) == before, f"call {at}"
        assert {path.name for path in site.iterdir()} == {n.split("/")[0] for n in before}
    assert at > 1
    assert made.value.added == ("first", "third")


def test_a_first_publication_that_fails_leaves_nothing(
    site: Path, two: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in (1, 2, 9, 17):
        with monkeypatch.context() as patch:
            Faults(OSError, at, stays=False).into(Path, "replace", patch)
            assert published(*two, to=site).value is None
        assert not site.exists()


def test_a_kill_at_any_write_leaves_a_whole_site_and_the_next_run_completes(
    site: Path, changed: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, kept = tree(site), tmp_path / "kept"
    shutil.copytree(site, kept)
    done(*changed, to=site)
    wanted = tree(site)
    for at in range(1, 200):
        shutil.rmtree(site)
        shutil.copytree(kept, site)
        with monkeypatch.context() as patch:
            power = Faults(Killed, at, stays=True)
            power.into(Path, "replace", patch)
            for owner, name in ((Path, "unlink"), (Path, "rmdir"), (shutil, "rmtree")):
                power.into(owner, name, patch, counts=False)
            try:
                published(*changed, to=site)
                break
            except Killed:
                pass
        now = {n: c for n, c in tree(site).items() if not n.startswith(STAGE)}
        assert all(now.get(name) in (before[name], wanted[name]) for name in before), at
        assert all(now[name] == wanted[name] for name in now if name not in before), at
        assert broken_links(site) == []
        if at % 6 == 0:
            done(*changed, to=site)
            assert tree(site) == wanted
    assert at > 15


def test_a_kill_of_a_first_publication_is_no_hindrance(
    site: Path, two: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        power = Faults(Killed, 4, stays=True)
        power.into(Path, "replace", patch)
        for owner, name in ((Path, "unlink"), (Path, "rmdir"), (shutil, "rmtree")):
            power.into(owner, name, patch, counts=False)
        with pytest.raises(Killed):
            published(*two, to=site)
    assert done(*two, to=site).added == ("first", "second")


def test_a_folder_that_may_not_be_written(site: Path, two: Folders) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    done(two[0], to=site)
    site.chmod(0o555)
    made = published(*two, to=site)
    site.chmod(0o755)
    assert [one.code for one in made.findings] == ["PUB211"]
