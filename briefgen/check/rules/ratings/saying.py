"""How the rules on ratings say what they found: in messages, and in phrases for the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, get_args

from briefgen.diagnostics.place import ValuePath
from briefgen.model.phrase import Phrase
from briefgen.model.publication import Jurisdiction
from briefgen.model.rating import Kind, RatingClass, Scheme

MEND = "mend it in the brokerage's file"
Said = TypeVar("Said")


def schemes_path(kind: Kind, *inside: str) -> ValuePath:
    """Where a scheme, or something inside it, stands."""
    return ("brokerage", "schemes", kind, *inside)


def alike(
    schemes: Mapping[Kind, Scheme], what: Callable[[Scheme], Said]
) -> list[tuple[tuple[Kind, ...], Said]]:
    """What schemes say, with the kinds that say the same: one statement of the source."""
    found: list[tuple[tuple[Kind, ...], Said]] = []
    for kind, scheme in schemes.items():
        said = what(scheme)
        same = next((n for n, (_, other) in enumerate(found) if other == said), None)
        if same is None:
            found.append(((kind,), said))
        else:
            found[same] = ((*found[same][0], kind), said)
    return found


def both(kinds: Iterable[str]) -> str:
    """The schemes of these kinds, in a message."""
    named = tuple(kinds)
    return f"the {' and '.join(named)} scheme{'s' if len(named) > 1 else ''}"


def ticked(labels: Iterable[str]) -> str:
    """Labels in a message."""
    *first, last = (f"`{label}`" for label in labels)
    return f"{', '.join(first)} and {last}" if first else last


def scheme_phrase(*kinds: Kind) -> tuple[Phrase, ...]:
    """The schemes of these kinds."""
    return in_a_row(Phrase(label=f"scheme_{kind}") for kind in kinds)


def market_phrase(market: str) -> tuple[Phrase, ...]:
    """A market: its name, where the labels have one, else its code."""
    if market in {*get_args(Jurisdiction), "all"}:
        return (Phrase(label=f"place_{market}"),)
    return text_phrases([market])


def text_phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Texts, one after another."""
    return in_a_row(Phrase(label="found_text", values={"text": text}) for text in texts)


def in_a_row(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Phrases as the items of a list, not as parts of the sentence."""
    return (Phrase(label="found_list", values={"items": tuple(phrases)}),)


def labels_phrase(labels: tuple[str, ...]) -> tuple[Phrase, ...]:
    """One or more labels, quoted."""
    if len(labels) == 1:
        return (Phrase(label="quoted", values={"text": labels[0]}),)
    values = {"first": "、".join(labels[:-1]), "others": labels[-1]}
    return (Phrase(label="found_labels", values=dict(values)),)


def class_phrases(classes: Iterable[RatingClass]) -> tuple[Phrase, ...]:
    """Classes with what they mean."""
    return tuple(
        Phrase(label="found_class", values={"label": c.label, "band": (c.definition(),)})
        for c in classes
    )
