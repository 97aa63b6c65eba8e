"""The distribution of ratings over the coverage of a house, counted from its coverage list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import get_args

from briefgen.model.briefing import Briefing
from briefgen.model.disclosure_facts import Bucket, Covered


@dataclass(frozen=True, slots=True)
class Count:
    """How many covered securities carry a label or fall into a bucket. Units: shares are 0..1."""

    name: str
    count: int
    clients: int
    """Those whose issuer paid for investment banking in the last twelve months."""
    share: Decimal
    """Of all covered."""
    clients_share: Decimal | None
    """The clients of this count; None where it counts nothing."""


@dataclass(frozen=True, slots=True)
class RatingDistribution:
    """The counts as of a day, by bucket and by label, and what each bucket is made of."""

    as_of: date
    total: int
    clients: int
    buckets: tuple[Count, ...]
    """Buy, hold, sell, each with its count, even if that is 0."""
    labels: tuple[Count, ...]
    """From the best; labels that no scheme defines come last."""
    mapping: dict[str, tuple[str, ...]]
    """The labels of each bucket that has any."""


def distribution(briefing: Briefing) -> RatingDistribution | None:
    """The distribution over the coverage list of the brokerage; None where it has none."""
    coverage = briefing.disclosure_facts.coverage
    if coverage is None:
        return None
    rows, scheme = coverage.rows, briefing.brokerage.schemes.get("stock")
    defined = [rating.label for rating in scheme.from_best] if scheme else []
    used = {row.label for row in rows}
    labels = [*(label for label in defined if label in used), *sorted(used - set(defined))]
    buckets: tuple[Bucket, ...] = get_args(Bucket)
    made_of = {
        bucket: tuple(label for label in labels if (label, bucket) in _pairs(rows))
        for bucket in buckets
    }
    return RatingDistribution(
        as_of=coverage.as_of,
        total=len(rows),
        clients=sum(row.banking_client for row in rows),
        buckets=tuple(_count(b, [r for r in rows if r.bucket == b], len(rows)) for b in buckets),
        labels=tuple(_count(n, [r for r in rows if r.label == n], len(rows)) for n in labels),
        mapping={bucket: names for bucket, names in made_of.items() if names},
    )


def _pairs(rows: Iterable[Covered]) -> set[tuple[str, str]]:
    return {(row.label, row.bucket) for row in rows}


def _count(name: str, rows: list[Covered], total: int) -> Count:
    clients = sum(row.banking_client for row in rows)
    return Count(
        name=name,
        count=len(rows),
        clients=clients,
        share=Decimal(len(rows)) / total if total else Decimal(0),
        clients_share=Decimal(clients) / len(rows) if rows else None,
    )
