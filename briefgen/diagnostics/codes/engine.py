"""Problems of building many editions: ENG, and of the cache: CAC."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

ENGINE: tuple[Code, ...] = (
    Code(
        "CAC101",
        "cache-not-written",
        Severity.WARNING,
        """A cache that cannot be written: a full disk, a folder that is read-only.

        Why: editions are made all the same; the next build makes again what could not be kept.

        Bad:  --cache /mnt/full
        Good: --cache /var/tmp/briefgen
        """,
    ),
    Code(
        "ENG101",
        "time-is-up",
        Severity.ERROR,
        """A briefing that took longer than the batch allows; its worker was stopped.

        Why: one page that lays out without end must not keep hundreds of others waiting. The last
        good edition stays, and the other briefings are built.

        Bad:  briefgen build --all --timeout 5
        Good: briefgen build --all --timeout 600
        """,
    ),
    Code(
        "ENG102",
        "worker-died",
        Severity.ERROR,
        """A briefing whose worker died twice: it was killed, or took too much memory.

        Why: a worker that dies once may have had bad luck, so its briefing is tried again; one that
        dies twice with the same briefing would take down worker after worker. The last good edition
        stays, and the other briefings are built.

        Bad:  briefgen build --all --memory 200
        Good: briefgen build --all --memory 1500
        """,
    ),
    Code(
        "ENG103",
        "bug",
        Severity.ERROR,
        """An error within briefgen that nobody expected.

        Why: it is ours to mend. The other briefings are built; the file that is named holds what we
        need to find the cause.

        Bad:  a traceback on the terminal, and a batch that ends
        Good: the file, with a few words on what you did, in a report to us
        """,
    ),
    Code(
        "ENG104",
        "no-cluster",
        Severity.ERROR,
        """A cluster that cannot be used: no scheduler, no Dask installed, no worker that fits.

        Why: without workers nothing can be made; nothing was changed.

        Bad:  --cluster tcp://10.0.0.9:8786, where nothing listens
        Good: pip install 'briefgen[cluster]'
              dask scheduler --port 8786
              dask worker tcp://10.0.0.9:8786 --nthreads 1
        """,
    ),
    Code(
        "ENG105",
        "other-toolchain",
        Severity.WARNING,
        """A worker of a cluster that has other code, other libraries or other fonts.

        Why: it would make other bytes, with other line breaks perhaps, and nobody could say which
        edition came from where. It gets no task; the other workers make all editions.

        Bad:  a worker with weasyprint 70.0, where the batch has 70.1
        Good: the same lock file and the same fonts on every machine
        """,
    ),
    Code(
        "ENG106",
        "stuck-worker",
        Severity.WARNING,
        """A worker of a cluster that is stuck with a briefing and cannot be restarted.

        Why: Dask cannot stop what a worker is doing; its nanny can end it and start a new one. A
        worker without nanny keeps its place, and gets no more tasks.

        Bad:  dask worker tcp://10.0.0.9:8786 --no-nanny
        Good: dask worker tcp://10.0.0.9:8786 --nthreads 1
        """,
    ),
    Code(
        "ENG107",
        "no-worker",
        Severity.ERROR,
        """A briefing that nobody could make: no worker starts, or the last of a cluster is gone.

        Why: a batch that waits for ever looks like one that works. The last good edition stays, and
        the next build makes what is missing.

        Bad:  a batch on a cluster whose last worker was ended
        Good: dask worker tcp://10.0.0.9:8786 --nthreads 1
        """,
    ),
)
