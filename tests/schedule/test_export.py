"""What is exported for systemd, cron and GitHub is right by their own rules."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import product, takewhile
from pathlib import Path
from typing import Any

import pytest
import yaml
from cronsim import CronSim

from briefgen.model.job import Job
from briefgen.schedule.agenda import Agenda
from briefgen.schedule.due import due_now
from briefgen.schedule.export import crontab, github, systemd
from briefgen.schedule.history import History

PUBLISH = Path(__file__).parents[2] / ".github/workflows/publish.yml"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
COMMAND = ["/opt/my env/python", "-m", "briefgen", "--workspace", '/home/a b/100% "desk" $X']


def job(**given: object) -> Job:
    return Job.model_validate({"all": True, "timezone": "Asia/Shanghai", **given})


@pytest.mark.parametrize(
    ("given", "events"),
    [
        ({"at": ["07:30", "16:05"]}, ["*-*-* 07:30:00", "*-*-* 16:05:00"]),
        ({"cron": "30 7 * * 1-5"}, ["Mon,Tue,Wed,Thu,Fri *-*-* 07:30:00"]),
        ({"cron": "*/20 * * 1,7 7"}, ["Sun *-01,07-* *:00,20,40:00"]),
        ({"cron": "0 8 1,15 * *"}, ["*-*-01,15 08:00:00"]),
        ({"cron": "0 8 1 * 1"}, ["*-*-01 08:00:00", "Mon *-*-* 08:00:00"]),
        (
            {"cron": "0 8 */2 * 1"},
            [f"Mon *-*-{','.join(f'{d:02}' for d in range(1, 32, 2))} 08:00:00"],
        ),
    ],
)
def test_times_of_systemd(given: dict[str, object], events: list[str]) -> None:
    found = list(systemd.calendar_events(job(**given)))
    assert found == [f"{event} Asia/Shanghai" for event in events]
    if analyze := shutil.which("systemd-analyze"):
        for event in found:
            done = subprocess.run([analyze, "calendar", event], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr


def test_units_of_systemd(tmp_path: Path) -> None:
    text = systemd.units("morning", job(at="07:30"), COMMAND, "/home/a b/100%")
    service, timer = text.split("\n# ~/.config/systemd/user/briefgen-morning.timer\n")
    assert '"/home/a b/100%% \\"desk\\" $$X"' in service
    assert "WorkingDirectory=/home/a b/100%%\n" in service
    assert "Persistent=true\n" in timer
    assert "OnCalendar=*-*-* 07:30:00 Asia/Shanghai\n" in timer
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    real = systemd.units("morning", job(at="07:30"), ["/bin/true", "a b"], str(tmp_path))
    for name, content in zip(("service", "timer"), real.split("\n# ~/.config"), strict=True):
        (tmp_path / f"briefgen-morning.{name}").write_text(f"#{content}", "utf-8")
    units = [str(tmp_path / f"briefgen-morning.{name}") for name in ("service", "timer")]
    done = subprocess.run([analyze, "verify", "--man=no", *units], capture_output=True, text=True)
    assert "briefgen-morning" not in done.stderr


def test_lines_of_a_crontab() -> None:
    text = crontab.lines("morning", job(at=["07:30", "16:05"]), COMMAND)
    name, zone, *lines = text.splitlines()
    assert (name, zone) == ("# morning", "CRON_TZ=Asia/Shanghai")
    assert [line.split(" ", 5)[:5] for line in lines] == [
        ["30", "7", "*", "*", "*"],
        ["5", "16", "*", "*", "*"],
    ]
    for line in lines:
        called = line.split(" ", 5)[5]
        assert "%" not in called.replace("\\%", "")  # cron would end the line there
        assert shlex.split(called.replace("\\%", "%")) == COMMAND


def crons(given: dict[str, object]) -> list[str]:
    loaded: Any = yaml.safe_load(github.workflow({"morning": job(**given)}, NOW))
    return [entry["cron"] for entry in loaded[True]["schedule"]]  # YAML 1.1 reads `on` as true


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"at": "07:30"}, ["30 23 * * *"]),
        ({"cron": "30 7 * * 1-5"}, ["30 23 * * 0,1,2,3,4"]),
        ({"cron": "0,30 9 * * 1", "timezone": "Asia/Kolkata"}, ["30 3 * * 1", "0 4 * * 1"]),
        ({"at": "07:30", "timezone": "America/New_York"}, ["30 11 * * *", "30 12 * * *"]),
        ({"cron": "30 0 * * 1", "timezone": "Europe/London"}, ["30 0 * * 1", "30 23 * * 0"]),
        ({"at": "12:00", "timezone": "UTC"}, ["0 12 * * *"]),
        ({"cron": "* * * * *"}, ["* * * * *"]),
        ({"cron": "*/5 * * * *"}, ["0,5,10,15,20,25,30,35,40,45,50,55 * * * *"]),
        ({"cron": "0,20,40 8-17 * * 1-5"}, ["0,20,40 0,1,2,3,4,5,6,7,8,9 * * 1,2,3,4,5"]),
        (
            {"cron": "0,30 7-17 * * 1-5"},
            ["0,30 0,1,2,3,4,5,6,7,8,9 * * 1,2,3,4,5", "0,30 23 * * 0,1,2,3,4"],
        ),
    ],
)
def test_cron_lines_of_a_workflow_are_in_utc(given: dict[str, object], lines: list[str]) -> None:
    assert crons(given) == lines


@pytest.mark.parametrize(
    ("cron", "zone"),
    [
        *product(["30 0-3 * * 0,1", "5 1 1,29 * *"], ["Europe/London", "Africa/Casablanca"]),
        ("*/30 2 * * *", "Australia/Lord_Howe"),
        ("5 2 * 3-5 *", "America/New_York"),
        ("0 18 1 1,4,7,10 *", "Asia/Shanghai"),
        ("15 1 29 2 *", "Asia/Shanghai"),
        ("0 8 1 * 1", "America/New_York"),
        ("0 7 */2 * 1", "Asia/Shanghai"),
    ],
)
def test_a_workflow_runs_a_job_at_its_times_and_at_no_others_for_years(
    cron: str, zone: str
) -> None:
    one, end = Agenda(job(cron=cron, timezone=zone)), NOW + timedelta(days=731)
    wanted = [moment.at.astimezone(UTC) for moment in one.moments(NOW)]
    history, late = History(NOW), timedelta(minutes=12)
    run = set()
    for line in github.utc_lines(one.job, NOW):
        for fired in takewhile(lambda at: at <= end, CronSim(line, NOW)):
            moment, _ = due_now(one, history, fired + late, line)
            if moment is not None:
                assert moment.at.astimezone(UTC) == fired
                run.add(fired)
    assert wanted
    assert run == set(wanted)


def test_lines_are_for_every_day_where_days_of_the_month_count() -> None:
    for cron in ("0 18 1 1,4,7,10 *", "0 18 29 2 *", "0 18 1 * 1"):
        assert crons({"cron": cron}) == ["0 10 * * *"]


def test_times_that_need_too_many_lines() -> None:
    times = [f"{hour:02}:{3 * hour:02}" for hour in range(20)]
    assert len(crons({"at": times})) == 20
    with pytest.raises(github.TooManyLinesError, match="`a` take 21 cron lines, more than 20"):
        github.workflow({"a": job(at=[*times, "20:01"])}, NOW)


def test_a_workflow_says_what_happens_where_clocks_change() -> None:
    morning = job(at="07:30")
    text = github.workflow({"ny": job(at="07:30", timezone="America/New_York")}, NOW)
    assert "a line for summer and one for winter" in text
    assert "Clocks change" not in github.workflow({"morning": morning}, NOW)


def test_one_workflow_can_run_all_jobs_as_it_is_printed() -> None:
    jobs = {"morning": job(at="07:30"), "also": job(at="07:30"), "evening": job(at="18:00")}
    loaded: Any = yaml.safe_load(github.workflow(jobs, NOW))
    assert [one["cron"] for one in loaded[True]["schedule"]] == ["30 23 * * *", "0 10 * * *"]
    assert [one["name"] for one in loaded["jobs"].values()] == list(jobs)
    for name, made in zip(jobs, loaded["jobs"].values(), strict=True):
        line = "0 10 * * *" if name == "evening" else "30 23 * * *"
        meant = f"contains(fromJSON('[\"{line}\"]'), github.event.schedule)"
        assert made["if"] == f"${{{{ github.event_name != 'schedule' || {meant} }}}}"
        assert made["timeout-minutes"] == 120
        assert made["concurrency"] == {"group": f"briefgen-{name}", "cancel-in-progress": False}
        _, system, _, install, once = made["steps"]
        assert "fonts-noto-cjk" in system["run"]
        assert install["run"].startswith(".venv/bin/pip install 'briefgen[schedule]'")
        assert once["env"] == {"CRON": "${{ github.event.schedule }}"}


def test_what_the_ledger_needs_are_secrets_of_the_repository() -> None:
    text = github.workflow({"morning": job(at="07:30")}, NOW, ["PGUSER", "PGPASSWORD"])
    (made,) = yaml.safe_load(text)["jobs"].values()
    assert made["steps"][-1]["env"] == {
        "CRON": "${{ github.event.schedule }}",
        "PGUSER": "${{ secrets.PGUSER }}",
        "PGPASSWORD": "${{ secrets.PGPASSWORD }}",
    }


def test_a_workflow_uses_the_actions_that_our_own_do() -> None:
    ours = {line.strip() for line in PUBLISH.read_text("utf-8").splitlines()}
    text = github.workflow({"morning": job(at="07:30")}, NOW)
    used = [line.strip() for line in text.splitlines() if "uses:" in line]
    assert used
    assert set(used) <= ours


@pytest.mark.parametrize(
    ("cron", "called"),
    [
        ("30 23 * * *", "schedule once morning --if-due --fired-by 30 23 * * *"),
        ("", "schedule once morning"),
    ],
)
def test_a_workflow_that_is_started_by_hand_runs_the_job(
    tmp_path: Path, cron: str, called: str
) -> None:
    briefgen = tmp_path / ".venv/bin/briefgen"
    briefgen.parent.mkdir(parents=True)
    briefgen.write_text('#!/bin/sh\necho "$*"\n')
    briefgen.chmod(0o755)
    loaded: Any = yaml.safe_load(github.workflow({"morning": job(at="07:30")}, NOW))
    (made,) = loaded["jobs"].values()
    done = subprocess.run(
        ["bash", "-e", "-c", made["steps"][-1]["run"]],
        cwd=tmp_path,
        env={"CRON": cron, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{called}\n", "")


def test_any_name_of_a_job_is_one_for_github() -> None:
    names = ["2nd", "leap.day", "leap-day", "on", "null", "1e5"]
    loaded: Any = yaml.safe_load(github.workflow({name: job(at="07:30") for name in names}, NOW))
    assert all(re.fullmatch("[_a-zA-Z][a-zA-Z0-9_-]*", found) for found in loaded["jobs"])
    assert [made["name"] for made in loaded["jobs"].values()] == names


def test_variables_of_the_environment_are_named_where_nobody_hands_them_on() -> None:
    morning = job(at="07:30")
    units = systemd.units("morning", morning, COMMAND, "/desk", ["PGUSER", "PGPASSWORD"])
    assert "\n# The ledger needs PGUSER, PGPASSWORD, which" in units
    assert "\n# EnvironmentFile=%h/.config/briefgen.env\nExecStart=" in units
    assert crontab.head(["PGUSER"]).endswith("pass on:\n# PGUSER=…\n")
    assert "Environment" not in systemd.units("morning", morning, COMMAND, "/desk")
    assert crontab.head([]).endswith("in that zone.\n")
