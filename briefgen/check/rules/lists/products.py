"""Rules on products: when there was such a thing, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.names import Names
from briefgen.check.rule import Problem
from briefgen.model.number import Shown
from briefgen.model.value import period_end, period_start
from briefgen.model.verdict import Contradiction


def product_before_release(dossier: Dossier) -> Iterator[Problem]:
    """A table of data about a product from before there was such a product.

    Why: what was not released has no users, prices or ranks; either the product or the period is
    wrong. Compared are the as-of period of a table, whose cells are the product's name and nothing
    else, and `released` in the glossary.

    Bad:  a ranking of 2024-05 with 可灵, released on 2024-06-10
    Good: the product that was ranked
    """
    briefing, names = dossier.briefing, Names(dossier.briefing)
    for table in briefing.tables.values():
        for key, row in zip(table.row_keys, table.rows, strict=True):
            for name in filter(None, (names.meant(cell) for cell in row if cell)):
                term = briefing.glossary.get(name)
                released = term.released if term else None
                if released and period_end(table.as_of) < period_start(released):
                    yield Problem(
                        ("cells", table.name, key),
                        f"`{table.name}` is of {table.as_of}, `{name}` was released {released}",
                        "check product and period in the source",
                        subject=f"{table.name} {name}",
                        contradiction=Contradiction(
                            kind="before_release",
                            topic=name,
                            values={
                                "as_of": Shown(period=table.as_of),
                                "released": Shown(period=released),
                            },
                        ),
                    )


def product_with_other_owner(dossier: Dossier) -> Iterator[Problem]:
    """A row of a table that gives a product to another company.

    Why: it credits a company with what it does not own. A cell that is a product's name and one
    that is a company's, in one row, are taken together; `owner` in the glossary decides, over
    any number of steps (可灵, 快手).

    Bad:  抖音 | 可灵
    Good: 快手 | 可灵
    """
    briefing, names = dossier.briefing, Names(dossier.briefing)
    companies = {term.owner for term in briefing.glossary.values() if term.owner}
    for table in briefing.tables.values():
        for key, row in zip(table.row_keys, table.rows, strict=True):
            meant = list(dict.fromkeys(filter(None, (names.meant(c) for c in row if c))))
            owners = [name for name in meant if name in companies]
            for product in (name for name in meant if name not in companies):
                roots = {names.root(owner) for owner in owners}
                owner = term.owner if (term := briefing.glossary.get(product)) else None
                if owner and owners and names.root(product) not in roots:
                    yield Problem(
                        ("cells", table.name, key),
                        f"`{product}` stands with `{owners[0]}`, it belongs to `{owner}`",
                        "mend the row, or `owner` in glossary.yaml",
                        subject=f"{table.name} {product}",
                        contradiction=Contradiction(
                            kind="other_owner",
                            topic=product,
                            values={"printed": owners[0], "owner": owner},
                        ),
                    )
