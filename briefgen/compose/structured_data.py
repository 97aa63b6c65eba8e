"""What a report is, for programs: a `Report` of schema.org as JSON-LD."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup

from briefgen.model.briefing import Briefing
from briefgen.model.plain import plain_text


def structured_data(briefing: Briefing) -> Markup:
    """The content of a `<script>` element; no text in it can end the element.

    Of a reconstruction nobody is the publisher: it says what it is based on.
    """
    front, house = briefing.front, briefing.brokerage
    publication, publisher = front.publication, _named("Organization", house.legal_name)
    record: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "headline": plain_text(front.title, briefing),
        "inLanguage": front.language,
        "genre": front.kind,
        "about": [_named("Thing", front.sector), *_securities(briefing)],
        "creativeWorkStatus": front.issuance,
    }
    if front.issuance == "reconstruction":
        record["isBasedOn"] = [_original(one) for one in briefing.houses().values()]
    else:
        released = publication.released_at if publication else None
        record["publisher"] = publisher
        record["datePublished"] = released.isoformat() if released else front.date
        authors = publication.authors if publication else ()
        record["author"] = [_named("Person", author.name) for author in authors]
    text = json.dumps(record, ensure_ascii=False)
    return Markup(re.sub("[<>&]", lambda match: f"\\u{ord(match[0]):04x}", text))


def _original(briefing: Briefing) -> dict[str, Any]:
    """The report that a reconstruction rebuilds, and whose it is."""
    front = briefing.front
    title = front.original.title if front.original else plain_text(front.title, briefing)
    return {
        **_named("Report", title),
        "publisher": _named("Organization", briefing.brokerage.legal_name),
        "datePublished": front.date,
    }


def _named(kind: str, name: str) -> dict[str, Any]:
    return {"@type": kind, "name": name}


def _securities(briefing: Briefing) -> list[dict[str, Any]]:
    found = []
    for security in briefing.securities.values():
        record = _named("Corporation", security.name_zh)
        if security.ticker:
            record["tickerSymbol"] = security.ticker
        found.append(record)
    return found
