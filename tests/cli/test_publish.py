"""`briefgen publish`: what is built and good comes to the site; what is not is named."""

from pathlib import Path

import pytest
from conftest import Desk
from gallery_made import gallery_cache, with_gallery

from briefgen.diagnostics.finding import Finding, Made, Severity
from briefgen.gallery import make


def site(desk: Desk) -> dict[str, bytes]:
    found = (desk.root / "site").rglob("*")
    return {p.relative_to(desk.root).as_posix(): p.read_bytes() for p in found if p.is_file()}


@pytest.mark.slow
def test_a_site_grows_and_a_briefing_with_errors_keeps_its_last_version(
    built: Desk, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_gallery(built.root, gallery_cache(tmp_path_factory))
    done = built.run("publish", "--to", "site")
    assert done.exit_code == 0, done.output
    assert done.stdout == "site/index.html: 1 new, 0 unchanged, 0 refused; 1 in all\n"
    before = site(built)
    assert {f"site/{built.slug}/index.html", "site/gallery/index.html"} <= set(before)
    assert b'href="gallery/index.html"' in before["site/index.html"]
    assert b"  gallery/en.html\n" in before["site/SHA256SUMS"]

    again = built.run("publish", built.slug, "--to", "site")
    assert again.stdout == "site/index.html: 0 new, 1 unchanged, 0 refused; 1 in all\n"
    assert site(built) == before

    settings = built.read("data/workspace.yaml")
    built.write("data/workspace.yaml", f"{settings}\nsite: {{gallery: false}}\n")
    assert built.run("publish", "--to", "site").exit_code == 0
    assert b"gallery/" not in site(built)["site/index.html"] + site(built)["site/SHA256SUMS"]
    built.write("data/workspace.yaml", settings)
    assert built.run("publish", "--to", "site").exit_code == 0
    assert site(built) == before

    with monkeypatch.context() as patch:
        wrong = Finding("ENG103", "no gallery today", None, severity=Severity.ERROR)
        patch.setattr(make, "gallery", lambda *_: Made(None, (wrong,)))
        mine = built.root / "site/gallery/mine.html"
        mine.write_text("mine")
        kept = built.run("publish", "--to", "site")
        assert (kept.exit_code, "no gallery today" in kept.stderr) == (0, True)
        assert site(built) == {**before, "site/gallery/mine.html": b"mine"}
        mine.unlink()

    built.edit(f"{built.briefing}/briefing.yaml", "date: 2024-03-25", "date: 2024-13-25")
    failed = built.run("publish", "--to", "site")
    assert failed.exit_code == 1
    assert f"error[PUB203]: `{built.slug}` is not published: it was not built" in failed.stderr
    assert failed.stdout == "site/index.html: 0 new, 0 unchanged, 1 refused; 1 in all\n"
    assert site(built) == before


def test_where_nothing_is_good_no_page_is_named(desk: Desk) -> None:
    desk.edit(f"{desk.briefing}/briefing.yaml", "date: 2024-03-25", "date: 2024-13-25")
    failed = desk.run("publish", "--to", "site")
    assert failed.exit_code == 1
    assert failed.stdout == "no site: 0 new, 0 unchanged, 1 refused; 0 in all\n"
    assert "publish [OPTIONS] [SLUG]…" in desk.run("publish", "--help").stdout


@pytest.mark.parametrize(
    ("settings", "code"),
    [("site: {language: fr}", "PUB214"), ("site: {url: ftp://example.com}", "LOD1")],
)
def test_settings_that_do_not_work(settings: str, code: str, built: Desk) -> None:
    built.write("data/workspace.yaml", built.read("data/workspace.yaml") + f"\n{settings}\n")
    done = built.run("publish", "--to", "site")
    assert done.exit_code == 1
    assert f"error[{code}" in done.stderr
    assert not (built.root / "site").exists()


def test_a_folder_with_other_things_is_left_alone(built: Desk) -> None:
    done = built.run("publish", "--to", "data")
    assert done.exit_code == 1
    assert "error[PUB212]: `data` holds other files and is no site" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((), "Missing option '--to'"), (("nobody", "--to", "site"), "there is no briefing `nobody`")],
)
def test_wrong_calls(arguments: tuple[str, ...], message: str, desk: Desk, tmp_path: Path) -> None:
    done = desk.run("publish", *arguments)
    assert done.exit_code in {1, 2}
    assert message in done.stderr
