"""Rules on tickers: their form, their market, their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.passages import passages
from briefgen.check.rule import Problem
from briefgen.model.security import Security

EXCHANGES = {
    "SH": ("CN", r"(60[0135]|68[89]|900)\d{3}"),
    "SZ": ("CN", r"(00[0-4]|20[01]|30[0-3])\d{3}"),
    "BJ": ("CN", r"(4[03]|8[2378]|92)\d{4}"),
    "HK": ("HK", r"\d{4,5}"),
    "O": ("US", r"[A-Z]{1,5}"),
    "N": ("US", r"[A-Z]{1,5}(\.[A-Z])?"),
    "A": ("US", r"[A-Z]{1,5}"),
    "US": ("US", r"[A-Z]{1,5}(\.[A-Z])?"),
    "L": ("GB", r"[A-Z0-9]{2,4}"),
    "T": ("JP", r"\d{3}[0-9A-Z]"),
    "KS": ("KR", r"\d{6}"),
    "TW": ("TW", r"\d{4,6}"),
}
"""By the suffix of a ticker: the market, and the codes of the exchange."""

_TICKER = r"[0-9A-Z]{1,6}\.(?:SH|SZ|BJ|HK|O|N|US)"


def ticker_against_market(dossier: Dossier) -> Iterator[Problem]:
    """A ticker that does not fit its exchange, its market or its name.

    Why: a wrong ticker recommends another company. The suffix decides the market and the form of
    the code (`.SH`: 600 to 605, 688; `.SZ`: 000 to 004, 300 to 303); a ticker has one name, a
    name one ticker, and tables and prose give a name the ticker of the securities master. A
    ticker of letters without a suffix is of no exchange that is known here, and left alone.

    Bad:  000977.SH, market CN; 浪潮信息（000978.SZ）
    Good: 000977.SZ, market CN; 浪潮信息（000977.SZ）
    """
    securities = dossier.briefing.securities
    by_ticker: dict[str, Security] = {}
    by_name: dict[str, Security] = {}
    for key, security in securities.items():
        ticker = security.ticker
        if ticker is None:
            continue
        path = ("securities", key, "ticker")
        for message, help_line in _faults(ticker, security.market):
            yield Problem(path, f"`{security.name_zh}`: {message}", help_line, subject=key)
        other = by_ticker.setdefault(ticker, security)
        if other is not security:
            message = f"`{other.name_zh}` and `{security.name_zh}` have one ticker, {ticker}"
            yield Problem(path, message, "mend one of the two", subject=key)
        other = by_name.setdefault(security.name_zh, security)
        if other.ticker != ticker:
            message = f"`{security.name_zh}` has two tickers, {other.ticker} and {ticker}"
            yield Problem(path, message, "keep one entry", subject=key)
    yield from _in_tables(dossier, by_name)
    yield from _in_text(dossier, by_name)


def _faults(ticker: str, market: str | None) -> Iterator[tuple[str, str]]:
    code, dot, suffix = ticker.rpartition(".")
    if not dot and not ticker.isdigit():
        return
    if suffix not in EXCHANGES:
        known = ", ".join(f".{one}" for one in EXCHANGES)
        yield f"the ticker `{ticker}` names no known exchange", f"end it in one of {known}"
        return
    home, form = EXCHANGES[suffix]
    if market is not None and market != home:
        yield f"the ticker `{ticker}` is of {home}, its market is {market}", "mend one of the two"
    if not re.fullmatch(form, code):
        yield f"`{code}` is no code of the exchange .{suffix}", "look the ticker up in the source"


def _in_tables(dossier: Dossier, known: dict[str, Security]) -> Iterator[Problem]:
    for table in dossier.briefing.tables.values():
        for key, row in zip(table.row_keys, table.rows, strict=True):
            cells = [cell for cell in row if cell]
            tickers = {cell for cell in cells if re.fullmatch(_TICKER, cell)}
            for security in (known[cell] for cell in cells if cell in known):
                if len(tickers) == 1 and security.ticker not in tickers:
                    yield _differs(("cells", table.name, key), security, tickers.pop())
                    break


def _in_text(dossier: Dossier, known: dict[str, Security]) -> Iterator[Problem]:
    if not known:
        return
    names = "|".join(re.escape(name) for name in known)
    pattern = re.compile(rf"({names})\s*[（(]?({_TICKER})(?![0-9A-Z])")
    for passage in passages(dossier):
        for match in pattern.finditer(passage.text):
            security = known[match[1]]
            if security.ticker != match[2]:
                found = _differs((), security, match[2])
                help_line, subject = found.help, found.subject
                yield passage.problem(
                    match[2], match.start(2), found.message, help_line, subject=subject
                )


def _differs(path: tuple[str, ...], security: Security, ticker: str) -> Problem:
    message = f"`{security.name_zh}` stands with {ticker}, its ticker is {security.ticker}"
    help_line = "mend the ticker, here or in securities.csv"
    return Problem(path, message, help_line, subject=security.id)
