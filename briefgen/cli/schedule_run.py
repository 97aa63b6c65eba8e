"""The scheduler in the foreground: signals, lines with times, the files that it reads again."""

from __future__ import annotations

import signal
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from briefgen.cli.console import FAILED, print_findings, stop
from briefgen.diagnostics.finding import Collector, Finding
from briefgen.load.extras import has_extra
from briefgen.schedule.agenda import Agenda
from briefgen.schedule.alone import alone
from briefgen.schedule.jobs import EXTRA, agendas
from briefgen.schedule.runner import Runner
from briefgen.schedule.service import LOOK_EVERY_S, OwnProcess, Service
from briefgen.workspace import ledger_of, open_workspace

STOPPED = 130


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
            return _wait(Service(root, runner, lambda: _loaded(root)), jobs, ledger.value.out)


def now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


def say(text: str) -> None:
    """Write a line with the local time."""
    click.echo(f"{now().astimezone():%Y-%m-%d %H:%M:%S %z}  {text}")


def _wait(service: Service, jobs: OwnProcess, troubles: Collector) -> int:
    before = {
        signal.SIGTERM: signal.signal(signal.SIGTERM, _terminate),
        # a shell may have it ignored
        signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler),
    }
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


def _terminate(*_: object) -> None:
    raise _TerminatedError


def _loaded(root: Path) -> Mapping[str, Agenda] | None:
    """The jobs as they are now; None after errors, which are shown."""
    opened = open_workspace(root)
    made = agendas(opened.value, now()) if opened.value else None
    print_findings([*opened.findings, *(made.findings if made else ())], root)
    if made is None or made.value is None:
        say("data/workspace.yaml has errors; the jobs stay as they were")
        return None
    return made.value
