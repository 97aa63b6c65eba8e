"""What the rules on relations share: the relations of a kind, and the problem with one."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.check.rules.numbers.written import said
from briefgen.model.number import Number, Shown
from briefgen.model.recomputed import recomputed
from briefgen.model.relation import Instance
from briefgen.model.verdict import Contradiction

Values = dict[str, Shown | str]
"""What fills in a message and a label."""


def of_kind(dossier: Dossier, *kinds: type) -> Iterator[Instance]:
    """The relations of some kinds, row by row."""
    return (one for one in dossier.briefing.relations if isinstance(one.relation, kinds))


def computed(dossier: Dossier, *kinds: type) -> Iterator[tuple[Instance, Number]]:
    """The relations of some kinds, with the number that their operands give."""
    for instance in of_kind(dossier, *kinds):
        found = recomputed(instance)
        if found is not None:
            yield instance, found


def problem(
    dossier: Dossier, instance: Instance, kind: str | None, values: Values, message: str
) -> Problem:
    """A problem with a relation; `message` is filled in with the values.

    Without a kind it is a mistake of the author's, whatever the source says.
    """
    written = {name: said(value, dossier.briefing) for name, value in values.items()}
    found = None
    if kind is not None:
        found = Contradiction(
            kind=kind,
            topic=instance.topic,
            values=values,
            is_between_reports=_is_between_reports(dossier, instance),
        )
    return Problem(
        ("relations", instance.id),
        f"{instance.topic} (`{instance.subject}`): {message.format(**written)}",
        "mend the number, or the operands in relations.yaml",
        subject=instance.subject,
        contradiction=found,
    )


def _is_between_reports(dossier: Dossier, instance: Instance) -> bool:
    """Whether every number of a relation was read in one of the briefings that are compared."""
    slugs = {other.slug for other in dossier.briefing.compared.values()}
    results = (shown.number for field in instance.operands.values() for shown in field)
    read = [one for number in results if number for one in number.read if one.origin]
    return bool(read) and all((one.origin or "").split("/")[0] in slugs for one in read)
