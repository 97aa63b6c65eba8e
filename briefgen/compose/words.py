"""The words of the templates, numbers and dates in the briefing's language."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import UndefinedError
from markupsafe import Markup, escape

from briefgen.model.briefing import Briefing
from briefgen.model.brokerage import Brokerage
from briefgen.model.language import write, write_period, write_unit
from briefgen.model.number import Number, Shown
from briefgen.model.security import Security
from briefgen.model.unit import Unit


class Words:
    """What templates write with: labels by name, numbers with their evidence, dates."""

    def __init__(
        self, briefing: Briefing, labels: Mapping[str, str], anchors: Mapping[str, str]
    ) -> None:
        """`anchors` maps names of numbers to their rows in the evidence list."""
        self._briefing, self._labels, self._anchors = briefing, labels, anchors

    def label(self, name: str, /, **values: object) -> str:
        """A label of the catalogue, its `{…}` filled in. Raises UndefinedError if unknown."""
        if name not in self._labels:
            raise UndefinedError(f"the labels have no `{name}`")
        return self._labels[name].format(**values) if values else self._labels[name]

    def period(self, period: str) -> str:
        """A day or period as the language writes it."""
        return write_period(period, self._briefing.language)

    def unit(self, unit: Unit) -> str:
        """A unit as the language writes it."""
        return write_unit(unit, self._briefing.language, self._briefing.units)

    def text(self, shown: Shown) -> str:
        """The result of an expression as plain text; a dash for none."""
        if shown.number is None and shown.period is None:
            return self.label("missing")
        return write(shown, self._briefing.language, self._briefing.units)

    def number(self, shown: Shown) -> Markup:
        """The result of an expression as a `<data>` element that says where it comes from."""
        text = self.text(shown)
        if shown.number is None:
            return escape(text)
        anchor = self._anchors.get(shown.number.name)
        inner = Markup('<a href="#{}">{}</a>').format(anchor, text) if anchor else text
        return Markup('<data value="{}" title="{}">{}</data>').format(
            f"{shown.number.value:f}", self.evidence(shown.number), inner
        )

    def result(self, expression: str) -> Markup:
        """An expression of the briefing as a `<data>` element."""
        return self.number(self._briefing.numbers[expression])

    def evidence(self, number: Number) -> str:
        """Where a number comes from, in one line: formula or source, as-of, file and row."""
        if number.formula:
            inputs = self.label("list_separator").join(
                f"{n.name} = {self.text(Shown(number=n))}" for n in number.inputs
            )
            return self.label("computed_from", formula=number.formula, inputs=inputs)
        parts = (
            [self.label("source_is", sources=self.sources(number.sources))]
            if number.sources
            else []
        )
        if number.as_of:
            parts.append(self.label("as_of_is", period=self.period(number.as_of)))
        if number.origin:
            parts.append(number.origin)
        return self.label("part_separator").join(parts)

    def sources(self, ids: tuple[str, ...]) -> str:
        """The titles of sources, in a row."""
        return self.label("list_separator").join(self.source(name) for name in ids)

    def source(self, name: str) -> str:
        """A source as the source line names it: a report with its house, others by their title."""
        source = self._briefing.sources[name]
        title = source.title
        if source.kind == "report":
            title = self.label("report_title", house=source.publisher, title=title)
        if source.reliability == "doubtful":
            return self.label("doubtful_source", title=title, reason=source.note or "")
        return title

    def security(self, security: Security) -> str:
        """A security's name, in the briefing's language where there is one."""
        if self._briefing.language.startswith("zh"):
            return security.name_zh
        return security.name_en or security.name_zh

    def house(self, brokerage: Brokerage) -> str:
        """A brokerage's short name, in the briefing's language where there is one."""
        names = brokerage.names
        return names.get(self._briefing.language) or next(iter(names.values()))
