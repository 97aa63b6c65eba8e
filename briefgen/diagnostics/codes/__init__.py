"""All problem codes with their explanations, in one list; those of rules stand with the rules.

To add one: a line in the table of its family. A code is never used again for something else.
"""

from __future__ import annotations

from briefgen.diagnostics.codes.build import BUILD
from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.codes.engine import ENGINE
from briefgen.diagnostics.codes.environment import ENVIRONMENT
from briefgen.diagnostics.codes.ledger import LEDGER
from briefgen.diagnostics.codes.load_families import LOAD_FAMILIES
from briefgen.diagnostics.codes.load_images import LOAD_IMAGES
from briefgen.diagnostics.codes.load_numbers import LOAD_NUMBERS
from briefgen.diagnostics.codes.load_records import LOAD_RECORDS
from briefgen.diagnostics.codes.preview import PREVIEW
from briefgen.diagnostics.codes.publishing import PUBLISHING
from briefgen.diagnostics.codes.release import RELEASE
from briefgen.diagnostics.codes.scheduling import SCHEDULING
from briefgen.diagnostics.codes.verifying import VERIFYING

CODES: dict[str, Code] = {
    code.code: code
    for code in sorted(
        (
            *LOAD_RECORDS,
            *LOAD_IMAGES,
            *LOAD_NUMBERS,
            *LOAD_FAMILIES,
            *BUILD,
            *ENGINE,
            *ENVIRONMENT,
            *LEDGER,
            *PREVIEW,
            *PUBLISHING,
            *RELEASE,
            *SCHEDULING,
            *VERIFYING,
        ),
        key=lambda code: code.code,
    )
}
"""Every code by itself, sorted."""

__all__ = ["CODES", "Code"]
