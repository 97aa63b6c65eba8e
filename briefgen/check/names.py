"""Which companies, products and securities a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.model.briefing import Briefing

_LATIN = "A-Za-z0-9"


def spelling(text: str) -> re.Pattern[str]:
    """Finds a name where it is a word of its own: `GPT-4` in `GPT-4 Turbo`, not in `GPT-4.5`."""
    before = rf"(?<![{_LATIN}])" if text[0].isascii() else ""
    after = rf"(?![{_LATIN}]|\.[{_LATIN}])" if text[-1].isascii() else ""
    return re.compile(before + re.escape(text) + after)


class Names:
    """Finds the names of the glossary and of the briefing's securities."""

    def __init__(self, briefing: Briefing) -> None:
        self._glossary = briefing.glossary
        meant: dict[str, str] = {}
        for name, term in briefing.glossary.items():
            meant |= dict.fromkeys((name, *term.variants), name)
        for security in briefing.securities.values():
            for name in filter(None, (security.name_zh, security.name_en)):
                meant.setdefault(name, meant.get(security.name_zh, security.name_zh))
        self._meant = meant
        terms = briefing.glossary.items()
        self._parties = {name for name, term in terms if term.owner}
        self._parties |= {term.owner for _, term in terms if term.owner}
        self._parties |= {meant[security.name_zh] for security in briefing.securities.values()}
        self._spellings = [
            (name, spelling(name)) for name in sorted(meant, key=lambda n: (-len(n), n))
        ]

    def found(self, text: str) -> Iterator[str]:
        """The names in a text, in the right spelling; the longest one where names overlap."""
        for name, pattern in self._spellings:
            if name in text and pattern.search(text):
                text = pattern.sub("\0", text)
                yield self._meant[name]

    def parties(self, text: str) -> set[str]:
        """The companies and products in a text; not the terms that belong to nobody."""
        return {name for name in self.found(text) if name in self._parties}

    def root(self, name: str) -> str:
        """The company behind a name: its owner, and the owner's owner; else the name."""
        seen = {name}
        while (term := self._glossary.get(name)) and term.owner and term.owner not in seen:
            name = term.owner
            seen.add(name)
        return name

    def meant(self, text: str) -> str | None:
        """What a text that is one name, and nothing else, stands for."""
        return self._meant.get(text.strip())
