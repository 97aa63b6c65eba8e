"""Rules on rating labels: each is defined, used, and means one thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.check.rules.ratings.calls import calls
from briefgen.check.rules.ratings.saying import both, in_a_row, scheme_phrase
from briefgen.diagnostics.place import ValuePath
from briefgen.model.briefing import Briefing
from briefgen.model.phrase import Phrase
from briefgen.model.rating import Kind, RatingClass, Scheme
from briefgen.model.verdict import Contradiction


def label_not_defined(dossier: Dossier) -> Iterator[Problem]:
    """A rating label that no scheme of the house defines.

    Why: 推荐 says nothing while no band, horizon and benchmark stand behind it. Looked at are the
    ratings of a briefing whose house defines none of that kind, and the labels of its coverage
    list and rating history.

    Bad:  `coverage:` with {label: 推荐}, and the stock scheme has 买入, 增持, 持有, 卖出
    Good: a class for every label in use
    """
    briefing = dossier.briefing
    for call in calls(briefing):
        if call.rating.kind not in briefing.brokerage.schemes:
            contradiction = Contradiction(
                kind="label_not_defined",
                values={"label": call.rating.label, "scheme": scheme_phrase(call.rating.kind)},
            )
            yield _undefined(
                (*call.path, "label"), call.rating.label, call.rating.kind, contradiction
            )
    known = briefing.brokerage.labels("stock") or ()
    told: set[str] = set()
    for path, label in _listed(briefing):
        if label not in known and label not in told:
            told.add(label)
            yield _undefined(path, label, "stock", None)


def _listed(briefing: Briefing) -> Iterator[tuple[ValuePath, str]]:
    """The labels of the coverage list and of the rating history."""
    facts, path = briefing.disclosure_facts, ("disclosure_facts",)
    for position, covered in enumerate(facts.coverage.rows if facts.coverage else ()):
        yield (*path, "coverage", "rows", position, "label"), covered.label
    for position, change in enumerate(facts.rating_history.rows if facts.rating_history else ()):
        yield (*path, "rating_history", "rows", position, "label"), change.label


def _undefined(
    path: ValuePath, label: str, kind: Kind, contradiction: Contradiction | None
) -> Problem:
    message = f"`{label}` is used, and {both([kind])} of the house does not define it"
    help_line = "add the class to the scheme, or use one of its labels"
    return Problem(path, message, help_line, subject=label, contradiction=contradiction)


def scheme_without_rating(dossier: Dossier) -> Iterator[Problem]:
    """The definitions of ratings are printed, and nothing is rated.

    Why: the reader looks for the rating that the table explains, and may take a stance for one.

    Bad:  a section `kind: ratings`, no `rating:` and no pick with a `call:`
    Good: a rating, or no section `kind: ratings`
    """
    briefing = dossier.briefing
    schemes = tuple(briefing.brokerage.schemes)
    sections = enumerate(briefing.front.sections)
    printed = next((n for n, section in sections if section.kind == "ratings"), None)
    if schemes and printed is not None and not any(calls(briefing)):
        yield Problem(
            ("front", "sections", printed),
            f"{both(schemes)} {'are' if len(schemes) > 1 else 'is'} printed, and nothing is rated",
            "give a rating, or take the section out",
            contradiction=Contradiction(
                kind="scheme_without_rating", values={"scheme": scheme_phrase(*schemes)}
            ),
        )


@dataclass(frozen=True, slots=True)
class _Use:
    """What one house means by a label."""

    house: str
    kind: Kind
    scheme: Scheme
    rating: RatingClass

    def meaning(self) -> dict[str, object]:
        """What can differ, by the label that names it."""
        scheme = self.scheme
        return {
            "kind": self.kind,
            "band": (self.rating.lower, self.rating.upper),
            "measure": scheme.measure,
            "horizon": str(scheme.horizon),
            "benchmark": tuple(scheme.benchmarks.items()),
        }

    @property
    def benchmarks(self) -> str:
        """The names of the indices."""
        named = (" / ".join(one.names) for one in self.scheme.benchmarks.values())
        return " / ".join(dict.fromkeys(named))

    def written(self) -> str:
        """The use in a message."""
        months = self.scheme.horizon
        return f"{self.house} {self.kind} {self.rating.written()} in {months} months"

    def phrase(self) -> Phrase:
        """House, kind, band, horizon, benchmark."""
        return Phrase(
            label="found_house_band",
            values={
                "house": self.house,
                "scheme": scheme_phrase(self.kind),
                "band": (self.rating.definition(),),
                "months": str(self.scheme.horizon),
                "benchmarks": self.benchmarks,
            },
        )


def same_label_other_meaning(dossier: Dossier) -> Iterator[Problem]:
    """Houses that are compared use one rating label for different things.

    Why: 持有 is +10 % to +20 % in one house and −10 % to +10 % in another; side by side, the same
    word looks like agreement.

    Bad:  持有 beside 持有, without the bands
    Good: the bands of each house beside its label
    """
    briefing = dossier.briefing
    uses: dict[str, list[_Use]] = {}
    for house in briefing.compared.values():
        names = house.brokerage.names
        name = names.get(briefing.language, house.brokerage.legal_name)
        for kind, scheme in house.brokerage.schemes.items():
            for rating in scheme.classes:
                uses.setdefault(rating.label, []).append(_Use(name, kind, scheme, rating))
    for label, found in uses.items():
        meanings = [use.meaning() for use in found]
        first, *others = meanings
        differing = [what for what in first if any(m[what] != first[what] for m in others)]
        if not differing or len({use.house for use in found}) < 2:
            continue
        said = [use.written() for use in found]
        differences = (Phrase(label=f"found_differs_{what}") for what in differing)
        yield Problem(
            ("front", "compares"),
            f"`{label}` differs in {', '.join(differing)}: {'; '.join(said)}",
            subject=label,
            contradiction=Contradiction(
                kind="same_label",
                is_between_reports=True,
                values={
                    "label": label,
                    "houses": tuple(use.phrase() for use in found),
                    "differences": in_a_row(differences),
                },
            ),
        )


def label_in_two_buckets(dossier: Dossier) -> Iterator[Problem]:
    """A label that the coverage list counts once as one of buy, hold and sell, once as another.

    Why: the distribution of ratings is published with a sentence that says which label counts as
    what; with two answers the shares are arbitrary.

    Bad:  {label: 增持, bucket: buy} and {label: 增持, bucket: hold} in `coverage:`
    Good: the same bucket for every security with the label
    """
    coverage = dossier.briefing.disclosure_facts.coverage
    buckets: dict[str, str] = {}
    told: set[str] = set()
    for position, row in enumerate(coverage.rows if coverage else ()):
        first = buckets.setdefault(row.label, row.bucket)
        if row.bucket != first and row.label not in told:
            told.add(row.label)
            yield Problem(
                ("disclosure_facts", "coverage", "rows", position, "bucket"),
                f"`{row.label}` counts as `{row.bucket}` here, as `{first}` elsewhere in the list",
                "give the label one bucket",
                subject=row.label,
            )
