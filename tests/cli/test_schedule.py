"""`briefgen schedule`: when jobs run and why not, one run, the scheduler's start and end."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
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
from briefgen.diagnostics.finding import Finding, Made
from briefgen.engine import publishing
from briefgen.engine.batch import Batch
from briefgen.engine.outcome import Outcome
from briefgen.ledger.ledger import open_ledger
from briefgen.load import extras
from briefgen.publish.site.builder import Publication
from briefgen.schedule.alone import LOCK, alone_with
from briefgen.workspace import ledger_of

SMALL = Path(__file__).parents[1] / "small_desk"
MORNING = {"at": "07:30", "timezone": "Asia/Shanghai", "calendar": "XSHG", "slugs": ["note"]}
LATER = "2026-03-02T09:00+08:00"

Call = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "a desk"))


@pytest.fixture
def call(root: Path) -> Call:
    """Calls `briefgen schedule` at a moment, in a workspace with these jobs."""
    settings = root / "data/workspace.yaml"
    before = settings.read_text("utf-8")

    def run(
        *arguments: str,
        at: str = "2026-03-02T06:00+08:00",
        group: tuple[str, ...] = ("schedule",),
        more: str = "",
        **jobs: dict[str, Any],
    ) -> Result:
        written = yaml.safe_dump({"jobs": jobs or {"morning": MORNING}}, sort_keys=False)
        settings.write_text(f"{before}\n{more}\n{written}", "utf-8")
        with time_machine.travel(datetime.fromisoformat(at), tick=False), chdir(root):
            return CliRunner().invoke(cli, [*group, *arguments], prog_name="briefgen")

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


def test_once_if_due_of_two_workspaces_that_share_a_ledger(
    call: Call, ran: list[Any], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_LEDGER", str(root / "shared.sqlite3"))
    at = datetime.fromisoformat("2026-09-30T07:30+08:00")
    mine = ledger_of(root).value
    assert mine is not None
    with mine, open_ledger(str(root / "shared.sqlite3"), workspace="another desk") as other:
        assert mine.workspace == "规则测试"
        for outcome in ("done", "running"):
            with time_machine.travel(at, tick=False):
                run = other.start(kind="schedule", why="schedule", job="morning", due=at)
            if outcome == "done":
                other.finish(run, "done")
        assert call("once", "morning", "--if-due", at="2026-09-30T07:31+08:00").exit_code == 0
        assert len(ran) == 1
        mine.finish(mine.start(kind="schedule", why="schedule", job="morning", due=at), "done")
    done = call("once", "morning", "--if-due", at="2026-09-30T07:31+08:00")
    assert (done.stdout, len(ran)) == ("morning: nothing to do: it was run already\n", 1)


def test_once_if_due_says_where_a_run_goes_on(call: Call, ran: list[Any], root: Path) -> None:
    ledger = ledger_of(root).value
    assert ledger is not None
    due = datetime.fromisoformat("2026-09-30T07:30+08:00")
    with ledger, time_machine.travel(due, tick=False):
        ledger.start(kind="schedule", why="schedule", job="morning", due=due)
    file = sqlite3.connect(root / "output/ledger.sqlite3")
    with file:
        file.execute("update ledger_runs set host = 'pod-7', pid = 42")
    file.close()
    arguments = ("once", "morning", "--if-due")
    assert call(*arguments, at="2026-09-30T08:29+08:00").stdout == (
        "morning: nothing to do: it is going on: process 42 on pod-7, since 2026-09-30 07:30\n"
    )
    assert ran == []
    assert call(*arguments, at="2026-09-30T08:31+08:00").exit_code == 0
    assert len(ran) == 1


def test_a_ledger_whose_variable_is_not_set_stops_no_run(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Batch, "run", lambda _, slugs: [Outcome(slug, "unchanged") for slug in slugs]
    )
    monkeypatch.setattr(publishing, "publish_outcomes", lambda *_: Made(Publication((), (), (), 0)))
    more = "ledger: postgresql://desk:${NO_SUCH_PASSWORD}@db/runs"
    said = "[LGR103]: the environment variable `NO_SUCH_PASSWORD` is not set"
    for group, *arguments in (
        [("build",), "--all"],
        [("publish",), "--to", "site"],
        [("schedule", "once"), "morning"],
        [("schedule", "once"), "morning", "--if-due"],
    ):
        done = call(*arguments, at="2026-09-30T07:31+08:00", group=group, more=more)
        assert done.exit_code == 0, done.output
        assert done.stderr.count(f"warning{said}") == 1
    done = call(group=("runs",), more=more)
    assert (done.exit_code, f"error{said}" in done.stderr) == (1, True)
    assert "# The ledger needs NO_SUCH_PASSWORD," in call("export", "systemd", more=more).stdout
    assert "# NO_SUCH_PASSWORD=…\n" in call("export", "cron", more=more).stdout


def test_once_sees_a_run_that_is_not_the_latest_of_the_record(
    call: Call, ran: list[Any], root: Path
) -> None:
    ledger = ledger_of(root).value
    assert ledger is not None
    with ledger:
        ledger.start(kind="schedule", why="by hand", job="morning")
        for moment in ("2026-09-30T07:31+08:00", "2026-10-08T07:31+08:00"):
            with time_machine.travel(datetime.fromisoformat(moment), tick=False):
                ledger.start(kind="schedule", why="by hand", job="morning")
            for _ in range(2):
                done = call("once", "morning", "--if-due", at=moment)
                assert done.exit_code == 0
        scheduled = call("once", "morning", "--due", "2026-10-08T07:30", at=moment)
    assert scheduled.stdout == "morning: skipped: its earlier run is still going\n"
    assert ran == []


def test_once_runs_beside_no_other_run_of_the_job(call: Call, ran: list[Any], root: Path) -> None:
    at = "2026-09-30T07:31+08:00"
    with alone_with(root, "morning") as taken:
        assert taken is None
        by_hand = call("once", "morning", at=at)
        due = call("once", "morning", "--if-due", at=at)
        scheduled = call("once", "morning", "--due", "2026-09-30T07:30", at=at)
    assert (by_hand.exit_code, due.exit_code, scheduled.exit_code) == (1, 0, 0)
    assert "error[SCH107]: a run of `morning` is still going: process" in by_hand.stderr
    assert "skipped" in due.stdout or "nothing to do" in due.stdout
    assert ran == []
    assert call("once", "morning").exit_code == 0


def test_once_without_a_place_for_its_lock(call: Call, ran: list[Any], root: Path) -> None:
    (root / ".cache").write_text("")
    for arguments in (["once", "morning"], ["run"]):
        done = call(*arguments)
        assert done.exit_code == 1
        assert "error[SCH108]: the lock `.cache/briefgen/" in done.stderr
    assert ran == []


def test_publishing_needs_both_formats(call: Call) -> None:
    done = call("next", morning={**MORNING, "publish": "site", "formats": ["html"]})
    assert done.exit_code == 1
    assert "`publish` needs `html` and `pdf` among `formats`" in done.stderr


@pytest.mark.parametrize(
    ("end", "outcome", "code"),
    [
        (lambda: Made(None, (Finding("PUB203", "`note` is not published"),)), "failed", 1),
        (lambda: Made(Publication(("note",), (), (), 1)), "done", 0),
        (lambda: _raise(KeyboardInterrupt()), "stopped", 130),
    ],
)
def test_a_run_ends_when_it_is_published(
    call: Call,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: Callable[[], Made[Publication]],
    outcome: str,
    code: int,
) -> None:
    ledger = ledger_of(root).value
    assert ledger is not None

    def built(batch: Batch, slugs: list[str]) -> list[Outcome]:
        found = [Outcome(slug, "built") for slug in slugs]
        for one in found:
            batch.watch(one)
        return found

    def published(*_: object) -> Made[Publication]:
        assert [run.outcome for run in ledger.runs()][:1] == ["running"]
        return end()

    monkeypatch.setattr(Batch, "run", built)
    monkeypatch.setattr(publishing, "publish_outcomes", published)
    job = {**MORNING, "publish": "site"}
    with ledger:
        assert call("once", "morning", morning=job).exit_code == code
        (run,) = ledger.runs()
        assert call("publish", "--to", "site", at=LATER, group=()).exit_code == code
        assert [one.outcome for one in ledger.runs()] == [outcome] * 2
        (entry,) = ledger.entries(run.id)
    assert run.outcome == outcome
    assert [one.code for one in entry.findings] == (["PUB203"] if outcome == "failed" else [])
    assert re.fullmatch("[0-9a-f]{64}", run.toolchain or "")


def _raise(error: BaseException) -> Any:
    raise error


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
    assert yaml.safe_load(workflow)["jobs"].keys() == {"job-morning"}


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


def test_a_second_signal_while_it_ends_changes_nothing(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def signals(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(schedule_run.time, "sleep", signals)
    monkeypatch.setattr(schedule_run.OwnProcess, "stop", signals)
    before = signal.getsignal(signal.SIGTERM)
    done = call("run")
    assert done.exit_code == 0, done.output
    assert done.stdout.endswith("ending\n")
    assert signal.getsignal(signal.SIGTERM) == before


def test_errors_of_the_settings_are_told_once(
    call: Call, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call("next")
    settings, units = schedule_run._Settings(root), root / "data/units.yaml"
    before = units.read_text("utf-8") if units.exists() else None
    units.write_text("[", "utf-8")
    assert settings.load() is None
    told = capsys.readouterr()
    assert "units.yaml" in told.err
    assert "the settings have errors; the jobs stay as they were" in told.out
    assert settings.load() is None
    assert capsys.readouterr() == ("", "")
    units.unlink() if before is None else units.write_text(before, "utf-8")
    assert settings.load()


def test_without_pandas_it_is_named(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "pandas" else name)
    done = call("next")
    assert done.exit_code == 1
    assert "error[LOD308]: this needs the library `pandas`" in done.stderr


def test_a_job_with_too_many_times_for_a_workflow(call: Call) -> None:
    times = [f"{hour:02}:{hour:02}" for hour in range(24)]
    job = {"at": times, "timezone": "Asia/Shanghai", "slugs": ["note"]}
    done = call("export", "github", crowded=job)
    assert done.exit_code == 1
    assert "error[SCH109]: the times of `crowded` take 24 cron lines" in done.stderr
    assert "data/workspace.yaml:" in done.stderr


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
