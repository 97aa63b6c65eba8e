"""Rules on one fact that is stated several times: in relations, in overview and body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.check.rules.numbers.related import Values, problem
from briefgen.check.rules.numbers.written import amount, said
from briefgen.model.briefing import Briefing
from briefgen.model.markdown import pieces
from briefgen.model.marks import marked
from briefgen.model.number import Number, Shown, is_whole_count
from briefgen.model.recomputed import agree
from briefgen.model.relation import Instance, Same
from briefgen.model.value import Formula, Markdown
from briefgen.model.verdict import Contradiction

_Pair = tuple[Instance, Number, Number]


def two_values_for_one_fact(dossier: Dossier) -> Iterator[Problem]:
    """A fact that is given twice, with two values.

    Why: the reader meets one of the two and cannot know of the other.

    Bad:  {kind: same, statements: [427 million USD, 329 million USD]}
    Good: {kind: same, statements: [427 million USD, 427 million USD]}
    """
    overview, body = _shown_names(dossier.briefing)
    for instance, first, other in _differing(dossier):
        if not _is_summary(first, other, overview, body):
            yield _problem(dossier, instance, "two_values", first, other)


def summary_differs_from_body(dossier: Dossier) -> Iterator[Problem]:
    """A fact for which the overview says one value and the body another.

    Why: most readers read the overview only. It is a relation `same` of which one statement is
    shown in the overview and not in the body, and another in the body.

    Bad:  {kind: same, statements: [cut_in_summary, cut_in_body]}: 97% and 97.5%
    Good: both say 97.5%
    """
    overview, body = _shown_names(dossier.briefing)
    for instance, first, other in _differing(dossier):
        if _is_summary(first, other, overview, body):
            if other.name in overview:
                first, other = other, first
            yield _problem(dossier, instance, "summary", first, other)


def only_in_summary(dossier: Dossier) -> Iterator[Problem]:
    """A number that the overview shows and that the body never does.

    Why: the overview sums up; what only it says is supported by nothing. The body is all prose
    beside the overview, the other sections, and the exhibits that are placed there. Of a computed
    number its inputs count. Counts (three products) are left out: the body may name them instead.

    Bad:  {{ visits }} in overview.md and nowhere else
    Good: {{ visits }} in overview.md and in applications.md
    """
    briefing = dossier.briefing
    overview, body = _shown_names(briefing)
    for name, number in overview.items():
        if name not in body and not is_whole_count(number.value, number.unit, briefing.units):
            shown = amount(number)
            message = f"{said(shown, briefing)} (`{name}`) stands in the overview only"
            yield Problem(
                ("prose", next(iter(_overviews(briefing)), "")),
                message,
                "say in the body what it rests on, or leave it out",
                subject=name,
                contradiction=Contradiction(kind="only_in_summary", values={"value": shown}),
            )


def _differing(dossier: Dossier) -> Iterator[_Pair]:
    """The relations whose statements differ, with the first of them that does from the first."""
    for instance in dossier.briefing.relations:
        if isinstance(instance.relation, Same):
            first, *others = instance.numbers("statements")
            for other in others:
                if not agree(first, other):
                    yield instance, first, other
                    break


def _is_summary(
    first: Number, other: Number, overview: dict[str, Number], body: dict[str, Number]
) -> bool:
    for one, two in ((first, other), (other, first)):
        if one.name in overview and one.name not in body and two.name in body:
            return True
    return False


def _problem(
    dossier: Dossier, instance: Instance, kind: str, first: Number, other: Number
) -> Problem:
    values: Values = {"one": amount(first), "other": amount(other)}
    is_summary = kind == "summary"
    one, two = _named(first), _named(other)
    message = f"it is {{one}} ({one}) and {{other}} ({two})"
    if is_summary:
        message = f"the overview says {{one}} ({one}), the body {{other}} ({two})"
    return problem(dossier, instance, kind, values, message)


def _named(number: Number) -> str:
    """What a message calls a number: name, file, place in the source."""
    file = (number.origin or "").partition("#")[0]
    named = f"`{number.name}`" + (f" in {file}" if file else "")
    named += f", {number.where}" if number.where else ""
    return named.replace("{", "{{").replace("}", "}}")


def _overviews(briefing: Briefing) -> list[str]:
    sections = briefing.front.sections
    return [section.prose for section in sections if section.kind == "overview" and section.prose]


def _shown_names(briefing: Briefing) -> tuple[dict[str, Number], dict[str, Number]]:
    """The numbers that were read and are shown in the prose of the overview, and in the body."""
    files = _overviews(briefing)
    overview = _read(briefing, (briefing.prose[name] for name in files if name in briefing.prose))
    texts = [text for name, text in briefing.prose.items() if name not in files]
    on_front = briefing.on_front_page()
    parts = [briefing.recommendations, briefing.front.sections]
    parts.append({k: v for k, v in briefing.exhibits.items() if k not in on_front})
    for field in (field for part in parts for field in marked(part)):
        if isinstance(field.mark, Markdown):
            texts.append(field.text)
        elif isinstance(field.mark, Formula):
            texts.append(f"{{{{ {field.text} }}}}")
    body = _read(briefing, texts)
    for name, exhibit in briefing.exhibits.items():
        table = briefing.tables.get(getattr(exhibit.view or exhibit.chart, "table", "") or "")
        if table and name not in on_front:
            body |= _cells(briefing, table.name)
    return overview, body


def _read(briefing: Briefing, texts: Iterable[str]) -> dict[str, Number]:
    expressions = (p.text for text in texts for p in pieces(text) if p.kind == "expression")
    shown = (briefing.numbers.get(source, Shown()).number for source in expressions)
    return {leaf.name: leaf for number in shown if number for leaf in number.read}


def _cells(briefing: Briefing, name: str) -> dict[str, Number]:
    table = briefing.tables[name]
    columns = [column.name for column in table.columns if column.is_numeric]
    cells = (table.number(row, c, briefing.units) for row in table.row_keys for c in columns)
    return {cell.name: cell for cell in cells if cell}
