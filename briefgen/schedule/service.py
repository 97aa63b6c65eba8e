"""The process that waits: APScheduler asks the agendas, a process of its own runs each job."""

from __future__ import annotations

import hashlib
import logging
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from briefgen.load.holidays import HOLIDAYS
from briefgen.schedule.agenda import Agenda
from briefgen.schedule.runner import Runner, shown
from briefgen.workspace import MARK

LOOK_EVERY_S = 60
"""Seconds between two looks at the clock and at `data/workspace.yaml`."""
_STOPPING_S = 60
"""How long a run that is stopped may take to end."""


def once_command(root: Path, job: str, *options: str) -> list[str]:
    """The command that runs a job, whatever folder or environment it is called in."""
    briefgen = [sys.executable, "-P", "-m", "briefgen"]
    return [*briefgen, "schedule", "once", job, *options, "--workspace", str(root)]


@dataclass(slots=True)
class OwnProcess:
    """Runs jobs as `briefgen schedule once`, so that a failure of any kind stays there."""

    root: Path
    process: subprocess.Popen[bytes] | None = None
    is_stopped: bool = False
    beginning: Lock = field(default_factory=Lock)

    def run(self, job: str, due: datetime) -> int:
        """Run a job for a due time, and give the exit code."""
        command = once_command(self.root, job, "--due", due.isoformat())
        with self.beginning:
            if self.is_stopped:
                return 128 + signal.SIGINT
            self.process = subprocess.Popen(command, process_group=0, stdin=subprocess.DEVNULL)
        return self.process.wait()

    def stop(self) -> None:
        """Have the run that is going on end as after Ctrl-C, and if it does not, at once."""
        with self.beginning:
            self.is_stopped = True
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(_STOPPING_S)
        except subprocess.TimeoutExpired:
            self.process.kill()


@dataclass(slots=True)
class Service:
    """A scheduler at work."""

    root: Path
    runner: Runner
    load: Callable[[], Mapping[str, Agenda] | None]
    """Reads the jobs; None when they have errors, which it has shown."""
    scheduler: Any = None
    is_read: bool = False
    """Whether the jobs could be read."""
    seen: datetime = field(init=False)
    """When it was last looked."""
    state: str = ""
    """A digest of the files that say when jobs run, as they were when the jobs were read."""
    looking: Lock = field(default_factory=Lock)

    def start(self) -> None:
        """Begin to wait. Needs `apscheduler`."""
        from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES
        from apscheduler.schedulers.background import BackgroundScheduler

        logging.getLogger("apscheduler").setLevel(logging.CRITICAL + 1)
        self.scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": {"type": "threadpool", "max_workers": 1}},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self.scheduler.add_listener(
            lambda event: self.runner.overlap(event.job_id), EVENT_JOB_MAX_INSTANCES
        )
        self.scheduler.add_listener(
            lambda event: self.runner.say(f"{event.job_id}: {event.exception!r}"), EVENT_JOB_ERROR
        )
        self.seen = self.runner.now()
        self.look()
        self.scheduler.start()

    def look(self) -> None:
        """Go by `data/workspace.yaml` as it is now, and by the clock as it is now.

        A machine that slept, or whose clock was set, does not tell those who wait.
        """
        with self.looking:
            now, state = self.runner.now(), _state(self.root)
            is_set_back = now < self.seen
            if is_set_back:
                self.runner.set_back(now)
            agendas = self.load() if state != self.state else None
            if agendas is not None:
                self.is_read, self.state = True, state
                self.runner.take(agendas, self.seen)
            if agendas is not None or is_set_back:
                self._plan(now)
            self.seen = now
        if self.scheduler.running:
            self.scheduler.wakeup()

    def stop(self) -> None:
        """Wait for the run that is going on, and begin no other."""
        if self.scheduler is not None and self.scheduler.running:
            self.scheduler.shutdown(wait=True)

    def _plan(self, now: datetime) -> None:
        for planned in self.scheduler.get_jobs():
            if planned.id not in self.runner.agendas:
                planned.remove()
        for name in self.runner.agendas:
            due = self.runner.next(name, now)
            begin = now if self.runner.is_overdue(name) else due
            trigger = _trigger(self.runner, name)
            self.scheduler.add_job(
                self._attend,
                trigger,
                [name],
                id=name,
                replace_existing=True,
                next_run_time=begin,
            )
            self.runner.say(f"{name}: next {shown(due) if due else 'never'}")

    def _attend(self, name: str) -> None:
        self.look()
        self.runner.attend(name)


def _trigger(runner: Runner, name: str) -> Any:
    """What tells APScheduler when a job is due."""
    from apscheduler.triggers.base import BaseTrigger

    class Due(BaseTrigger):  # type: ignore[misc]
        def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
            return runner.next(name, max(previous or now, now))

    return Due()


def _state(root: Path) -> str:
    digest = hashlib.sha256()
    for file in (root / MARK, root / MARK.with_name(HOLIDAYS)):
        try:
            digest.update(file.read_bytes())
        except OSError as error:
            digest.update(str(error).encode())
    return digest.hexdigest()
