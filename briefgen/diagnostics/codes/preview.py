"""Problems of the live preview: PRV."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

PREVIEW: tuple[Code, ...] = (
    Code(
        "PRV101",
        "port-in-use",
        Severity.ERROR,
        """A port that the preview cannot have.

        Why: one program listens on a port. If it is another preview, its workspace and address are
        told: perhaps that one is enough. Ports below 1024 belong to the system.

        Bad:  briefgen preview, while another terminal has it running
        Good: briefgen preview --port 8101
        """,
    ),
)
"""In the order of the codes."""
