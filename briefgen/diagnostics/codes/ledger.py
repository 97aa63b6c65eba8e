"""Problems of the ledger, the record of runs: LGR."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

LEDGER: tuple[Code, ...] = (
    Code(
        "LGR101",
        "ledger-out-of-reach",
        Severity.WARNING,
        """A ledger that cannot be written or read: the disk is full, the file damaged, no server.

        Why: editions matter more than their record, so the run goes on; what the ledger would have
        held of it is missing there. Each later run tries again.

        Bad:  output/ledger.sqlite3 was overwritten by another program
        Good: the file is moved away; the next run begins a new one
        """,
    ),
    Code(
        "LGR102",
        "newer-ledger",
        Severity.WARNING,
        """A ledger that a newer briefgen has written.

        Why: what this version wrote into it could not be trusted by the newer one, so it is left
        alone. The run goes on, and is not recorded. A newer briefgen changes the tables at its
        first run.

        Bad:  one machine was upgraded, another that shares its ledger was not
        Good: pip install --upgrade briefgen
        """,
    ),
    Code(
        "LGR103",
        "no-place-for-ledger",
        Severity.WARNING,
        """A setting `ledger` that names no place, holds a password or a variable that is not set.

        Why: the ledger is a file of SQLite or a database of PostgreSQL. `workspace.yaml` is shared
        and kept under version control: a password does not belong there, and `${NAME}` is filled
        in from the environment. The environment variable `BRIEFGEN_LEDGER` goes before the setting.
        Runs go on, and are not recorded; `briefgen runs` fails.

        Bad:  ledger: postgresql://desk:secret@db.example.com/runs
        Good: ledger: postgresql://desk:${PGPASSWORD}@db.example.com/runs
        """,
    ),
    Code(
        "LGR104",
        "unknown-run",
        Severity.ERROR,
        """A run that the ledger does not hold, or a name that may mean several.

        Why: a run is named by its id, or by as much of the beginning or the end as no other has.

        Bad:  briefgen runs 1jm
        Good: briefgen runs x4k2
        """,
    ),
)
"""In the order of the codes."""
