"""`briefgen schedule`: when jobs run and why not, one run, the scheduler's start and end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
import yaml
from click.testing import CliRunner, Result

from briefgen.cli import schedule_once, schedule_run
from briefgen.cli.main import cli
from briefgen.load import extras
from briefgen.schedule.alone import LOCK
from briefgen.workspace import ledger_of

SMALL = Path(__file__).parents[1] / "small_desk"
MORNING = {"at": "07:30", "timezone": "Asia/Shanghai", "calendar": "XSHG", "slugs": ["note"]}

Call = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "a desk"))


@pytest.fixture
def call(root: Path) -> Call:
    """Calls `briefgen schedule` at a moment, in a workspace with these jobs."""
    settings = root / "data/workspace.yaml"
    before = settings.read_text("utf-8")

    def run(*arguments: str, at: str = "2026-03-02T06:00+08:00", **jobs: dict[str, Any]) -> Result:
        written = {"jobs": jobs or {"morning": MORNING}}
        settings.write_text(f"{before}\n{yaml.safe_dump(written, sort_keys=False)}", "utf-8")
        with time_machine.travel(datetime.fromisoformat(at), tick=False), chdir(root):
            return CliRunner().invoke(cli, ["schedule", *arguments], prog_name="briefgen")

    return run


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What is run, instead of building."""
    calls: list[tuple[Any, ...]] = []

    def run_once(*arguments: Any) -> int:
        calls.append(arguments[1:])
        return 0

    monkeypatch.setattr(schedule_once, "run_once", run_once)
    return calls


def test_next_says_when_and_why_not(call: Call) -> None:
    done = call("next", "--count", "3", "--from", "2026-09-30", evening={**MORNING, "publish": "s"})
    assert done.exit_code == 0
    assert done.stdout == (
        "evening: at 07:30 Asia/Shanghai, trading days of XSHG; note, published to s\n"
        "  Wed 2026-09-30 07:30\n"
        "  skipped 2026-10-01 to 2026-10-02: closed on XSHG\n"
        "  skipped 2026-10-03 to 2026-10-04: weekend\n"
        "  skipped 2026-10-05 to 2026-10-07: closed on XSHG\n"
        "  Thu 2026-10-08 07:30\n"
        "  Fri 2026-10-09 07:30\n"
    )
    assert done.stderr == ""


def test_next_begins_now_and_takes_a_time_with_its_zone(call: Call) -> None:
    assert "  Mon 2026-03-02 07:30\n" in call("next", "--count", "1").stdout
    late = call("next", "--count", "1", "--from", "2026-03-01T23:30+00:00").stdout
    assert "  Tue 2026-03-03 07:30\n" in late


def test_next_beyond_the_calendar_says_that_it_is_assumed(call: Call) -> None:
    done = call("next", "--count", "2", at="2027-01-01T06:00+08:00")
    assert done.exit_code == 0
    assumed = "assumed: the calendar of XSHG ends on 2026-12-31"
    assert f"  Fri 2027-01-01 07:30  {assumed}\n" in done.stdout
    assert "skipped 2027-01-02 to 2027-01-03: weekend\n" in done.stdout
    assert "warning[SCH102]: the calendar of XSHG ended on 2026-12-31" in done.stderr
    assert "data/workspace.yaml:" in done.stderr


def test_next_goes_by_the_exceptions(call: Call, root: Path) -> None:
    (root / "data/holidays.yaml").write_text(
        "XSHG:\n  closed:\n    - {day: 2027-01-01, reason: 元旦}\n", "utf-8"
    )
    done = call("next", "--count", "1", at="2027-01-01T06:00+08:00")
    assert "  skipped 2027-01-01: closed by data/holidays.yaml: 元旦\n" in done.stdout


def test_next_as_json(call: Call) -> None:
    arguments = ("next", "--json", "--count", "1", "--from")
    (found,) = json.loads(call(*arguments, "2026-12-31T08:00").stdout)
    assert found["due"] == [
        {
            "at": "2027-01-01T07:30:00+08:00",
            "assumed": True,
            "why": "assumed: the calendar of XSHG ends on 2026-12-31",
        }
    ]
    (found,) = json.loads(call(*arguments, "2026-03-07").stdout)
    assert [one["why"] for one in found["skipped"]] == ["weekend", "weekend"]


def test_next_without_jobs(call: Call, root: Path) -> None:
    with chdir(root):
        done = CliRunner().invoke(cli, ["schedule", "next"], prog_name="briefgen")
    assert done.exit_code == 0
    assert done.stdout == "no jobs: they stand under `jobs:` in data/workspace.yaml\n"


