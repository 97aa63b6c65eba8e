"""What kind of document it is, and what it must hold."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.issuance.document import (
    licence_number,
    missing_section,
    ratings_not_defined,
    reconstruction_without_original,
)
from briefgen.check.rules.issuance.publication import (
    issued_without_licence,
    issued_without_publication,
    reconstruction_with_publication,
)
from briefgen.diagnostics.finding import Severity

ISSUANCE: tuple[Rule, ...] = (
    Rule("CHK401", Severity.ERROR, reconstruction_without_original),
    Rule("CHK402", Severity.ERROR, licence_number, needs="both"),
    Rule("CHK403", Severity.ERROR, missing_section),
    Rule("CHK404", Severity.WARNING, ratings_not_defined),
    Rule("CHK405", Severity.ERROR, issued_without_publication, blocks=True),
    Rule("CHK406", Severity.ERROR, issued_without_licence, blocks=True),
    Rule("CHK407", Severity.ERROR, reconstruction_with_publication, blocks=True),
)
"""In the order of the codes."""
