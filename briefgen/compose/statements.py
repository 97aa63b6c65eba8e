"""The statements on interests, as sentences in the briefing's language."""

from __future__ import annotations

from briefgen.compose.words import Words
from briefgen.model.briefing import Briefing
from briefgen.model.statements import Statement, statements

DETAILS = ("instrument", "office", "shares", "business", "lock_up", "detail", "nature")
"""What stands in parentheses behind a statement, where the facts give it."""


def sentences(briefing: Briefing, words: Words) -> list[str]:
    """A sentence per statement."""
    return [_sentence(statement, briefing, words) for statement in statements(briefing)]


def _sentence(statement: Statement, briefing: Briefing, words: Words) -> str:
    values = statement.values
    details = words.label("part_separator").join(
        words.label(f"detail_{name}", value=values[name]) for name in DETAILS if name in values
    )
    sentence = words.label(
        f"statement_{statement.kind}",
        as_of=words.period(str(statement.as_of)),
        date=words.period(values["date"]) if "date" in values else "",
        house=words.house(briefing.brokerage),
        securities=words.label("list_separator").join(
            words.security(briefing.securities[name]) for name in statement.securities
        ),
        details=words.label("aside", text=details) if details else "",
        percent=values.get("percent", ""),
        person=values.get("person", ""),
    )
    return sentence + values.get("conflict", "")
