"""All rules, in one table. To add one: a function in a module here, and a line in `RULES`."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.exhibits import exhibit_not_placed, exhibit_placed_twice
from briefgen.check.rules.issuance import (
    licence_number,
    missing_section,
    ratings_not_defined,
    reconstruction_without_original,
)
from briefgen.check.rules.numbers import unbound_number
from briefgen.check.rules.ratings import action_contradicts_previous, band_gap, band_overlap
from briefgen.diagnostics.finding import Severity

RULES: tuple[Rule, ...] = (
    Rule("CHK101", Severity.ERROR, unbound_number),
    Rule("CHK201", Severity.ERROR, action_contradicts_previous),
    Rule("CHK202", Severity.WARNING, band_gap),
    Rule("CHK203", Severity.WARNING, band_overlap),
    Rule("CHK301", Severity.WARNING, exhibit_not_placed),
    Rule("CHK302", Severity.ERROR, exhibit_placed_twice),
    Rule("CHK401", Severity.ERROR, reconstruction_without_original),
    Rule("CHK402", Severity.ERROR, licence_number),
    Rule("CHK403", Severity.ERROR, missing_section),
    Rule("CHK404", Severity.WARNING, ratings_not_defined),
)
