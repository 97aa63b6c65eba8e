"""CN-18, 19, 20: what the firm holds of the securities that it recommends, and may not do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from briefgen.check.compliance.declared import MONTH, current, named
from briefgen.check.compliance.vouched import vouched
from briefgen.check.dossier import Dossier
from briefgen.check.passages import prose_passages, value_passages
from briefgen.check.rule import Answer, Problem
from briefgen.check.rules.cn.publishing import release_day
from briefgen.check.rules.ratings.calls import calls
from briefgen.check.saying import flow, squeezed
from briefgen.model.briefing import Briefing
from briefgen.model.disclosure_facts import Position
from briefgen.model.output import HtmlBlock, Output

THRESHOLD = Decimal(1)
"""Percent of the issued shares from which a holding is disclosed; the bound is included."""

DETAILS = {
    "business": "the business line that holds it",
    "shares": "the number of shares",
    "lock_up": "the lock-up",
    "conflict": "the conflict that may follow",
}
_MAY_HOLD = re.compile(
    r"可能(会)?(持有|买卖|交易)[^。；]*|may (hold|own|trade|have (a )?positions?)[^.;]*",
    re.IGNORECASE,
)
_FRIDAY = 4


def large_holdings(briefing: Briefing) -> dict[str, tuple[Decimal, list[tuple[int, Position]]]]:
    """The recommended securities of which the firm holds 1 % or more: percent, rows with places."""
    named_ones = {p.security for g in briefing.recommendations.values() for p in g.picks}
    listing = briefing.disclosure_facts.positions
    rows: dict[str, list[tuple[int, Position]]] = {}
    for at, row in enumerate(listing.rows if listing else ()):
        if row.side == "long" and row.security in named_ones:
            rows.setdefault(row.security, []).append((at, row))
    totals = {name: sum((row.percent for _, row in own), Decimal(0)) for name, own in rows.items()}
    return {name: (total, rows[name]) for name, total in totals.items() if total >= THRESHOLD}


def _recommends(briefing: Briefing) -> bool:
    return any(group.picks for group in briefing.recommendations.values())


def mainland_holding_undisclosed(dossier: Dossier) -> Iterator[Answer]:
    """A holding of 1 % or more of a recommended security that is not disclosed in full.

    Why: a report with a view on a stock of which the firm holds 1 % or more of the issued shares
    must say so (暂行规定, article 12), and since August 2022 also which business holds how much,
    locked up until when, and what conflict may follow. One percent is included; the rows of
    `positions` on one security are added up. The sentence is written from the row, so the row
    must be complete; in the finished edition, the sentence must stand there.

    Bad:  {security: shili-soft, percent: 1.0} in `positions`
    Good: {security: shili-soft, percent: 1.0, shares: …, business: 自营, lock_up: …, conflict: …}
    """
    briefing = dossier.briefing
    if not _recommends(briefing):
        return
    yield from current(dossier, "positions", MONTH)
    output = dossier.output or Output()
    for security, (total, rows) in large_holdings(briefing).items():
        told = f"the firm holds {total}% of {named(dossier, security)}"
        for at, row in rows:
            path = ("disclosure_facts", "positions", "rows", at)
            if missing := [what for key, what in DETAILS.items() if getattr(row, key) is None]:
                file = f"data/disclosures/{briefing.front.brokerage}.yaml"
                message = f"{told}, and `positions` does not give {', '.join(missing)}"
                yield Problem(path, message, f"complete the row in {file}", subject=security)
            for form in _silent(output, _said(briefing, row)):
                message = f"{told}, and the {form} does not say so with all details"
                help_line = "keep the section `kind: disclosures`; it prints the statement"
                yield Problem(path, message, help_line, subject=f"{security} {form}")


def _said(briefing: Briefing, row: Position) -> list[str]:
    """What the sentence on a position must hold."""
    known = briefing.securities[row.security]
    is_chinese = briefing.language.startswith("zh")
    name = known.name_zh if is_chinese else known.name_en or known.name_zh
    shares = f"{row.shares:,}" if row.shares is not None else None
    parts = (name, f"{row.percent}%", shares, row.business, row.lock_up, row.conflict)
    return [squeezed(part) for part in parts if part]


def _silent(output: Output, parts: list[str]) -> Iterator[str]:
    """The files that have no sentence with all the parts."""

    def holds(block: HtmlBlock) -> bool:
        return all(part in squeezed(block.text) for part in parts)

    said = [squeezed(block.text) for block in output.blocks if holds(block)]
    if output.blocks and not said:
        yield "HTML"
    paper = squeezed(flow(output.pages))
    if output.pages and not any(text in paper for text in said) and not _together(parts, paper):
        yield "PDF"


def _together(parts: list[str], text: str) -> bool:
    """Whether all parts stand in one stretch of a text, about as long as a sentence with them."""
    width = 2 * sum(map(len, parts)) + 100
    found = (match.start() for match in re.finditer(re.escape(parts[0]), text))
    return any(all(part in text[at : at + width] for part in parts) for at in found)


def trade_against_view(dossier: Dossier) -> Iterator[Answer]:
    """Nobody confirms that the firm does not trade against its view on release day and the next.

    Why: with 1 % or more of the shares, the firm must not trade contrary to the report on the day
    of release and the next trading day (暂行规定, article 12). A person confirms that the
    restriction is in place, with the number of its ticket. Saturdays and Sundays are skipped;
    holidays of the exchange are not known here. Trades of the firm in `dealings` are looked at.

    Bad:  no attestation for CN-19, or a sale by the firm on the day of a 买入
    Good: briefgen attest note CN-19 --by … --role compliance --statement 限制清单工单 2026-0301 ……
    """
    briefing = dossier.briefing
    if not _recommends(briefing):
        return
    yield from current(dossier, "positions", MONTH)
    held = large_holdings(briefing)
    if not held:
        return
    if briefing.disclosure_facts.dealings is None:
        yield from current(dossier, "dealings", MONTH)
    first = release_day(dossier)
    second = next_weekday(first)
    yield from _contrary_trades(dossier, set(held), first, second)
    told = "、".join(f"{named(dossier, name)} {total}%" for name, (total, _) in held.items())
    question = (
        f"the firm holds {told}: are trades against the view of this report blocked on "
        f"{_day(first)} and {_day(second)}, release day and next trading day? Weekends are "
        "skipped, holidays of the exchange are not known: look the second day up in its calendar"
    )
    yield from vouched(dossier, "CN-19", question, roles=("compliance",))


def next_weekday(day: date) -> date:
    """The next day that is no Saturday or Sunday."""
    return day + timedelta(days=max(7 - day.weekday(), 1) if day.weekday() >= _FRIDAY else 1)


def _day(day: date) -> str:
    return f"{day} ({day:%A})"


def _contrary_trades(
    dossier: Dossier, held: set[str], first: date, second: date
) -> Iterator[Problem]:
    briefing, facts = dossier.briefing, dossier.briefing.disclosure_facts
    buckets = {row.security: row.bucket for row in facts.coverage.rows} if facts.coverage else {}
    views = {call.subject: call.rating.label for call in calls(briefing)}
    for at, row in enumerate(facts.dealings.rows if facts.dealings else ()):
        is_firm = row.person is None and row.security in held and first <= row.date <= second
        if is_firm and (buckets.get(row.security), row.side) in {("buy", "sell"), ("sell", "buy")}:
            security, view = named(dossier, row.security), views.get(row.security, "no rating")
            yield Problem(
                ("disclosure_facts", "dealings", "rows", at),
                f"the firm has a trade ({row.side}) in {security} on {row.date}, against its view "
                f"({view})",
                "take the report back to compliance before it is given out",
                subject=row.security,
            )


def holding_only_generic(dossier: Dossier) -> Iterator[Answer]:
    """A holding of 1 % or more of which only a general sentence (可能持有) speaks.

    Why: “may hold” is true of every firm and tells the reader nothing; it is no substitute for the
    disclosure that article 12 asks for. Found where the text says so, and the row of the holding
    is incomplete or the section with the statements is missing.

    Bad:  本公司可能持有所提及公司的证券, a holding of 2%, no section `kind: disclosures`
    Good: the general sentence, and the statement with business, number of shares and lock-up
    """
    briefing = dossier.briefing
    if not _recommends(briefing):
        return
    said = next(_generic(dossier), None)
    if said is None:
        return
    yield from current(dossier, "positions", MONTH)
    has_section = "disclosures" in {section.kind for section in briefing.front.sections}
    for security, (total, rows) in large_holdings(briefing).items():
        is_whole = all(getattr(row, key) is not None for _, row in rows for key in DETAILS)
        if not (is_whole and has_section):
            yield Problem(
                ("front", "sections"),
                f"the firm holds {total}% of {named(dossier, security)}, and the report says only "
                f"“{said}”",
                "complete the row in `positions`, and add the section `kind: disclosures`",
                subject=security,
            )


def _generic(dossier: Dossier) -> Iterator[str]:
    """The general sentences on holdings, in the text and in the disclosures of the house."""
    texts = [c.text for part in dossier.briefing.brokerage.disclosures for c in part.clauses]
    passages = (*prose_passages(dossier), *value_passages(dossier))
    for text in (*texts, *(passage.text for passage in passages)):
        if found := _MAY_HOLD.search(text):
            yield found[0]
