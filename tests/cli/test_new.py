"""`briefgen new briefing` and `briefgen new brokerage`: what they write builds, or nothing is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from briefgen import pipeline
from briefgen.diagnostics.finding import has_errors
from briefgen.workspace import open_workspace

if TYPE_CHECKING:
    from tests.conftest import Desk

HOUSES = sorted(path.stem for path in Path(__file__).parents[2].glob("data/brokerages/*.yaml"))
HOUSES = [house for house in HOUSES if "." not in house]


def files(desk: Desk) -> dict[str, bytes]:
    """Everything in the workspace."""
    found = (path for path in desk.root.rglob("*") if path.is_file())
    return {path.relative_to(desk.root).as_posix(): path.read_bytes() for path in found}


def errors(desk: Desk, *arguments: str) -> str:
    """What a call shows that must fail and change nothing."""
    before = files(desk)
    done = desk.run("new", *arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert files(desk) == before
    return done.stderr


@pytest.mark.parametrize("house", HOUSES)
def test_a_new_briefing_of_every_house_has_no_errors(desk: Desk, house: str) -> None:
    done = desk.run("new", "briefing", "first", "--brokerage", house)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1] == "next: briefgen build first"
    checked = desk.run("check", "first")
    assert checked.exit_code == 0
    assert "data/briefings/first" not in checked.stdout, "only the house may be warned of"


@pytest.mark.slow
def test_a_new_house_and_its_briefing_build(desk: Desk) -> None:
    assert desk.run("new", "brokerage", "my-house").stdout == (
        "wrote data/brokerages/my-house.yaml\nwrote .schemas/\nwrote .vscode/\n"
        "next: briefgen new briefing SLUG --brokerage my-house\n"
    )
    desk.run("new", "briefing", "first", "--brokerage", "my-house")
    workspace = open_workspace(desk.root).value
    assert workspace is not None
    built = pipeline.rehearse(workspace, "first")
    assert not has_errors(built.findings)
    edition = built.edition
    assert edition is not None
    assert (edition.tables, edition.figures) == (1, 1)
    html = edition.files["first.html"].decode()
    assert all(word in html for word in ("示例机构", "示例条款", "草稿"))


def test_what_is_written_is_named_and_marked_as_an_example(desk: Desk) -> None:
    before = files(desk)
    done = desk.run("new", "briefing", "coffee-2026-03-02", "--brokerage", "tfzq")
    after = files(desk)
    changed = {name for name in after if after[name] != before.get(name)}
    for_editors = {name for name in changed if name.startswith(".")}
    assert {name.partition("/")[0] for name in for_editors} == {".schemas", ".vscode"}
    changed -= for_editors
    told = {*changed, ".schemas/", ".vscode/"}
    assert {f"wrote {name}" for name in told} == set(done.stdout.splitlines()[:-1])
    assert changed - before.keys() | {"data/sources.yaml"} == changed
    front = yaml.safe_load(desk.read("data/briefings/coffee-2026-03-02/briefing.yaml"))
    assert str(front["date"]) == "2026-03-02"
    assert "示例" in front["title"]
    assert front["issuance"] == "draft"
    assert "强于大市, 中性, 弱于大市" in desk.read("data/briefings/coffee-2026-03-02/briefing.yaml")
    text = "".join(after[name].decode() for name in changed if "coffee-2026-03-02" in name)
    assert "$" not in text.replace("language-server: $schema=", "")


def test_entries_are_added_once_and_the_rest_stays(desk: Desk) -> None:
    units = "# Units.\r\ntokens: {kind: count, labels: {zh-CN: tokens}}  # of models"
    desk.write("data/units.yaml", units)
    sources = desk.read("data/sources.yaml")
    desk.run("new", "brokerage", "my-house")
    shown = desk.run("new", "briefing", "first", "--brokerage", "my-house")
    assert shown.exit_code == 0, shown.output
    entry = "CNY: {kind: currency, labels: {zh-CN: 元, en: CNY}}\n"
    assert (desk.root / "data/units.yaml").read_bytes().decode() == f"{units}\n{entry}"
    assert desk.read("data/sources.yaml").startswith(sources)
    once = files(desk)
    desk.run("new", "briefing", "second", "--brokerage", "my-house")
    assert files(desk).items() >= once.items()


@pytest.mark.parametrize("given", [["--language", "en"], []])
def test_a_new_house_and_its_briefing_in_english(desk: Desk, given: list[str]) -> None:
    desk.run("new", "brokerage", "my-house", "--language", "en")
    shown = desk.run("new", "briefing", "first", "--brokerage", "my-house", *given)
    assert ".schemas/" not in shown.stdout, "they are there"
    checked = desk.run("check", "first")
    assert checked.exit_code == 0
    assert "data/briefings/first" not in checked.stdout
    front = yaml.safe_load(desk.read("data/briefings/first/briefing.yaml"))
    assert (front["language"], front["title"][:7]) == ("en", "Example")
    written = [*(desk.root / "data/briefings/first").rglob("*.*")]
    texts = "".join(path.read_text("utf-8") for path in written)
    assert re.findall("[一-鿿]", texts) == []


def test_a_house_without_schemes_and_disclosures(desk: Desk) -> None:
    desk.write(
        "data/brokerages/bare.yaml",
        "names: {zh-CN: 示例}\nlegal_name: 示例\nbrand: '#000000'\n",
    )
    desk.run("new", "briefing", "first", "--brokerage", "bare")
    front = yaml.safe_load(desk.read("data/briefings/first/briefing.yaml"))
    kinds = [section["kind"] for section in front["sections"]]
    assert kinds == ["overview", "analysis", "risks", "evidence"]
    checked = desk.run("check", "first")
    assert checked.exit_code == 0
    assert set(re.findall(r"\[([A-Z]+-?\d+)\]", checked.stdout)) == {"GEN-08", "GEN-11"}


@pytest.mark.parametrize("name", ["Bad", "a/b", "../x", "a--b", "名", "", "a.en"])
@pytest.mark.parametrize("kind", ["briefing", "brokerage"])
def test_a_name_of_the_wrong_form(desk: Desk, kind: str, name: str) -> None:
    options = ["--brokerage", "tfzq"] if kind == "briefing" else []
    assert errors(desk, kind, name, *options) == (
        f"error[WSP102]: `{name}` is no name of a {kind}\n"
        " = help: a name holds small letters, digits and single hyphens\n\n1 error\n"
    )


def test_a_briefing_of_that_name_is_there(desk: Desk) -> None:
    shown = errors(desk, "briefing", desk.slug, "--brokerage", "tfzq")
    assert f"error[WSP105]: there is a briefing `{desk.slug}` already\n" in shown


def test_a_brokerage_of_that_name_is_there(desk: Desk) -> None:
    assert "error[WSP105]: there is a brokerage `tfzq` already\n" in errors(
        desk, "brokerage", "tfzq"
    )


def test_an_unknown_brokerage(desk: Desk) -> None:
    assert errors(desk, "briefing", "first", "--brokerage", "tfzg") == (
        "error[WSP106]: there is no brokerage `tfzg`\n = help: did you mean `tfzq`?\n\n1 error\n"
    )


def test_a_brokerage_with_errors(desk: Desk) -> None:
    desk.edit("data/brokerages/tfzq.yaml", "legal_name", "legal_nam")
    shown = errors(desk, "briefing", "first", "--brokerage", "tfzq")
    assert "data/brokerages/tfzq.yaml:2:1: error[LOD103]" in shown


def test_no_workspace(tmp_path: Path, desk: Desk) -> None:
    desk.delete("data/workspace.yaml")
    shown = errors(desk, "brokerage", "my-house")
    assert "error[WSP103]: there is no workspace in " in shown


def test_a_register_that_nothing_can_be_added_to(desk: Desk) -> None:
    desk.write("data/units.yaml", "{tokens: {kind: count, labels: {zh-CN: tokens}}}\n")
    shown = errors(desk, "briefing", "first", "--brokerage", "example")
    assert "data/units.yaml:1:1: error[WSP107]: cannot add `CNY` at the end\n" in shown
    assert "= help: write it in yourself: CNY: {kind: currency, " in shown


@pytest.mark.parametrize("last", ["briefings/first/tables/datapackage.yaml", "sources.yaml"])
def test_after_an_error_all_is_as_before(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path == desk.root / "data" / last:
            write(path, content[:10])
            monkeypatch.setattr(Path, "write_bytes", write)
            raise OSError(28, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    shown = errors(desk, "briefing", "first", "--brokerage", "tfzq")
    assert shown == (
        f"error[WSP107]: cannot write `data/{last}`: no space left on device\n"
        " = help: nothing was changed\n\n1 error\n"
    )
    assert not (desk.root / "data/briefings/first").exists()


def test_a_workspace_may_have_the_name_of_a_command(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.run("new", "workspace", "briefing").exit_code == 0
    assert (desk.root / "briefing/data/workspace.yaml").is_file()


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["new", "briefing"], "Missing argument 'SLUG'."),
        (["new", "briefing", "first"], "Missing option '--brokerage'."),
        (["new", "brokerage"], "Missing argument 'ID'."),
        (["new", "a", "b"], "Got unexpected extra argument (b)"),
        (["new", "--al"], "No such option '--al'."),
    ],
)
def test_wrong_usage(desk: Desk, arguments: list[str], shown: str) -> None:
    done = desk.run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert shown in done.stderr
