"""What a publication wrote and the next one does not goes; what is not the site's own stays."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from site_editions import edition, setting, tree

from briefgen.publish.site.builder import publish_site

GALLERY = {"index.html": "<p>kinds", "en.html": "<p>kinds"}


def gallery() -> dict[str, str]:
    return GALLERY


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a gallery, and with a file in it that somebody else put there."""
    made = publish(tmp_path, setting(gallery=gallery))
    (made / "gallery/mine.html").write_text("mine")
    return made


def publish(tmp_path: Path, how: object) -> Path:
    folder = edition(tmp_path / "output")
    made = publish_site([folder], tmp_path / "site", how, lambda content: ())  # type: ignore[arg-type]
    assert made.findings == ()
    return tmp_path / "site"


def test_a_gallery_that_is_not_wanted_any_more_goes(tmp_path: Path, site: Path) -> None:
    before = tree(site)
    publish(tmp_path, setting())
    files = tree(site)
    assert before.keys() - files.keys() == {f"gallery/{name}" for name in GALLERY}
    (site / "gallery/mine.html").unlink()
    del files["gallery/mine.html"]
    lines = files.pop("SHA256SUMS").decode().splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_no_empty_folder_stays_and_the_gallery_may_come_back(tmp_path: Path, site: Path) -> None:
    (site / "gallery/mine.html").unlink()
    before = tree(site)
    publish(tmp_path, setting())
    assert not (site / "gallery").exists()
    publish(tmp_path, setting(gallery=gallery))
    assert tree(site) == before


def test_sums_that_somebody_wrote_remove_nothing_outside_and_no_version(
    tmp_path: Path, site: Path
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("kept")
    (site / ".git").mkdir()
    (site / ".git/config").write_text("kept")
    (file,) = site.glob("note/*/note.pdf")
    shutil.copytree(file.parent, site / "lost" / file.parent.name)
    lost = [path.relative_to(site).as_posix() for path in (site / "lost").rglob("*.*")]
    names = ("../outside.txt", str(outside), ".git/config", "gallery/../../outside.txt", *lost)
    with (site / "SHA256SUMS").open("a") as sums:
        sums.writelines(f"{'0' * 64}  {name}\n" for name in names)
    publish(tmp_path, setting())
    assert outside.read_text() == "kept"
    assert {".git/config", *lost} <= tree(site).keys()


def test_what_fails_puts_back_what_was_removed(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, plain, done = tree(site), Path.replace, []

    def replace(path: Path, target: Path) -> Path:
        done.append(path.name)
        if path.name.endswith(".new") and {"en.html", "index.html"} <= set(done):
            raise OSError
        return plain(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        made = publish_site([], site, setting(), lambda content: ())
    assert [one.code for one in made.findings] == ["PUB211"]
    assert tree(site) == before


def test_a_kill_before_the_sums_is_made_up_for(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "gallery/mine.html").unlink()
    with monkeypatch.context() as patch:
        patch.setattr("briefgen.publish.site.staging.Staging._put_back", lambda *_: None)
        plain = Path.replace

        def replace(path: Path, target: Path) -> Path:
            if path.name == "en.html":
                raise KeyboardInterrupt
            return plain(path, target)

        patch.setattr(Path, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            publish(tmp_path, setting())
    publish(tmp_path, setting())
    assert not (site / "gallery").exists()
    state = json.loads((site / "manifest.json").read_text("utf-8"))
    assert [one["slug"] for one in state["editions"]] == ["note"]
