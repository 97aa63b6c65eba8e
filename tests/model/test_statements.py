"""Statements on interests: what the declared facts say, and what they leave open."""

from decimal import Decimal
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.model.briefing import Briefing
from briefgen.model.disclosure_facts import Banking, Listing, Position
from briefgen.model.statements import statements
from briefgen.workspace import open_workspace


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    opened = open_workspace(Path(__file__).parents[1] / "full_desk")
    assert opened.value is not None, opened.findings
    made = pipeline.load(opened.value, "note").made
    assert made.value is not None, made.findings
    return made.value


def kinds(briefing: Briefing, **facts: object) -> dict[str, tuple[str, ...]]:
    update = {"disclosure_facts": briefing.disclosure_facts.model_copy(update=facts)}
    found = statements(briefing.model_copy(update=update))
    return {statement.kind: statement.securities for statement in found}


def test_rows_are_stated_and_the_others_denied(briefing: Briefing) -> None:
    found = kinds(briefing)
    assert found["positions_long"] == ("shili-soft",)
    assert found["positions_short"] == ("shili-cloud",)
    assert found["positions_none"] == ("example-inc",)
    assert found["banking_managed_offering"] == ("shili-cloud",)
    assert found["banking_none"] == ("shili-soft", "example-inc")


def test_an_empty_list_denies_all(briefing: Briefing) -> None:
    empty = Listing[Position](as_of=briefing.disclosure_facts.positions.as_of)  # type: ignore[union-attr]
    assert kinds(briefing, positions=empty)["positions_none"] == tuple(briefing.securities)


def test_a_missing_list_says_nothing(briefing: Briefing) -> None:
    assert not [kind for kind in kinds(briefing, positions=None) if kind.startswith("positions")]


def test_what_is_expected_is_worded_as_such(briefing: Briefing) -> None:
    banking = briefing.disclosure_facts.banking
    assert banking is not None
    row = banking.rows[1].model_copy(update={"expected": True})
    expected = Listing[Banking](as_of=banking.as_of, rows=(row,))
    assert "banking_compensation_expected" in kinds(briefing, banking=expected)


def test_each_author_declares(briefing: Briefing) -> None:
    found = statements(briefing)
    told = [s.values["person"] for s in found if s.kind == "declared_none"]
    assert told == ["示例甲", "示例乙"]


def test_facts_on_other_securities_are_left_out(briefing: Briefing) -> None:
    about = briefing.disclosure_facts.about(["shili-soft"])
    assert about.positions is not None
    assert [row.security for row in about.positions.rows] == ["shili-soft"]
    assert about.coverage == briefing.disclosure_facts.coverage
    assert about.declarations == briefing.disclosure_facts.declarations


def test_a_net_position_above_half_a_percent_is_stated_with_its_side(briefing: Briefing) -> None:
    positions = briefing.disclosure_facts.positions
    assert positions is not None
    long, short = positions.rows
    against = long.model_copy(update={"side": "short", "percent": long.percent - Decimal("0.5")})
    netted = Listing[Position](as_of=positions.as_of, rows=(long, against, short))
    found = kinds(briefing, positions=netted)
    assert "positions_net_long" not in found
    assert found["positions_net_short"] == ("shili-cloud",)


def test_net_positions_are_stated_in_europe_alone(briefing: Briefing) -> None:
    publication = briefing.front.publication
    assert publication is not None
    at_home = publication.model_copy(update={"audience": ("CN",)})
    front = briefing.front.model_copy(update={"publication": at_home})
    house = briefing.brokerage.model_copy(update={"licences": {}})
    told = kinds(briefing.model_copy(update={"front": front, "brokerage": house}))
    assert not [kind for kind in told if kind.startswith("positions_net")]
