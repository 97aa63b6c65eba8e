"""How names are spelt: products, models, companies, indices."""

from __future__ import annotations

from briefgen.model.value import Period, Text, Value


class Term(Value):
    """One entry of `glossary.yaml`; its name is the right spelling."""

    variants: tuple[Text, ...] = ()
    """Spellings that are not wanted."""
    owner: Text | None = None
    """Whose product it is: an entry of the glossary."""
    released: Period | None = None
    """Since when there is such a thing."""


Glossary = dict[Text, Term]
"""`glossary.yaml`: terms by their right spelling."""