@pytest.mark.parametrize(
    ("job", "findings"),
    [
        ({"calendar": "XSGH"}, ["unknown exchange `XSGH`", "did you mean `XSHG`?", "SCH101"]),
        ({"slugs": ["noet"]}, ["unknown briefing `noet`", "did you mean `note`?", "LOD201"]),
    ],
)
def test_names_that_are_not_known(call: Call, job: dict[str, Any], findings: list[str]) -> None:
    done = call("next", morning={**MORNING, **job})
    assert done.exit_code == 1
    assert all(text in done.stderr for text in findings)
    assert "data/workspace.yaml:" in done.stderr


def test_a_tag_that_nobody_has_and_a_job_that_is_never_due_are_warned_of(call: Call) -> None:
    job = {"cron": "0 9 * * 6", "timezone": "Asia/Shanghai", "calendar": "XSHG", "tags": ["daily"]}
    done = call("next", saturday=job)
    assert done.exit_code == 0
    assert "warning[LOD201]: no briefing has the tag `daily`" in done.stderr
    assert "warning[SCH106]: `saturday` is not due in two years" in done.stderr


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("XSGH: {closed: []}", "1:1: error[SCH101]: unknown exchange `XSGH`"),
        ("XSHG: {closd: []}", "1:8: error[LOD103]: unknown key `closd`"),
        ("XSHG: {closed: [{day: 2027-02-30, reason: 春节}]}", "error[LOD107]: no such day"),
        ("XSHG: {closed: [{day: 2027-01-01}]}", "error[LOD104]: missing key `reason`"),
        (
            "XSHG: {open: [{day: 2027-01-01, reason: a}], closed: [{day: 2027-01-01, reason: b}]}",
            "1:21: error[LOD106]: 2027-01-01 is given twice",
        ),
        (
            "XSHG: {open: [{day: 2027-01-02, until: 2027-01-01, reason: a}]}",
            "1:40: error[LOD106]: ends before it begins",
        ),
        (
            "XSHG: {open: [{day: 2027-01-02, until: 2037-01-01, reason: a}]}",
            "1:40: error[LOD106]: more than 366 days",
        ),
        ("XSHG: {open: [{day: 2027-01-02, reason: a, source: b}]}", "unknown source `b`"),
    ],
)
def test_exceptions_that_are_wrong(call: Call, root: Path, text: str, finding: str) -> None:
    (root / "data/holidays.yaml").write_text(text, "utf-8")
    done = call("next")
    assert done.exit_code == 1
    assert finding in done.stderr
    assert "data/holidays.yaml:1:" in done.stderr


