"""Lines of a crontab for a job."""

from __future__ import annotations

import shlex

from briefgen.model.job import Job

HEAD = """\
# `CRON_TZ` is known to cronie (Fedora, Red Hat, Arch, SUSE). The cron of Debian and Ubuntu ignores
# it and goes by the zone of the machine; there, write the times in that zone.
"""


def lines(name: str, job: Job, command: list[str]) -> str:
    """A line for each time of the job, below its zone."""
    called = shlex.join(command).replace("%", "\\%")
    times = (f"{expression} {called}\n" for expression in job.expressions)
    return f"# {name}\nCRON_TZ={job.timezone}\n{''.join(times)}"
