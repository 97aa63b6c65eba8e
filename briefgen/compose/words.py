"""The words of the templates, numbers and dates in the briefing's language."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import UndefinedError
from markupsafe import Markup, escape

from briefgen.compose.origins import Origins
from briefgen.model.briefing import Briefing
from briefgen.model.brokerage import MAIL, Brokerage
from briefgen.model.language import write, write_period, write_unit
from briefgen.model.number import Number, Shown
from briefgen.model.security import Security
from briefgen.model.unit import Unit
from briefgen.model.value import WEB


class Words:
    """What templates write with: labels by name, numbers with their evidence, dates."""

    def __init__(
        self,
        briefing: Briefing,
        labels: Mapping[str, str],
        anchors: Mapping[str, str],
        listed: Mapping[str, int],
        origins: Origins,
        *,
        is_screen: bool,
    ) -> None:
        """`anchors` maps names of numbers to their rows in the evidence list, `listed` sources to
        their numbers there; both are empty where there is no such list. On paper a number cannot
        be asked where it comes from, and is plain text.
        """
        self._briefing, self._labels, self._anchors = briefing, labels, anchors
        self._listed, self._origins, self._is_screen = listed, origins, is_screen

    def label(self, name: str, /, **values: object) -> str:
        """A label of the catalogue, its `{…}` filled in. Raises UndefinedError if unknown."""
        if name not in self._labels:
            raise UndefinedError(f"the labels have no `{name}`")
        return self._labels[name].format(**values) if values else self._labels[name]

    def html(self, name: str, /, **values: str) -> Markup:
        """A label, filled in with what may be Markup. Raises UndefinedError if unknown."""
        return escape(self.label(name)).format(**values)

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
        """The result of an expression; a `<data>` element that says where it comes from."""
        text = self.text(shown)
        if shown.number is None or not self._is_screen:
            return escape(text)
        anchor = self._anchors.get(shown.number.name)
        # no Markup.format, which is slow, for there are very many numbers
        inner = f'<a href="#{escape(anchor)}">{escape(text)}</a>' if anchor else escape(text)
        title, at = escape(self.evidence(shown.number)), self._origins.of_number(shown.number)
        value = f"{shown.number.value:f}"
        return Markup(f'<data value="{value}" title="{title}"{at}>{inner}</data>')

    def result(self, expression: str) -> Markup:
        """The result of an expression of the briefing, written as `number` does."""
        return self.number(self._briefing.numbers[expression])

    def evidence(self, number: Number) -> str:
        """Where a number comes from: formula and inputs, sources, as-of, file and row, in lines."""
        lines = []
        if number.formula:
            lines.append(self.label("formula_is", formula=number.formula))
        if number.inputs:
            inputs = self.label("list_separator").join(
                f"{n.name} = {self.text(Shown(number=n))}" for n in number.inputs
            )
            lines.append(self.label("inputs_are", inputs=inputs))
        read = (name for one in number.read for name in one.sources)
        if sources := tuple(dict.fromkeys((*number.sources, *read))):
            lines.append(self.label("source_is", sources=self.sources(sources)))
        if number.as_of:
            lines.append(self.label("as_of_is", period=self.period(number.as_of)))
        if number.origin:
            lines.append(self.label("origin_is", origin=number.origin))
        return "\n".join(lines)

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

    def linked_sources(self, ids: tuple[str, ...]) -> Markup:
        """The titles of sources, in a row, each with a link to where the list of sources has it."""
        return escape(self.label("list_separator")).join(map(self._linked_source, ids))

    def _linked_source(self, name: str) -> Markup:
        title = self.source(name)
        if name not in self._listed:
            return self.site(self._briefing.sources[name].url, title)
        number = self._listed[name]
        link = Markup('<a href="#source-{}" title="{}">{}</a>')
        return link.format(number, self.label("listed_source", number=number, title=title), title)

    def site(self, address: str | None, text: str | None = None) -> Markup:
        """A text, else the address itself, with a link to a site; without an address no link."""
        if address is None or not address.startswith(WEB):
            return escape(text or address or "")
        title = self.label("site", address=address)
        return Markup('<a href="{}" title="{}">{}</a>').format(address, title, text or address)

    def mail(self, address: str) -> Markup:
        """An address of mail with a link, where it is one."""
        if not MAIL.fullmatch(address):
            return escape(address)
        return Markup('<a href="mailto:{0}" title="{1}">{0}</a>').format(
            address, self.label("mail", address=address)
        )

    def security(self, security: Security) -> str:
        """A security's name, in the briefing's language where there is one."""
        return security.name_in(self._briefing.language)

    def house(self, brokerage: Brokerage) -> str:
        """A brokerage's short name, in the briefing's language where there is one."""
        return brokerage.name_in(self._briefing.language)
