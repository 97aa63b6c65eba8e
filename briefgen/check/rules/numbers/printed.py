"""A rule on the words of a source that stand for a fact."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.model.numerals import says


def printed_differs(dossier: Dossier) -> Iterator[Problem]:
    """A fact whose `printed` says another number than its `value`.

    Why: `{{ fact | printed }}` shows the words, as if they were bound; nobody computes with them.
    A numeral of the text must be the value, as far as its digits tell: in digits or Chinese, with
    万, 亿, K, M, B, as a percentage, a fraction or a multiple. The sign is left out, and words
    without a numeral (names that were counted) are not compared.

    Bad:  {value: 154, unit: responses, printed: 145 份}
    Good: {value: 154, unit: responses, printed: 154 份}
    """
    for name, number in dossier.briefing.facts.items():
        printed = number.printed
        if printed is not None and not says(printed, number.value, number.unit):
            unit = "" if str(number.unit) == "1" else f" {number.unit}"
            yield Problem(
                ("facts", name, "printed"),
                f"`{name}` is {number.value:f}{unit}, its `printed` says `{printed}`",
                "mend `value` or `printed`; what the source says of it beside goes into `note`",
                text=printed,
                subject=name,
            )
