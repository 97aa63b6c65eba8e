"""Rules on the rating call and the rating schemes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.model.rating import Reading, Scheme


def action_contradicts_previous(dossier: Dossier) -> Iterator[Problem]:
    """A rating action that does not fit the rating before it.

    Why: “maintained” beside another previous rating, or “raised” to a lower class, tells the
    reader two things at once.

    Bad:  {label: 中性, action: maintain, previous: 强于大市}
    Good: {label: 中性, action: lower, previous: 强于大市}
    """
    briefing = dossier.briefing
    call = briefing.front.rating
    scheme = briefing.brokerage.schemes.get(call.kind) if call else None
    if call is None or scheme is None or call.previous is None:
        return
    rank = scheme.labels.index
    change = rank(call.previous) - rank(call.label)
    expected = "maintain" if change == 0 else "raise" if change > 0 else "lower"
    if call.action != expected:
        yield Problem(
            ("front", "rating", "action"),
            f"`{call.action}` contradicts the previous rating: "
            f"{call.previous} to {call.label} is `{expected}`",
            f"write `action: {expected}` or mend `previous`",
        )


def band_gap(dossier: Dossier) -> Iterator[Problem]:
    """A return that no class of a rating scheme claims, however its bounds are read.

    Why: with a gap there are returns for which the house has no rating. Bounds whose side the
    source does not state are tried closed, open and lower-closed; only what fails under all three
    is reported.

    Bad:  {label: 标配, lower: {at: -10, included: false}} beside {label: 低配, upper: {at: -10,
          included: false}}
    Good: one of the two has `included: true`
    """
    briefing = dossier.briefing
    for kind, scheme in briefing.brokerage.schemes.items():
        for low, high, labels in _always(scheme):
            if not labels:
                yield Problem(
                    ("brokerage", "schemes", kind, "classes"),
                    f"no class of the {kind} scheme claims {_range(low, high)}",
                    _MEND,
                )


def band_overlap(dossier: Dossier) -> Iterator[Problem]:
    """A return that several classes of a rating scheme claim, however its bounds are read.

    Why: with an overlap one return has two ratings, and the label says nothing definite.

    Bad:  {label: 增持, lower: {at: 5}} beside {label: 持有, upper: {at: 10}}
    Good: both at the same value
    """
    briefing = dossier.briefing
    for kind, scheme in briefing.brokerage.schemes.items():
        for low, high, labels in _always(scheme):
            if labels:
                yield Problem(
                    ("brokerage", "schemes", kind, "classes"),
                    f"{' and '.join(f'`{label}`' for label in labels)} of the {kind} scheme "
                    f"both claim {_range(low, high)}",
                    _MEND,
                )


def _always(scheme: Scheme) -> list[tuple[Decimal, Decimal, tuple[str, ...]]]:
    """Faults that every reading shares, with the claimants under the most lenient one."""
    shared = None
    for reading in Reading:
        found = {(low, high): labels for low, high, labels in scheme.faults(reading)}
        shared = found if shared is None else {k: v for k, v in shared.items() if k in found}
    return [(low, high, labels) for (low, high), labels in (shared or {}).items()]


def _range(low: Decimal, high: Decimal) -> str:
    if low == high:
        return f"{low}%"
    if low.is_finite() and high.is_finite():
        return f"returns between {low}% and {high}%"
    if low.is_finite():
        return f"returns above {low}%"
    return f"returns below {high}%" if high.is_finite() else "any return"


_MEND = "mend the bounds; of a rebuilt report keep them as printed and say so in `reconciliation`"
