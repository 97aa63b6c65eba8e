"""Problems of families, one template for many editions: LOD5xx."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

LOAD_FAMILIES: tuple[Code, ...] = (
    Code(
        "LOD501",
        "no-editions",
        Severity.ERROR,
        """A family of which nobody knows which editions it has.

        Why: `for_each` names a table of the briefing, and a column in it that names the editions.
        Without them, or without rows, nothing would be published, and nobody would notice. Rows of
        a query make no editions, as listing briefings would ask the database each time.

        Bad:  for_each: {table: prizes}
        Good: for_each: {table: prices, by: vendor_id}
        """,
    ),
    Code(
        "LOD502",
        "bad-edition-name",
        Severity.ERROR,
        """A row or an entry of a list that does not name an edition.

        Why: the name becomes that of a folder, of files and of links: small letters, digits, single
        hyphens and points. It is there once, and is not that of another briefing or of a language.
        The other editions of the family are built all the same.

        Bad:  Moonshot AI,moonshot-v1-128k,60   in the column that `by` names
        Good: moonshot,moonshot-v1-128k,60
        """,
    ),
    Code(
        "LOD503",
        "unknown-parameter",
        Severity.ERROR,
        """A `${name}` in a family that stands for nothing in one of its editions.

        Why: parameters are the columns that hold one value in all rows of an edition, or the keys
        of an entry of a list. Anything else would be printed as it stands there.

        Bad:  title: ${vender} 价格日报
        Good: title: ${vendor} 价格日报
        """,
    ),
    Code(
        "LOD504",
        "markup-in-parameter",
        Severity.ERROR,
        """A parameter that is empty, or holds what Markdown or an expression takes for markup.

        Why: what data hold is text, and stays text wherever it is put: no emphasis, no link, no
        expression, no end of a quotation. `* ` [ ] < > { } \\ | $ " ' #`, line ends and blanks at
        the ends are refused where the parameter is used; in cells that nothing uses they may stand.

        Bad:  moonshot,**月之暗面**
        Good: moonshot,月之暗面
        """,
    ),
)
"""Codes of families."""
