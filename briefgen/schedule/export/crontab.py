"""Lines of a crontab for a job."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from briefgen.model.job import Job

_HEAD = """\
# `CRON_TZ` is known to cronie (Fedora, Red Hat, Arch, SUSE). The cron of Debian and Ubuntu ignores
# it and goes by the zone of the machine; there, write the times in that zone.
"""


def head(variables: Sequence[str]) -> str:
    """What stands above all lines; cron knows no `variables` of the environment."""
    if not variables:
        return _HEAD
    values = "".join(f"# {name}=…\n" for name in variables)
    return f"{_HEAD}# The ledger needs what cron does not pass on:\n{values}"


def lines(name: str, job: Job, command: list[str]) -> str:
    """A line for each time of the job, below its zone."""
    called = shlex.join(command).replace("%", "\\%")
    times = (f"{expression} {called}\n" for expression in job.expressions)
    return f"# {name}\nCRON_TZ={job.timezone}\n{''.join(times)}"
