"""The scheduler in the foreground: signals, lines with times, the files that it reads again."""

from __future__ import annotations

import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from briefgen.cli.console import FAILED, STOPPED, print_findings, stop
from briefgen.diagnostics.finding import Collector, Finding
from briefgen.load.extras import has_extra
from briefgen.schedule.agenda import Agenda
from briefgen.schedule.alone import alone
from briefgen.schedule.jobs import EXTRA, agendas
from briefgen.schedule.runner import Runner
from briefgen.schedule.service import LOOK_EVERY_S, OwnProcess, Service
from briefgen.workspace import ledger_of, open_workspace

_ENDING = (signal.SIGTERM, signal.SIGINT)


class _TerminatedError(BaseException):
    """Somebody sent SIGTERM."""


def serve(root: Path) -> int:
    """Run jobs until a signal comes, and give the exit code: 0 after SIGTERM, 130 after Ctrl-C."""
    missing = Collector()
    if not has_extra(EXTRA, ("apscheduler",), None, missing):
        stop(missing.findings, root)
    with alone(root) as taken:
        if taken:
            stop([taken], root)
        ledger = ledger_of(root)
        if ledger.value is None:
            stop(ledger.findings, root)
        assert ledger.value is not None
        jobs = OwnProcess(root)
        with ledger.value:
            runner = Runner(ledger.value, jobs.run, now, say)
            return _wait(Service(root, runner, _Settings(root).load), jobs, ledger.value.out)


def now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


def say(text: str) -> None:
    """Write a line with the local time."""
    click.echo(f"{now().astimezone():%Y-%m-%d %H:%M:%S %z}  {text}")


def _wait(service: Service, jobs: OwnProcess, troubles: Collector) -> int:
    # a shell may have SIGINT ignored
    before = {number: signal.signal(number, _end) for number in _ENDING}
    try:
        service.start()
        if not service.is_read:
            return FAILED
        if not service.runner.agendas:
            help_line = "write them below `jobs:` in data/workspace.yaml"
            stop([Finding("SCH104", "there are no jobs", help=help_line)], service.root)
        say("waiting")
        while True:
            time.sleep(LOOK_EVERY_S)
            service.look()
            print_findings(troubles.findings, service.root)
            troubles.findings.clear()
    except (KeyboardInterrupt, _TerminatedError) as ended:
        say("ending")
        jobs.stop()
        return STOPPED if isinstance(ended, KeyboardInterrupt) else 0
    finally:
        service.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _: object) -> None:
    """End in order; signals that come meanwhile change nothing."""
    for one in _ENDING:
        signal.signal(one, lambda *_: None)
    raise KeyboardInterrupt if number == signal.SIGINT else _TerminatedError


@dataclass(slots=True)
class _Settings:
    """The files that say what the jobs are."""

    root: Path
    told: tuple[Finding, ...] = ()
    """What was found the last time: it is not shown again."""

    def load(self) -> Mapping[str, Agenda] | None:
        """The jobs as they are now; None after errors, which are shown."""
        opened = open_workspace(self.root)
        made = agendas(opened.value, now()) if opened.value else None
        found = (*opened.findings, *(made.findings if made else ()))
        is_new, self.told = found != self.told, found
        if is_new:
            print_findings(found, self.root)
        if made is not None and made.value is not None:
            return made.value
        if is_new:
            say("the settings have errors; the jobs stay as they were")
        return None
