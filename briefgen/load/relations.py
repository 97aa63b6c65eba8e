"""`relations.yaml`: every relation with the numbers that its expressions give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefgen.diagnostics.place import SourceMap
from briefgen.load.expressions import EmptyCellError
from briefgen.load.numbers import Numbers
from briefgen.model.marks import Marked, marked
from briefgen.model.number import Shown
from briefgen.model.recomputed import common, compared
from briefgen.model.relation import Instance, Relation
from briefgen.model.table import Table
from briefgen.model.unit import QuantityError
from briefgen.model.value import Formula

PATH = "relations"


def instances(
    relations: Mapping[str, Relation],
    tables: Mapping[str, Table],
    numbers: Numbers,
    places: SourceMap,
) -> tuple[Instance, ...]:
    """The relations, those over a table once per row; what cannot be computed is reported.

    Reports: LOD401 to LOD405.
    """
    return tuple(
        instance
        for name, relation in relations.items()
        for instance in _instances(name, relation, tables, numbers, places)
    )


def _instances(
    name: str,
    relation: Relation,
    tables: Mapping[str, Table],
    numbers: Numbers,
    places: SourceMap,
) -> Iterator[Instance]:
    formulas = [m for m in marked(relation, (PATH, name)) if isinstance(m.mark, Formula)]
    if relation.table is None:
        operands = _operands(formulas, None, numbers, places)
        if operands is not None:
            instance = Instance(id=name, relation=relation, operands=operands)
            if _is_comparable(instance, numbers, places):
                yield instance
    elif table := tables.get(relation.table):
        label = relation.label if relation.label in table.column_names else None
        for key in table.row_keys:
            try:
                operands = _operands(formulas, (table, key), numbers, places)
            except EmptyCellError:
                continue
            if operands is None:
                return  # the same mistake in every row
            words = table.cell(key, label) if label else key
            instance = Instance(id=name, relation=relation, row=key, label=words, operands=operands)
            if not _is_comparable(instance, numbers, places):
                return
            yield instance


def _is_comparable(instance: Instance, numbers: Numbers, places: SourceMap) -> bool:
    """Whether what the relation compares has a common unit; else it is reported."""
    try:
        for number, other in compared(instance):
            common(number, other)
    except QuantityError as error:
        numbers.report(error, places.key((PATH, instance.id)))
        return False
    return True


def _operands(
    formulas: list[Marked], row: tuple[Table, str] | None, numbers: Numbers, places: SourceMap
) -> dict[str, tuple[Shown, ...]] | None:
    """The results by field; None after findings. Raises: EmptyCellError in a row."""
    found: dict[str, list[Shown] | None] = {}
    for formula in formulas:
        field, results = str(formula.path[2]), found.setdefault(str(formula.path[2]), [])
        try:
            shown = numbers.operand(formula.text, row)
        except QuantityError as error:
            if row and isinstance(error, EmptyCellError):
                raise
            numbers.report(error, places.value(formula.path))
            found[field] = None
            continue
        if results is not None:
            results.append(shown)
    if None in found.values():
        return None
    return {field: tuple(results or ()) for field, results in found.items()}
