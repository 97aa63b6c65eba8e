"""`briefgen new`: a workspace in both languages, asked for or given, or nothing at all."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from briefgen import pipeline
from briefgen.cli import new
from briefgen.cli.answers import LANGUAGES, Answers
from briefgen.cli.main import cli
from briefgen.cli.starter_texts import words_in
from briefgen.cli.starters import new_workspace
from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import SourceMap
from briefgen.load.shared import load_brokerage
from briefgen.workspace import bundled_templates, data_folder, open_workspace

SLUG = "example-coffee-2026-01-05"
HAN = re.compile("[一-鿿]")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["new", *arguments], input=typed, prog_name="briefgen")


def files(folder: str | Path) -> dict[str, bytes]:
    found = (path for path in Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workspace_in_each_language_has_no_findings(language: str) -> None:
    assert call("desk", "--language", language).exit_code == 0
    workspace = open_workspace(Path("desk"))
    assert workspace.findings == ()
    assert workspace.value is not None
    assert pipeline.check(workspace.value, SLUG).findings == ()
    made = {name: text.decode() for name, text in files("desk/data").items()}
    assert not re.findall(r"\$(?!schema=)", "".join(made.values()))
    front = yaml.safe_load(made[f"briefings/{SLUG}/briefing.yaml"])
    assert front["language"] == language
    of_both = {"units.yaml", "workspace.yaml", "securities.csv"}
    is_chinese = {name: bool(HAN.search(text)) for name, text in made.items()}
    assert {is_chinese[name] for name in made.keys() - of_both} == {language == "zh-CN"}


def test_languages_have_the_same_files_and_numbers() -> None:
    for language in LANGUAGES:
        call(language, "--language", language)
    chinese, english = (files(language) for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    assert f"data/briefings/{SLUG}/overview.en.md" not in english
    for name in (f"data/briefings/{SLUG}/{file}" for file in ("facts.yaml", "tables/menu.csv")):
        digits = [re.findall(rb"\d+", text[name]) for text in (chinese, english)]
        assert digits[0] == digits[1]


def test_every_word_is_said_in_each_language_and_somewhere() -> None:
    chinese, english = (words_in(language) for language in LANGUAGES)
    assert list(chinese) == list(english)
    starters = [path for path in bundled_templates().rglob("*") if "starter" in str(path)]
    texts = "".join(path.read_text("utf-8") for path in starters if path.is_file())
    assert set(re.findall(r"\$([a-z_0-9]+)", texts)) >= chinese.keys()


def test_yaml_files_name_their_schema_where_it_is() -> None:
    call("desk", "--yes")
    found = sorted(Path("desk/data").rglob("*.yaml"))
    assert len(found) == 10
    for file in found:
        first = file.read_text("utf-8").splitlines()[0]
        mark, _, where = first.partition("=")
        assert mark == "# yaml-language-server: $schema"
        assert (file.parent / where).is_file(), file


@pytest.mark.parametrize(
    "house",
    [
        'A: "B"',
        "- a",
        "{a}, [b]",
        "# no comment",
        "it's 'quoted'",
        "yes",
        "null",
        "1.10",
        "$title ${x} $$",
        "示例，{甲}：乙",
        "\N{ROCKET} \U0001f469\u200d\U0001f4bb Research",
        "\u3000示例\\n",
        "A\N{NO-BREAK SPACE}B\N{ZERO WIDTH NO-BREAK SPACE}",
        "A" * 300,
    ],
)
def test_any_name_of_a_house_is_put_in_as_it_is(house: str) -> None:
    made = new_workspace(Answers(Path("desk"), house=house, colour="#1f4e79"))
    assert made.value
    found = load_brokerage(data_folder(Path("desk")), "example", SourceMap(), out := Collector())
    assert not out.findings
    assert found is not None
    assert (found.names, found.legal_name) == ({"zh-CN": house}, house)
    assert found.brand == "#1f4e79"


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--house", ""], "error[WSP108]: the name of the house is empty\n"),
        (["--house", "  "], "error[WSP108]: the name of the house is empty\n"),
        (["--house", "a\nb"], "a character that cannot be seen: 'a\\nb'\n"),
        (["--house", "\x1b[31m"], "a character that cannot be seen: '\\x1b[31m'\n"),
        (["--house", "\udce9"], "a character that cannot be seen: '\\udce9'\n"),
        (["--colour", "brown"], "error[WSP108]: `brown` is no colour: six hexadecimal digits"),
        (["--colour", "#12345"], "= help: such as `6b4226`\n"),
        (["--colour", "１２３４５６"], "error[WSP108]: "),
        (["--house", "", "--colour", "x"], "2 errors"),
    ],
)
def test_what_a_house_cannot_have(tmp_path: Path, options: list[str], shown: str) -> None:
    done = call("desk", *options)
    assert (done.exit_code, done.stdout) == (1, "")
    assert shown in done.stderr
    assert [*tmp_path.iterdir()] == []


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The input is one; what is typed is given to `call`."""
    monkeypatch.setattr(new, "is_terminal", lambda: True)


