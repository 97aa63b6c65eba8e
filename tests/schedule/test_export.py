"""What is exported for systemd, cron and GitHub is right by their own rules."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.model.job import Job
from briefgen.schedule.agenda import Agenda
from briefgen.schedule.export import crontab, github, systemd

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


@pytest.mark.parametrize("zone", ["Europe/London", "Australia/Lord_Howe", "Africa/Casablanca"])
@pytest.mark.parametrize("cron", ["30 0-3 * * 0,1", "*/30 2 * * *", "5 1 1,29 * *", "5 2 * 3-5 *"])
def test_a_workflow_has_all_times_of_a_year(cron: str, zone: str) -> None:
    one, end = job(cron=cron, timezone=zone), NOW + timedelta(days=366)
    times = (moment.at.astimezone(UTC) for moment in Agenda(one).moments(NOW))
    wanted = {(at.minute, at.hour, at.isoweekday() % 7) for at in times if at <= end}
    fired = set()
    for line in github.utc_lines(one, NOW):
        minutes, hours, _, _, days = line.replace("* * *", "* * 0,1,2,3,4,5,6").split()
        fired |= set(product(*(map(int, part.split(",")) for part in (minutes, hours, days))))
    assert fired == wanted


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
    assert loaded["jobs"].keys() == jobs.keys()
    for name, made in loaded["jobs"].items():
        checkout, python, system, install, once = made["steps"]
        assert checkout["uses"].startswith("actions/checkout@")
        assert python["uses"].startswith("actions/setup-python@")
        assert "fonts-noto-cjk" in system["run"]
        assert install["run"].startswith("pip install 'briefgen[schedule]'")
        command = ["briefgen", "schedule", "once", name, "--if-due", "--fired-by", "$CRON"]
        assert shlex.split(once["run"]) == command
        assert once["env"] == {"CRON": "${{ github.event.schedule }}"}
