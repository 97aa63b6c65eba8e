"""An edition that should not have gone out is taken back: its files go, a note of it stays."""

import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import Desk
from site_editions import edition, setting, tree

from briefgen.diagnostics.finding import Finding, Made, Severity
from briefgen.model.site import Withdrawn
from briefgen.publish.site import builder
from briefgen.publish.site.builder import Publication, publish_site

AT = datetime(2024, 4, 2, 7, 30, tzinfo=UTC)
MOMENT = "2024-04-02 07:30 UTC"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with two editions, of which the first has two versions and another language."""
    made = tmp_path / "site"
    output = tmp_path / "output"
    publish(made, edition(output, "first", title="旧的标题", alternates={"en": "second"}))
    first = edition(output, "first", alternates={"en": "second"})
    publish(made, first, edition(output, "second", date="2024-02"))
    return made


def publish(site: Path, *folders: Path, withheld: str = "", **changes: Any) -> Publication:
    """Publish editions; one of them may be withheld, as it was withdrawn, and nothing is wrong."""

    def validate(content: bytes) -> tuple[Finding, ...]:
        return ()

    made = publish_site(folders, site, setting(**changes), validate)
    told = f"`{withheld}` is not published: it was withdrawn on {MOMENT}"
    expected = [("PUB217", told, Severity.WARNING)] if withheld else []
    assert [(one.code, one.message, one.severity) for one in made.findings] == expected
    assert made.value is not None
    return made.value


def withdraw(site: Path, wanted: str, reason: str | None = None) -> Made[tuple[Withdrawn, ...]]:
    return builder.withdraw(wanted, site, setting(), AT, reason)


def versions(site: Path, slug: str) -> list[str]:
    """The versions that the state has, in the order in which they came."""
    state = json.loads((site / "manifest.json").read_text("utf-8"))
    found = [one["versions"] for one in state["editions"] if one["slug"] == slug]
    return [version["id"] for one in found for version in one]


def text(site: Path, name: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", (site / name).read_text("utf-8")))


def sums_agree(site: Path) -> bool:
    files = tree(site)
    lines = files.pop("SHA256SUMS").decode().splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    return told == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_all_of_an_edition_goes_but_for_a_note(site: Path) -> None:
    made = withdraw(site, "first", "a wrong number <b>")
    assert made.findings == ()
    assert made.value is not None
    assert [(one.slug, one.number) for one in made.value] == [("first", 1), ("first", 2)]
    files = tree(site)
    assert {name for name in files if name.startswith("first/")} == {"first/index.html"}
    assert sums_agree(site)
    page = text(site, "first/index.html")
    assert f"已于 {MOMENT} 撤回" in page
    assert "a wrong number &lt;b&gt;" in page
    assert "一份点评" not in page
    for name in ("index.html", "feed.xml"):
        assert "first/" not in files[name].decode()
    assert versions(site, "first") == []
    root = ElementTree.parse(site / "feed.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    assert len(root.findall(f"{atom}entry")) == 1
    assert root.findtext(f"{atom}updated") == "2024-04-02T07:30:00Z"


def test_without_a_reason_none_is_told(site: Path) -> None:
    withdraw(site, "first", " \x0b")
    assert "撤回原因" not in text(site, "first/index.html")
    assert "reason" not in (site / "manifest.json").read_text("utf-8")


def test_the_note_stays_and_the_same_bytes_do_not_come_back(site: Path, tmp_path: Path) -> None:
    withdraw(site, "first")
    before = tree(site)
    folders = tmp_path / "output/first", tmp_path / "output/second"
    assert publish(site, *folders, withheld="first").added == ()
    assert tree(site) == before
    edition(tmp_path / "output", "first", title="改正的标题")
    assert publish(site, tmp_path / "output/first").added == ("first",)
    page = text(site, "first/index.html")
    assert "改正的标题" in page
    assert page.count(f"已于 {MOMENT} 撤回") == 2
    assert page.index("第 3 版") < page.index("第 2 版") < page.index("第 1 版")
    assert sums_agree(site)


def test_one_version_goes_and_the_last_of_the_others_is_shown(site: Path, tmp_path: Path) -> None:
    old, new = versions(site, "first")
    assert withdraw(site, f"first@{new}").findings == ()
    assert versions(site, "first") == [old]
    assert not (site / "first" / new).exists()
    page = text(site, "first/index.html")
    assert "旧的标题" in page
    assert f"第 2 版 {new} 已于 {MOMENT} 撤回" in page
    assert "只有这一个版本" not in page
    assert sums_agree(site)
    publish(site, tmp_path / "output/first", withheld="first")
    assert versions(site, "first") == [old]


def test_an_earlier_version_goes_and_the_others_keep_their_numbers(site: Path) -> None:
    old, new = versions(site, "first")
    assert "第 1 版" in text(site, "first/index.html")
    withdraw(site, f"first@{old}")
    assert versions(site, "first") == [new]
    assert f"第 2 版 {new}" in text(site, "first/index.html")


def test_the_last_edition_may_go(site: Path) -> None:
    for slug in ("first", "second"):
        assert withdraw(site, slug).findings == ()
    assert "这里没有简报" in text(site, "index.html")
    assert sums_agree(site)
    assert publish(site).editions == 0


def test_what_was_withdrawn_before_is_withdrawn(site: Path) -> None:
    old, _ = versions(site, "first")
    withdraw(site, "first")
    before = tree(site)
    for wanted in ("first", f"first@{old}"):
        assert withdraw(site, wanted) == Made((), ())
    assert tree(site) == before


def test_files_that_a_kill_left_of_it_go_the_next_time(site: Path, tmp_path: Path) -> None:
    old, _ = versions(site, "first")
    withdraw(site, "first")
    (site / "first" / old).mkdir()
    (site / "first" / old / "first.pdf").write_text("left")
    publish(site, tmp_path / "output/second")
    assert not (site / "first" / old).exists()


@pytest.mark.parametrize(
    ("wanted", "message", "near"),
    [
        ("frist", "has no edition `frist`", "did you mean `first`?"),
        ("second@0123456789ab", "has no version `0123456789ab`", "known: `"),
        ("second@", "has no version ``", "known: `"),
    ],
)
def test_what_the_site_does_not_have(wanted: str, message: str, near: str, site: Path) -> None:
    before = tree(site)
    made = withdraw(site, wanted)
    assert made.value is None
    (finding,) = made.findings
    assert finding.code == "PUB216"
    assert message in finding.message
    assert (finding.help or "").startswith(near)
    assert tree(site) == before


def test_another_edition_that_is_damaged_does_not_stand_in_the_way(site: Path) -> None:
    (version,) = versions(site, "second")
    (site / "second" / version / "check-report.json").unlink()
    page = (site / "second/index.html").read_bytes()
    made = withdraw(site, "first")
    assert [(one.code, one.severity) for one in made.findings] == [("PUB215", Severity.WARNING)]
    assert made.value
    assert {name for name in tree(site) if name.startswith("first/")} == {"first/index.html"}
    assert (site / "second/index.html").read_bytes() == page


def test_where_nothing_was_published(tmp_path: Path) -> None:
    made = withdraw(tmp_path / "nowhere", "first")
    assert [one.help for one in made.findings] == [None]
    assert not (tmp_path / "nowhere").exists()


def test_the_command(desk: Desk, tmp_path: Path) -> None:
    site = desk.root / "site"
    publish(site, edition(tmp_path, "note"), edition(tmp_path, "other"))
    (version,) = versions(site, "note")
    settings = desk.read("data/workspace.yaml")
    desk.write("data/workspace.yaml", f"{settings}\nsite: {{gallery: false}}\n")
    done = desk.run("publish", "--to", "site", "--withdraw", "note", "--reason", "误发")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"site/note/{version}: withdrawn\n"
    assert "撤回原因：误发" in text(site, "note/index.html")
    again = desk.run("publish", "--to", "site", "--withdraw", "note")
    assert (again.exit_code, again.stdout) == (0, "`note` was withdrawn before\n")
    failed = desk.run("publish", "--to", "site", "--withdraw", "othr")
    assert failed.exit_code == 1
    assert "did you mean `other`?" in failed.stderr
    for arguments in (("note", "--withdraw", "note"), ("--reason", "x")):
        assert desk.run("publish", "--to", "site", *arguments).exit_code == 2
