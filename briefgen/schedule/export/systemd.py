"""A service and a timer of systemd for a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from cronsim import CronSim

from briefgen.model.job import Job

_WEEKDAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


def units(
    name: str, job: Job, command: list[str], folder: str, variables: Sequence[str] = ()
) -> str:
    """Both units, each below the name of its file; `command` runs in `folder`.

    It needs these `variables`, and systemd does not know the environment of this shell.
    """
    about = f"# The ledger needs {', '.join(variables)}, which systemd does not pass on:\n"
    environment = f"{about}# EnvironmentFile=%h/.config/briefgen.env\n" if variables else ""
    times = "\n".join(f"OnCalendar={text}" for text in calendar_events(job))
    return f"""\
# ~/.config/systemd/user/briefgen-{name}.service
[Unit]
Description=briefgen: {name}

[Service]
Type=oneshot
WorkingDirectory={folder.replace("%", "%%")}
{environment}\
ExecStart={" ".join(map(_quoted, command))}

# ~/.config/systemd/user/briefgen-{name}.timer
# systemctl --user daemon-reload; systemctl --user enable --now briefgen-{name}.timer
[Unit]
Description=briefgen: {name}

[Timer]
{times}
AccuracySec=1s
Persistent=true

[Install]
WantedBy=timers.target
"""


def calendar_events(job: Job) -> Iterator[str]:
    """The times of a job as systemd writes them: `*-*-* 07:30:00 Asia/Shanghai`."""
    for expression in job.expressions:
        cron = CronSim(expression, datetime(2000, 1, 1, tzinfo=UTC))
        time = f"{_listed(cron.hours, 24)}:{_listed(cron.minutes, 60)}:00 {job.timezone}"
        months, days = _listed(cron.months, 12), _listed(cron.days, 31)
        weekdays = sorted({day % 7 for day in cron.weekdays if isinstance(day, int)})
        names = "" if len(weekdays) == 7 else ",".join(_WEEKDAYS[day] for day in weekdays) + " "
        if cron.day_and or not names or days == "*":
            yield f"{names}*-{months}-{days} {time}"
        else:  # to cron, a day of the month or a day of the week will do
            yield f"*-{months}-{days} {time}"
            yield f"{names}*-{months}-* {time}"


def _listed(values: set[int], count: int) -> str:
    """Values as a list, or `*` for all of them."""
    return "*" if len(values) == count else ",".join(f"{value:02}" for value in sorted(values))


def _quoted(word: str) -> str:
    """A word of a command line of systemd."""
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{word}"'
