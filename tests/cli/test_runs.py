"""`briefgen runs`: the list, one run, filters, JSON, and what goes wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import chdir
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefgen.cli.main import cli
from briefgen.diagnostics.finding import Finding, Severity
from briefgen.diagnostics.place import Place
from briefgen.ledger.ledger import open_ledger
from briefgen.ledger.records import Entry

WARNING = Finding("LOD312", "no order", Place("data/a.yaml", 3, 5), "add one", Severity.WARNING)
ERROR = Finding("ENV101", "no font")
NOTE = Finding("CHK303", "as the source has it", severity=Severity.NOTE)
DUE = datetime(2024, 3, 26, 0, 30, tzinfo=UTC)


class Clock:
    """Stands still until it is put forward."""

    at = datetime(2024, 3, 25, 0, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture(autouse=True)
def _in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Shanghai")
        patch.delenv("BRIEFGEN_LEDGER", raising=False)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of which nothing but the settings is whole."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "workspace.yaml").write_text("name: desk\n")
    return tmp_path


@pytest.fixture
def ids(root: Path) -> list[str]:
    """Three runs in the ledger of the workspace: done, failed, missed."""
    clock = Clock()
    with open_ledger(str(root / "output" / "ledger.sqlite3"), now=clock) as ledger:
        first = ledger.start(kind="build", why="command line", who="desk@example", toolchain="ab12")
        digests = {"a.pdf": "0" * 64, "a.html": "f" * 64}
        ledger.record(
            first,
            Entry("a", "built", clock(), clock(), 2.25, "new", (WARNING,), digests),
            Entry("b", "unchanged", clock(), clock()),
        )
        clock.at += timedelta(seconds=2.5)
        ledger.finish(first, "done")
        clock.at = DUE + timedelta(seconds=1)
        second = ledger.start(kind="schedule", why="schedule", job="morning", due=DUE)
        ledger.record(
            second,
            Entry(
                "a", "failed", clock(), clock(), 0.5, "`prices.csv` changed", (WARNING, ERROR, NOTE)
            ),
            Entry("b", "not-run"),
        )
        clock.at += timedelta(minutes=2, seconds=5)
        ledger.finish(second, "failed")
        clock.at += timedelta(days=1)
        third = ledger.start(kind="schedule", why="nobody was there", job="morning", due=DUE)
        ledger.finish(third, "missed")
    return [first, second, third]


def run(root: Path, *arguments: str) -> Result:
    with chdir(root):
        return CliRunner().invoke(cli, ["runs", *arguments], prog_name="briefgen")


def lines(root: Path, *arguments: str) -> list[str]:
    """What is printed; it must succeed, and say nothing on the side."""
    done = run(root, *arguments)
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return done.stdout.splitlines()


def listed(root: Path, *arguments: str) -> list[str]:
    return [line.split()[0] for line in lines(root, *arguments)[1:]]


def test_the_list(root: Path, ids: list[str]) -> None:
    first, second, third = ids
    head = "run             started               took  outcome  kind      job      "
    assert lines(root) == [
        f"{head}editions              findings",
        f"{third}  2024-03-27 08:32         –  missed   schedule  morning  –                     –",
        f"{second}  2024-03-26 08:30  2:05 min  failed   schedule  morning  "
        "1 failed, 1 not-run   1 error, 1 warning, 1 note",
        f"{first}  2024-03-25 08:30     2.5 s  done     build     –        "
        "1 built, 1 unchanged  1 warning",
    ]


def test_without_jobs_there_is_no_column_for_them(root: Path, ids: list[str]) -> None:
    assert lines(root, "--outcome", "done") == [
        "run             started            took  outcome  kind   editions              findings",
        f"{ids[0]}  2024-03-25 08:30  2.5 s  done     build  1 built, 1 unchanged  1 warning",
    ]


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        (["--slug", "b"], [1, 0]),
        (["--job", "morning"], [2, 1]),
        (["--job", "morning", "--outcome", "failed"], [1]),
        (["--since", "2024-03-26"], [2, 1]),
        (["--since", "2024-03-26T08:30:02"], [2]),
        (["--since", "2024-03-26T00:30:02Z"], [2]),
        (["--limit", "3"], [2, 1, 0]),
    ],
)
def test_filters(root: Path, ids: list[str], options: list[str], chosen: list[int]) -> None:
    assert listed(root, *options) == [ids[number] for number in chosen]
    records = json.loads("\n".join(lines(root, *options, "--json")))
    assert [record["id"] for record in records] == [ids[number] for number in chosen]


def test_a_list_that_was_cut_says_so(root: Path, ids: list[str]) -> None:
    done = run(root, "--limit", "2")
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == [ids[2], ids[1]]
    assert done.stderr == "\nolder runs: briefgen runs --limit 10\n"
    assert len(json.loads(run(root, "--limit", "2", "--json").stdout)) == 2


def test_one_run(root: Path, ids: list[str]) -> None:
    assert lines(root, ids[1][-4:]) == [
        f"{ids[1]}  failed",
        "  kind       schedule",
        "  why        schedule",
        *lines(root, ids[1])[3:5],
        "  job        morning",
        "  due        2024-03-26 08:30:00",
        "  started    2024-03-26 08:30:01",
        "  ended      2024-03-26 08:32:06, after 2:05 min",
        "",
        "edition  outcome  seconds  findings                    why",
        "a        failed       0.5  1 error, 1 warning, 1 note  `prices.csv` changed",
        "b        not-run        –  no findings                 –",
        "",
        "a",
        "data/a.yaml:3:5: warning[LOD312]: no order",
        "  = help: add one",
        "",
        "error[ENV101]: no font",
    ]
    assert "  who        desk@example" in lines(root, ids[0])
    assert "  toolchain  ab12" in lines(root, ids[0])


def test_one_edition_of_a_run(root: Path, ids: list[str]) -> None:
    shown = lines(root, ids[1], "--slug", "b")
    assert shown[-1] == "b        not-run        –  no findings  –"
    record = json.loads("\n".join(lines(root, ids[1], "--slug", "b", "--json")))
    assert [entry["slug"] for entry in record["entries"]] == ["b"]
    none = run(root, ids[1], "--slug", "c", "--digests")
    assert (none.exit_code, none.stderr) == (1, f"{ids[1]} has no edition `c`\n")


def test_digests_are_what_sha256sum_checks(root: Path) -> None:
    (root / "output" / "a").mkdir(parents=True)
    (root / "output" / "a" / "a.pdf").write_bytes(b"")
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    with open_ledger(str(root / "output" / "ledger.sqlite3")) as ledger:
        made = ledger.start(kind="build", why="x")
        ledger.record(made, Entry("a", "built", digests={"a.pdf": digest}))
    listed = lines(root, made, "--digests")
    assert listed == [f"{digest}  a/a.pdf"]
    program = "sha256sum" if os.uname().sysname == "Linux" else "shasum"
    check = [program, *(["-a", "256"] if program == "shasum" else []), "-c"]
    done = subprocess.run(
        check, input="\n".join(listed) + "\n", cwd=root / "output", capture_output=True, text=True
    )
    assert done.stdout == "a/a.pdf: OK\n"


def test_one_run_for_other_programs(root: Path, ids: list[str]) -> None:
    record = json.loads("\n".join(lines(root, ids[0], "--json")))
    assert (record["id"], record["outcome"], record["due"]) == (ids[0], "done", None)
    assert record["started"] == "2024-03-25T00:30:00.000000Z"
    assert record["editions"] == {"built": 1, "unchanged": 1}
    assert record["findings"] == {"error": 0, "warning": 1, "note": 0}
    entry = record["entries"][0]
    assert (entry["slug"], entry["seconds"], entry["why"]) == ("a", 2.25, "new")
    assert entry["digests"] == {"a.pdf": "0" * 64, "a.html": "f" * 64}
    assert entry["findings"][0]["code"] == "LOD312"
    assert entry["findings"][0]["place"]["line"] == 3


def test_a_ledger_that_workspaces_share(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = str(root / "shared.sqlite3")
    monkeypatch.setenv("BRIEFGEN_LEDGER", file)
    made = []
    for name in ("desk", "other", None):
        with open_ledger(file, now=Clock(), workspace=name) as ledger:
            made.append(ledger.start(kind="build", why="x"))
            ledger.finish(made[-1], "done")
    own, others, nobodys = made
    assert set(listed(root)) == {own, nobodys}
    head, *rows = lines(root, "--all-workspaces")
    assert head.startswith("run             workspace  started ")
    assert {tuple(row.split()[:2]) for row in rows} == {
        (own, "desk"),
        (others, "other"),
        (nobodys, "–"),
    }
    assert run(root, others).exit_code == 1
    assert "  workspace  other" in lines(root, others, "--all-workspaces")
    assert json.loads("\n".join(lines(root, own, "--json")))["workspace"] == "desk"


def test_nothing_yet(root: Path) -> None:
    assert lines(root) == ["no runs yet: `briefgen build --all` makes the first"]
    assert lines(root, "--slug", "a") == ["no run is like this"]
    assert lines(root, "--json") == ["[]"]
    assert not (root / "output").exists()


def test_an_unknown_run(root: Path, ids: list[str]) -> None:
    wrong = ids[1][:-1] + "!"
    done = run(root, wrong)
    assert done.exit_code == 1
    assert f"error[LGR104]: there is no run `{wrong}`\n = help: did you mean `{ids[1]}`?" in (
        done.stderr
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "yesterday"], "'yesterday' is no time like 2026-10-01"),
        (["--since", "0001-01-01T00:00+14:00"], "is out of range"),
        (["--outcome", "fine"], "'fine' is not one of 'running', 'done'"),
        (["--limit", "0"], "0 is not in the range x>=1"),
        (["x", "--job", "morning"], "--job, --outcome and --since choose runs: leave out RUN"),
        (["--digests"], "--digests needs a RUN"),
    ],
)
def test_wrong_usage(root: Path, arguments: list[str], said: str) -> None:
    done = run(root, *arguments)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_a_ledger_that_cannot_be_read_is_an_error(root: Path) -> None:
    (root / "output").mkdir()
    (root / "output" / "ledger.sqlite3").write_text("no database" * 1000)
    for arguments in ([], ["--json"], ["x"]):
        done = run(root, *arguments)
        assert (done.exit_code, done.stdout) == (1, "")
        assert re.match(
            r"error\[LGR101\]: the ledger `output/ledger\.sqlite3` cannot be read: ", done.stderr
        )


def test_the_setting(root: Path, ids: list[str]) -> None:
    settings = root / "data" / "workspace.yaml"
    settings.write_text("name: desk\nledger: elsewhere.sqlite3\n")
    assert lines(root) == ["no runs yet: `briefgen build --all` makes the first"]
    (root / "output" / "ledger.sqlite3").rename(root / "elsewhere.sqlite3")
    assert listed(root) == ids[::-1]
    settings.write_text("name: desk\nledger: postgresql://desk:secret@db/runs\n")
    done = run(root)
    assert done.exit_code == 1
    assert "data/workspace.yaml:2:9: error[LGR103]: a password stands in the" in done.stderr
