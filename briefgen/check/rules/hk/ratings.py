"""Ratings and codes of Hong Kong securities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.compliance.declared import named
from briefgen.check.dossier import Dossier
from briefgen.check.passages import passages
from briefgen.check.rule import Answer, Problem, Unknown, rests_on
from briefgen.check.rules.hk.issuers import in_hong_kong, unknown_market

CODE = re.compile(r"\d{5}\.HK")
NOT_RATED = re.compile(
    r"(?:未|不|没有|无)(?:给予?|作出|予)?(?:投资)?评级|\bnot rated\b|\bunrated\b|\bno rating",
    re.IGNORECASE,
)


def hk_rating_table(dossier: Dossier) -> Iterator[Answer]:
    """The rating table is incomplete: classes, horizon, benchmark, or the table itself.

    Why: no rule of Hong Kong fixes a scale; the house holds itself to one that leaves nothing open,
    derived from the duty to disclose clearly. Classes cover every return once, with one horizon and
    a benchmark for each market, and the table is printed.

    Bad:  {label: 持有, lower: {at: -5}, upper: {at: 10}} below {label: 买入, lower: {at: 15}}
    Good: both at 15
    """
    tables = ("CHK202", "CHK203", "CHK204", "CHK205", "CHK207", "CHK208", "CHK209", "CHK210")
    yield from rests_on(dossier, *tables, "CHK211", "CHK404")


def hk_stock_code(dossier: Dossier) -> Iterator[Answer]:
    """A Hong Kong security without code, with one in another form, or with that of another name.

    Why: `700 HK`, `0700.HK` and `00700.HK` are one security; a reader, a feed and the restricted
    list meet only when all write it one way: five digits and `.HK`. A rule of the house.

    Bad:  shili-cloud,示例云,Shili Cloud,9991.HK,HK
    Good: shili-cloud,示例云,Shili Cloud,09991.HK,HK
    """
    yield from unknown_market(dossier)
    issuers = in_hong_kong(dossier)
    for name in issuers:
        ticker, path = dossier.briefing.securities[name].ticker, ("securities", name, "ticker")
        if ticker is None:
            reason = f"{named(dossier, name)} has no code"
            yield Unknown(reason, "give `ticker` in `securities.csv`", path, name)
        elif not CODE.fullmatch(ticker):
            message = f"{named(dossier, name)}: `{ticker}` is no code of five digits and `.HK`"
            code = ticker.split(".")[0].split(" ")[0].zfill(5)
            yield Problem(path, message, f"write `{code}.HK` in `securities.csv`", subject=name)
    if issuers:
        yield from rests_on(dossier, "CHK506")


def hk_table_without_rating(dossier: Dossier) -> Iterator[Answer]:
    """A rating table is printed, and neither a rating nor a word that there is none.

    Why: whoever finds the definitions looks for the rating, and may take a stance for one. Derived
    from the duty to disclose clearly; “not rated” is enough.

    Bad:  a section `kind: ratings`, and no rating anywhere
    Good: notices: [本报告未予评级。]
    """
    if not any(NOT_RATED.search(passage.text) for passage in passages(dossier)):
        yield from rests_on(dossier, "CHK212")
