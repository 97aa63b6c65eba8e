"""Wording, spelling, punctuation, structure of prose."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.language.marks import footnote_astray, language_unknown, link_target
from briefgen.check.rules.language.prose import (
    directive_mismatch,
    heading_levels,
    paragraph_twice,
)
from briefgen.check.rules.language.typography import half_width_punctuation, unpaired_mark
from briefgen.check.rules.language.wording import (
    barred_wording,
    placeholder,
    repeated_word,
    spelling_variant,
)
from briefgen.diagnostics.finding import Severity

LANGUAGE: tuple[Rule, ...] = (
    Rule("CHK601", Severity.ERROR, placeholder, needs="both"),
    Rule("CHK602", Severity.ERROR, barred_wording, needs="both"),
    Rule("CHK603", Severity.ERROR, heading_levels),
    Rule("CHK604", Severity.WARNING, spelling_variant),
    Rule("CHK605", Severity.WARNING, half_width_punctuation),
    Rule("CHK606", Severity.WARNING, unpaired_mark),
    Rule("CHK607", Severity.WARNING, repeated_word),
    Rule("CHK608", Severity.WARNING, paragraph_twice),
    Rule("CHK609", Severity.ERROR, link_target),
    Rule("CHK610", Severity.ERROR, directive_mismatch),
    Rule("CHK611", Severity.ERROR, footnote_astray),
    Rule("CHK612", Severity.ERROR, language_unknown),
)
"""In the order of the codes."""
