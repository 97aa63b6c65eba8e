"""Whether a PDF is what it says it is: PDF/A-3a and PDF/UA-1, by an independent validator."""

from __future__ import annotations

from collections import Counter

from briefgen.diagnostics.finding import Collector, Finding

STANDARDS = {"3a": "PDF/A-3a", "ua1": "PDF/UA-1"}
"""The profiles of the validator, and the standards by their names."""


def validate(pdf: bytes) -> tuple[Finding, ...]:
    """What the validator finds; nothing when the PDF conforms to both standards.

    Reports: SET201, SET202.
    """
    out = Collector()
    try:
        from page import PageError, validate_pdf_bytes
    except ImportError as error:
        out.report(
            "SET202",
            f"the PDF cannot be validated: {error}",
            help="install the package `page-validation`",
        )
        return tuple(out.findings)
    for profile, standard in STANDARDS.items():
        try:
            report = validate_pdf_bytes(pdf, profile=profile)
        except PageError as error:
            out.report("SET202", f"the validator cannot read the PDF as {standard}: {error}")
            continue
        failed = Counter((failure.rule_id, failure.message) for failure in report.failures)
        for (rule, message), count in sorted(failed.items()):
            often = f" ({count} times)" if count > 1 else ""
            out.report("SET201", f"the PDF is not valid {standard}: {message} [{rule}]{often}")
        if not report.is_compliant and not failed:
            out.report("SET201", f"the PDF is not valid {standard}")
    return tuple(out.findings)
