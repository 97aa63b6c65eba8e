"""Rules on the bands of a rating scheme: they part the line of returns, and each has a width."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.check.rules.ratings.saying import (
    MEND,
    class_phrases,
    in_a_row,
    labels_phrase,
    scheme_phrase,
    schemes_path,
    text_phrases,
    ticked,
)
from briefgen.model.phrase import Phrase
from briefgen.model.rating import Kind, RatingClass, Reading, Scheme, percent
from briefgen.model.stretches import Stretch, stretches
from briefgen.model.verdict import Contradiction

_READ = {
    Reading.CLOSED: "with all such ends included",
    Reading.OPEN: "with none included",
    Reading.LOWER: "with lower ends included",
    Reading.UPPER: "with upper ends included",
}


def band_gap(dossier: Dossier) -> Iterator[Problem]:
    """A return between two classes of a rating scheme that none claims, however bounds are read.

    Why: with a gap there are returns for which the house has no rating. Bounds whose side the
    source does not state are tried in four ways; only what fails under all of them is reported.

    Bad:  {label: 标配, lower: {at: -10, included: false}} beside {label: 低配, upper: {at: -10,
          included: false}}
    Good: one of the two has `included: true`
    """
    for kind, scheme, stretch in _stretches(dossier):
        if stretch.is_gap and not stretch.is_tail:
            message = f"no class of the {kind} scheme claims {stretch}"
            yield _problem("band_gap", message, kind, scheme, stretch)


def band_overlap(dossier: Dossier) -> Iterator[Problem]:
    """A return that several classes of a rating scheme claim, however its bounds are read.

    Why: with an overlap one return has two ratings, and the label says nothing definite. So it is
    with a label that two classes of the scheme share.

    Bad:  {label: 增持, lower: {at: 5}} beside {label: 持有, upper: {at: 10}}
    Good: both at the same value
    """
    for kind, scheme in dossier.briefing.brokerage.schemes.items():
        for position, label in enumerate(scheme.labels):
            if scheme.labels.index(label) < position:
                yield Problem(
                    (*schemes_path(kind, "classes"), position),
                    f"`{label}` is the label of two classes of the {kind} scheme",
                    "give each class a label of its own",
                    subject=f"{kind} {label}",
                )
    for kind, scheme, stretch in _stretches(dossier):
        if stretch.is_overlap:
            labels = max(stretch.claims, key=len)
            message = f"{ticked(labels)} of the {kind} scheme all claim {stretch}"
            if len(labels) == 2:
                message = message.replace(" all claim ", " both claim ")
            yield _problem("band_overlap", message, kind, scheme, stretch, labels)


def missing_tail(dossier: Dossier) -> Iterator[Problem]:
    """A rating scheme that ends: very high or very low returns have no class.

    Why: a scheme without a class for the worst returns cannot say “sell”, and its distribution of
    ratings has no place for what falls out.

    Bad:  {label: 弱于大市, lower: {at: -20}, upper: {at: -5}} as the lowest class
    Good: {label: 弱于大市, upper: {at: -5}}
    """
    for kind, scheme, stretch in _stretches(dossier):
        if stretch.is_gap and stretch.is_tail:
            message = f"no class of the {kind} scheme claims the tail {stretch}"
            yield _problem("missing_tail", message, kind, scheme, stretch)


def empty_band(dossier: Dossier) -> Iterator[Problem]:
    """A class whose band is a single return, or whose lower bound is above its upper one.

    Why: hardly any return equals a single number, and none lies in a band that is upside down: the
    label can never be earned. “In line with the index”, without a threshold, is such a band.

    Bad:  {label: 持有, lower: {at: 0, included: true}, upper: {at: 0, included: true}}
    Good: {label: 持有, lower: {at: -5, included: true}, upper: {at: 5, included: false}}
    """
    for kind, scheme in dossier.briefing.brokerage.schemes.items():
        for position, rating in enumerate(scheme.classes):
            if not (rating.lower and rating.upper) or rating.lower.at < rating.upper.at:
                continue
            lower, upper = rating.lower, rating.upper
            if rating.is_inverted:
                found, why = (
                    "band_inverted",
                    f"begins at {lower.at:f}%, above its end {upper.at:f}%",
                )
            elif lower.printed:
                found, why = "band_without_width", f"is the single return {lower.at:f}%"
            else:
                found = "band_without_threshold"
                why = f"has no threshold: read literally, it is the single return {lower.at:f}%"
            yield Problem(
                (*schemes_path(kind, "classes"), position),
                f"`{rating.label}` of the {kind} scheme {why}",
                MEND,
                subject=f"{kind} {rating.label}",
                contradiction=Contradiction(
                    kind=found,
                    values={
                        "scheme": scheme_phrase(kind),
                        "label": rating.label,
                        "at": percent(lower.at),
                        "lower": percent(lower.at),
                        "upper": percent(upper.at),
                    },
                ),
            )


def unstated_bound(dossier: Dossier) -> Iterator[Problem]:
    """Bounds of which a scheme does not say to which class they belong, and readings that fail.

    Why: “10% to 20%” beside “20% or more” gives 20% two classes or one, as the reader likes. Every
    uniform reading is tried: all such ends included, none, the lower, the upper ones; what is said
    are the returns that are then in no class or in several.

    Bad:  {label: 中性, lower: {at: -5}, upper: {at: 5}} beside {label: 强于大市, lower: {at: 5,
          included: true}}
    Good: {label: 中性, lower: {at: -5, included: false}, upper: {at: 5, included: false}}
    """
    for kind, scheme in _schemes(dossier):
        disputed = [stretch for stretch in stretches(scheme) if stretch.is_disputed]
        if not disputed:
            continue
        fails = {reading: _failing(disputed, n) for n, reading in enumerate(Reading)}
        said = [f"{_READ[reading]}, {_told(found)}" for reading, found in fails.items()]
        bounds = [f"{stretch.low:f}%" for stretch in disputed]
        whole = [reading for reading, found in fails.items() if not found]
        verdict = Phrase(label="found_no_reading")
        if whole:
            readings = tuple(Phrase(label=f"reading_{reading}") for reading in whole)
            verdict = Phrase(label="found_some_reading", values={"readings": readings})
        yield Problem(
            schemes_path(kind, "classes"),
            f"the {kind} scheme does not say to which class {', '.join(bounds)} "
            f"{'belong' if len(bounds) > 1 else 'belongs'}: {'; '.join(said)}",
            "write `included: true` or `false` at these bounds",
            subject=kind,
            contradiction=Contradiction(
                kind="unstated_bound",
                values={
                    "scheme": scheme_phrase(kind),
                    "bounds": text_phrases(percent(stretch.low) for stretch in disputed),
                    "verdict": (verdict,),
                    **{str(reading): _phrases(found) for reading, found in fails.items()},
                },
            ),
        )


_Failing = list[tuple[Stretch, tuple[str, ...]]]


def _failing(disputed: list[Stretch], reading: int) -> _Failing:
    """What no class, or more than one, claims under a reading, and the claimants."""
    claims = [(stretch, stretch.claims[reading]) for stretch in disputed]
    return [(stretch, labels) for stretch, labels in claims if len(labels) != 1]


def _told(failing: _Failing) -> str:
    if not failing:
        return "each return has one class"
    return ", ".join(
        f"{stretch} is of {ticked(labels) if labels else 'no class'}" for stretch, labels in failing
    )


def _phrases(failing: _Failing) -> tuple[Phrase, ...]:
    found = []
    for stretch, labels in failing:
        at = percent(stretch.low)
        if labels:
            values = {"at": at, "labels": labels_phrase(labels)}
            found.append(Phrase(label="found_bound_several", values=dict(values)))
        else:
            found.append(Phrase(label="found_bound_none", values={"at": at}))
    return in_a_row(found or [Phrase(label="found_bound_whole")])


def _stretches(dossier: Dossier) -> Iterator[tuple[Kind, Scheme, Stretch]]:
    for kind, scheme in _schemes(dossier):
        for stretch in stretches(scheme):
            yield kind, scheme, stretch


def _schemes(dossier: Dossier) -> Iterator[tuple[Kind, Scheme]]:
    """The schemes without their bands upside down, which claim no return."""
    for kind, scheme in dossier.briefing.brokerage.schemes.items():
        classes = tuple(rating for rating in scheme.classes if not rating.is_inverted)
        if classes:
            yield kind, scheme.model_copy(update={"classes": classes})


def _problem(
    found: str,
    message: str,
    kind: Kind,
    scheme: Scheme,
    stretch: Stretch,
    labels: tuple[str, ...] = (),
) -> Problem:
    """A problem with the classes that the stretch lies in or next to."""
    near = [
        rating for rating in scheme.classes if rating.label in labels or _meets(rating, stretch)
    ]
    return Problem(
        schemes_path(kind, "classes"),
        message,
        "mend the bounds; each return must have one class",
        subject=f"{kind} {stretch}",
        contradiction=Contradiction(
            kind=found,
            values={
                "scheme": scheme_phrase(kind),
                "classes": class_phrases(near),
                "range": (stretch.phrase(),),
                "labels": labels_phrase(labels) if labels else (),
            },
        ),
    )


def _meets(rating: RatingClass, stretch: Stretch) -> bool:
    return stretch.high == rating.place[0] or stretch.low == rating.place[1]