def test_enter_takes_the_defaults(terminal: None) -> None:
    done = call(typed="\n\n\n\n")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-3:] == [
        f"made desk with the briefing {SLUG}",
        "next: cd desk && briefgen preview",
        "then: briefgen build --all",
    ]
    call("other", "--yes")
    assert files("desk") == files("other")


def test_answers_are_taken_and_wrong_ones_asked_for_again(terminal: None) -> None:
    Path("taken").write_text("mine", "utf-8")
    done = call(typed="taken\nmy desk\nfr\nen\n Mine & Co \nbrown\n1F4E79\n")
    assert done.exit_code == 0, done.output
    assert "Error: `taken` is not an empty folder" in done.stdout
    assert "Error: `brown` is no colour" in done.stdout
    assert "next: cd 'my desk' && briefgen preview" in done.stdout
    house = yaml.safe_load(Path("my desk/data/brokerages/example.yaml").read_text("utf-8"))
    assert house["names"] == {"en": "Mine & Co"}
    assert house["brand"] == "#1f4e79"


@pytest.mark.parametrize(
    ("given", "typed"),
    [
        (["desk", "--house", "A", "--colour", "1f4e79", "--language", "en"], ""),
        (["--yes"], ""),
        (["--language", "EN", "desk", "--house", "A"], "\n"),
    ],
)
def test_what_is_given_is_not_asked_for(terminal: None, given: list[str], typed: str) -> None:
    done = call(*given, typed=typed)
    assert done.exit_code == 0, done.output
    assert done.stdout.count("]: ") == typed.count("\n")


@pytest.mark.parametrize("answered", range(4))
def test_the_end_of_the_input_leaves_nothing(terminal: None, tmp_path: Path, answered: int) -> None:
    done = call(typed="\n" * answered)
    assert done.exit_code == 130
    assert done.stderr.endswith("stopped; nothing was made\n")
    assert [*tmp_path.iterdir()] == []


def test_ctrl_c_at_a_terminal_leaves_nothing(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from briefgen.cli.main import main; main()", "new"]
    repository = str(Path(__file__).parents[2])
    running = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_own_the_terminal,
        env={**os.environ, "PYTHONPATH": repository},
    )
    os.close(theirs)
    shown = b""
    while b"Folder [desk]: " not in shown:
        shown += os.read(ours, 1000)
    while running.poll() is None:  # one that comes before the process waits is not seen
        os.write(ours, b"\x03")
        with suppress(subprocess.TimeoutExpired):
            running.wait(2)
    assert running.returncode == 130
    assert b"stopped; nothing was made" in os.read(ours, 1000)
    os.close(ours)
    assert [*tmp_path.iterdir()] == []


def _own_the_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_what_is_stopped_while_writing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    write, count = Path.write_bytes, 0

    def stopped(path: Path, content: bytes) -> int:
        nonlocal count
        if (count := count + 1) == 9:
            write(path, content[:10])
            raise error
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", stopped)
    done = call("deep/desk", "--yes")
    assert done.exit_code in {1, 130}
    assert "nothing was " in done.stderr
    assert [*tmp_path.iterdir()] == []


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    done = call(typed="\n\n\n\n")
    assert done.exit_code == 2
    assert "Missing argument 'FOLDER'. With --yes it is `desk`." in done.stderr
    assert [*tmp_path.iterdir()] == []


def test_help_lists_the_options_of_a_workspace_and_the_commands() -> None:
    shown = call("--help").stdout
    assert all(f"\n  {word} " in shown for word in ("--house", "--colour", "--yes", "briefing"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_number_may_be_changed(language: str) -> None:
    call("desk", "--language", language)
    facts = Path(f"desk/data/briefings/{SLUG}/facts.yaml")
    changed = facts.read_text("utf-8").replace("value: 90\n", "value: 97.3\n")
    facts.write_text(changed.replace("value: 60\n", "value: 61\n"), "utf-8")
    workspace = open_workspace(Path("desk")).value
    assert workspace is not None
    assert pipeline.check(workspace, SLUG).findings == ()
