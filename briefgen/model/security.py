"""The securities master."""

from __future__ import annotations

from typing import Annotated

from briefgen.model.value import Market, Refers, Slug, Text, Value


class Security(Value):
    """One row of `securities.csv`."""

    id: Slug
    name_zh: Text
    name_en: Text | None = None
    ticker: Text | None = None
    """Code and exchange, such as `688111.SH`; empty when no source gives it."""
    market: Market | None = None
    ticker_source: Annotated[str, Refers("source")] | None = None
    """The source that the ticker was taken from."""

    def name_in(self, language: str) -> str:
        """The name in a language, where there is one."""
        return self.name_zh if language.startswith("zh") else self.name_en or self.name_zh
