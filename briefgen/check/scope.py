"""The scope gate: which packs of rules apply to a briefing, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from briefgen.model.briefing import Briefing
from briefgen.model.publication import Jurisdiction
from briefgen.model.verdict import PackScope


def scope(briefing: Briefing) -> tuple[PackScope, ...]:
    """Every pack, with whether it runs: by who issues, for whom, and whether it is issued at all.

    The rules on every briefing and those of the house always run. Those of a place run when the
    brokerage is licensed there or recipients are there; a reconstruction is issued nowhere, and a
    draft need not yet say where it goes.
    """
    return (
        PackScope(pack="CHK", runs=True, reason="always"),
        PackScope(pack="GEN", runs=True, reason="always"),
        *_places(briefing),
    )


def _places(briefing: Briefing) -> Iterator[PackScope]:
    publication = briefing.front.publication
    for place in get_args(Jurisdiction):
        if briefing.front.issuance == "reconstruction":
            yield PackScope(pack=place, runs=False, reason="not-issued")
        elif place in briefing.brokerage.licences:
            yield PackScope(pack=place, runs=True, reason="licence")
        elif publication is None:
            runs = briefing.front.issuance == "issued"
            yield PackScope(pack=place, runs=runs, reason="undeclared")
        elif place in publication.audience:
            yield PackScope(pack=place, runs=True, reason="audience")
        else:
            yield PackScope(pack=place, runs=False, reason="elsewhere")
