"""The rules on ratings: the calls, the schemes as intervals, what is printed around them."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.ratings.bands import (
    band_gap,
    band_overlap,
    empty_band,
    missing_tail,
    unstated_bound,
)
from briefgen.check.rules.ratings.calls import (
    action_contradicts_previous,
    return_contradicts_label,
    stale_rating,
)
from briefgen.check.rules.ratings.labels import (
    label_in_two_buckets,
    label_not_defined,
    same_label_other_meaning,
    scheme_without_rating,
)
from briefgen.check.rules.ratings.printed import (
    benchmark_ambiguous,
    benchmark_missing,
    mixed_measure,
    two_horizons,
)
from briefgen.diagnostics.finding import Severity

RATINGS: tuple[Rule, ...] = (
    Rule("CHK201", Severity.ERROR, action_contradicts_previous),
    Rule("CHK202", Severity.WARNING, band_gap),
    Rule("CHK203", Severity.WARNING, band_overlap),
    Rule("CHK204", Severity.WARNING, missing_tail),
    Rule("CHK205", Severity.WARNING, empty_band),
    Rule("CHK206", Severity.WARNING, unstated_bound),
    Rule("CHK207", Severity.WARNING, two_horizons),
    Rule("CHK208", Severity.WARNING, mixed_measure),
    Rule("CHK209", Severity.WARNING, benchmark_missing),
    Rule("CHK210", Severity.WARNING, benchmark_ambiguous),
    Rule("CHK211", Severity.ERROR, label_not_defined),
    Rule("CHK212", Severity.WARNING, scheme_without_rating),
    Rule("CHK213", Severity.NOTE, same_label_other_meaning),
    Rule("CHK214", Severity.ERROR, return_contradicts_label),
    Rule("CHK215", Severity.WARNING, stale_rating),
    Rule("CHK216", Severity.ERROR, label_in_two_buckets),
)