def test_without_the_extra_it_is_named(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    for arguments in (["next"], ["run"], ["once", "morning"]):
        done = call(*arguments)
        assert done.exit_code == 1
        assert "error[LOD308]" in done.stderr
        assert "pip install 'briefgen[schedule]'" in done.stderr
    plain = {key: value for key, value in MORNING.items() if key != "calendar"}
    assert call("next", morning=plain).exit_code == 0


@pytest.mark.parametrize("moment", ["tomorrow", "0001-01-01", "2026-13-01"])
def test_a_moment_that_cannot_be_read(call: Call, moment: str) -> None:
    assert call("next", "--from", moment).exit_code == 2


def test_once_runs_a_job_at_any_time(call: Call, ran: list[Any]) -> None:
    assert call("once", "morning").exit_code == 0
    ((name, _, _, due, why),) = ran
    assert (name, due, why) == ("morning", None, "by hand")


def test_once_of_an_unknown_job(call: Call, ran: list[Any]) -> None:
    done = call("once", "mornign")
    assert done.exit_code == 1
    assert "error[SCH103]: there is no job `mornign`" in done.stderr
    assert "did you mean `morning`?" in done.stderr
    assert ran == []


def test_once_if_due(call: Call, ran: list[Any], root: Path) -> None:
    done = call("once", "morning", "--if-due", at="2026-10-01T07:30+08:00")
    assert (done.exit_code, ran) == (0, [])
    assert done.stdout == "morning: nothing to do: closed on XSHG\n"
    assert call("once", "morning", "--if-due", at="2026-09-30T07:31+08:00").exit_code == 0
    assert [call[3].isoformat() for call in ran] == ["2026-09-30T07:30:00+08:00"]
    assumed = call("once", "morning", "--if-due", at="2027-01-04T07:31+08:00")
    assert "morning: assumed: the calendar of XSHG ends on 2026-12-31\n" in assumed.stdout
    assert len(ran) == 2


def test_once_if_due_leaves_an_earlier_run_alone(call: Call, ran: list[Any], root: Path) -> None:
    ledger = ledger_of(root).value
    assert ledger is not None
    with ledger:
        ledger.start(kind="schedule", why="by hand", job="morning")
        done = call("once", "morning", "--if-due", at="2026-09-30T07:31+08:00")
        assert done.stdout == "morning: skipped: its earlier run is still going\n"
        (skipped,) = ledger.runs(job="morning", outcome="skipped")
    assert (done.exit_code, ran) == (0, [])
    assert skipped.due == datetime.fromisoformat("2026-09-30T07:30+08:00")


def test_once_fired_by_a_cron_line(call: Call, ran: list[Any]) -> None:
    fired = ("once", "morning", "--if-due", "--fired-by")
    late = "2026-09-30T08:12+08:00"
    assert call(*fired, "30 23 * * *", at=late).exit_code == 0
    assert len(ran) == 1
    assert "nothing to do" in call(*fired, "30 22 * * *", at=late).stdout
    assert call(*fired, "", at=late).exit_code == 0  # started by hand in the workflow
    assert call(*fired, "30 25 * * *", at=late).exit_code == 2
    assert len(ran) == 2


def test_what_is_exported_starts_the_job_if_it_is_due(call: Call, root: Path) -> None:
    units = call("export", "systemd", "morning").stdout
    assert f'"once" "morning" "--if-due" "--workspace" "{root}"\n' in units
    assert "OnCalendar=*-*-* 07:30:00 Asia/Shanghai\n" in units
    lines = call("export", "cron").stdout
    assert f"schedule once morning --if-due --workspace '{root}'\n" in lines
    workflow = call("export", "github").stdout
    assert yaml.safe_load(workflow)["jobs"].keys() == {"morning"}


def test_a_scheduler_needs_jobs(call: Call, root: Path) -> None:
    with chdir(root):
        done = CliRunner().invoke(cli, ["schedule", "run"], prog_name="briefgen")
    assert done.exit_code == 1
    assert "error[SCH104]: there are no jobs" in done.stderr


def test_a_scheduler_does_not_begin_with_errors(call: Call) -> None:
    done = call("run", morning={**MORNING, "calendar": "XSGH"})
    assert done.exit_code == 1
    assert "error[SCH101]" in done.stderr


@pytest.mark.parametrize(
    ("raised", "code"), [(KeyboardInterrupt, 130), (schedule_run._TerminatedError, 0)]
)
def test_a_scheduler_ends_cleanly(
    call: Call, monkeypatch: pytest.MonkeyPatch, raised: type[BaseException], code: int
) -> None:
    def interrupted(_: float) -> None:
        raise raised

    monkeypatch.setattr(schedule_run.time, "sleep", interrupted)
    done = call("run")
    assert done.exit_code == code, done.output
    said = [line.split("  ", 1)[1] for line in done.stdout.splitlines()]
    assert said == ["morning: next 2026-03-02 07:30 Asia/Shanghai", "waiting", "ending"]


@pytest.mark.slow
def test_a_run_for_real_builds_publishes_and_is_recorded(call: Call, root: Path) -> None:
    job = {**MORNING, "publish": "site", "formats": ["pdf", "html"], "jobs": 1}
    first = call("once", "morning", "--if-due", at="2026-09-30T07:31+08:00", morning=job)
    assert first.exit_code == 0, first.output
    assert (root / "site/index.html").is_file()
    again = call("once", "morning", "--if-due", at="2026-09-30T07:40+08:00", morning=job)
    assert again.stdout == "morning: nothing to do: it was run already\n"
    ledger = ledger_of(root).value
    assert ledger is not None
    with ledger:
        (run,) = ledger.runs(job="morning")
    assert (run.outcome, dict(run.editions)) == ("done", {"built": 1})


@pytest.mark.slow
def test_a_scheduler_of_its_own_and_a_second_one(call: Call, root: Path) -> None:
    call("next")
    command = [sys.executable, "-m", "briefgen", "schedule", "run", "--workspace", str(root)]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert first.stdout is not None
    try:
        assert any("waiting" in line for line in first.stdout)
        second = subprocess.run(command, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert f"runs on this workspace already: process {first.pid}" in second.stderr
        assert (root / LOCK).read_text("utf-8") == str(first.pid)
        os.kill(first.pid, signal.SIGTERM)
        assert first.wait(60) == 0
    finally:
        first.kill()
        first.stdout.close()
