"""Exceptions that nobody expected: the traceback is saved, and the edition has a finding."""

from __future__ import annotations

import tempfile

from briefgen import __version__
from briefgen.diagnostics.finding import Finding

CODE = "ENG103"


def bug(slug: str, told: str) -> Finding:
    """The finding for a traceback, which goes to a file for the report."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="briefgen-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"briefgen {__version__}: {slug}\n\n{told}")
    last = told.strip().splitlines()[-1]
    message = f"a bug in briefgen while `{slug}` was made: {last}"
    help_line = f"the traceback is in {file.name}; please report it with that file"
    return Finding(CODE, message, None, help_line)
