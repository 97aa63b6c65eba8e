"""What a report is, for programs: a `Report` of schema.org as JSON-LD."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup

from briefgen.model.metadata import Metadata


def structured_data(metadata: Metadata) -> Markup:
    """The content of a `<script>` element; no text in it can end the element."""
    record = {
        "@context": "https://schema.org",
        "@type": "Report",
        "headline": metadata.title,
        "description": metadata.notice,
        "inLanguage": metadata.language,
        "genre": metadata.kind,
        "keywords": list(metadata.keywords),
        "about": [
            _named("Thing", metadata.sector),
            *(_named("Corporation", s.name, tickerSymbol=s.ticker) for s in metadata.securities),
        ],
        "creativeWorkStatus": metadata.issuance,
        "identifier": list(metadata.identifiers),
        "dateCreated": metadata.created,
        "dateModified": metadata.modified,
        "datePublished": metadata.published,
        "publisher": metadata.publisher and _named("Organization", metadata.publisher),
        "author": [_named("Person", name) for name in metadata.authors],
        "isBasedOn": [
            _named(
                "Report",
                original.title,
                publisher=_named("Organization", original.publisher),
                datePublished=original.date,
            )
            for original in metadata.based_on
        ],
    }
    text = json.dumps(_without_empty(record), ensure_ascii=False)
    return Markup(re.sub("[<>&]", lambda match: f"\\u{ord(match[0]):04x}", text))


def _named(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return _without_empty({"@type": kind, "name": name, **more})


def _without_empty(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value}
