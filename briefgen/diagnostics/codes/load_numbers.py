"""Problems of tables, expressions and units: LOD3xx, LOD4xx."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

LOAD_NUMBERS: tuple[Code, ...] = (
    Code(
        "LOD301",
        "wrong-columns",
        Severity.ERROR,
        """A table that is empty, or whose columns are not the described ones.

        Why: type, unit and source of a column stand in `tables/datapackage.yaml`; a column that
        is described nowhere has none, and `primaryKey` must be one of those described.

        Bad:  model_id,vendor,model,input,price   with `- name: output` in datapackage.yaml
        Good: model_id,vendor,model,input,output
        """,
    ),
    Code(
        "LOD302",
        "wrong-cell",
        Severity.ERROR,
        """A cell that its column does not allow.

        Why: the cells of a `number` column are computed with. Units stand at the column
        (`unit: CNY/1M tokens`), an unknown number is an empty cell.

        Bad:  moonshot-v1-128k,月之暗面,moonshot-v1-128k,60元,60元
        Good: moonshot-v1-128k,月之暗面,moonshot-v1-128k,60,60
        """,
    ),
    Code(
        "LOD303",
        "ambiguous-row",
        Severity.ERROR,
        """A row without key, or with the key of an earlier row.

        Why: expressions and evidence name a cell by the key of its row; it must be one row.

        Bad:  two rows of prices.csv that begin with `gpt-4-turbo-128k,`
        Good: `gpt-4-turbo-128k,` and `gpt-4-turbo-128k-may,`
        """,
    ),
    Code(
        "LOD304",
        "uneven-row",
        Severity.ERROR,
        """A row with more or fewer cells than the head.

        Why: all cells after the odd one would stand in the wrong column. Numbers have no
        thousands separators; a text with a comma stands in quotation marks.

        Bad:  gpt-4-turbo-128k,OpenAI,GPT-4 Turbo,1,072,217   under a head of five columns
        Good: gpt-4-turbo-128k,OpenAI,GPT-4 Turbo,1072,217
        """,
    ),
    Code(
        "LOD305",
        "unreadable-table",
        Severity.ERROR,
        """A workbook or Parquet file that cannot be read.

        Why: the file is damaged, is protected by a password, or is of another kind than `format`
        says; the older `.xls` is another kind than `.xlsx`.

        Bad:  format: xlsx   for a CSV file that was renamed to prices.xlsx
        Good: format: xlsx   for a file that was saved as Excel workbook (.xlsx)
        """,
    ),
    Code(
        "LOD306",
        "unknown-sheet",
        Severity.ERROR,
        """A sheet that the workbook does not have.

        Why: `sheetName` is the name on the tab, to the letter; `sheetNumber` counts from 1.
        Without either it is the first sheet.

        Bad:  dialect: {sheetName: Price}   for a workbook with the sheets `Prices` and `Notes`
        Good: dialect: {sheetName: Prices}
        """,
    ),
    Code(
        "LOD307",
        "cell-without-text",
        Severity.ERROR,
        """A cell that holds nothing a table can hold.

        Why: a cell is a text, a number, a day, `true` or `false`, or empty. Lists, binary data and
        the errors of Excel are none of these; nor is a formula whose value was never stored.

        Bad:  =C4/D4   in a workbook that a program wrote and Excel never computed, or #DIV/0!
        Good: =C4/D4   in a workbook that Excel or LibreOffice saved
        """,
    ),
    Code(
        "LOD308",
        "missing-library",
        Severity.ERROR,
        """A table that needs a library which is not installed.

        Why: briefgen itself reads CSV only; `excel`, `parquet` and `sql` are extras of the package,
        each with the libraries for one kind of table.

        Bad:  format: xlsx   after `pip install briefgen`
        Good: pip install 'briefgen[excel]'
        """,
    ),
    Code(
        "LOD309",
        "wrong-database-url",
        Severity.ERROR,
        """A `url` that names no database that can be asked.

        Why: it is a SQLAlchemy URL; SQLite and DuckDB name a file of the briefing. Who reads the
        data must not learn a password: `${NAME}` is taken from the environment.

        Bad:  url: postgresql+psycopg://desk:secret@db.example.com/prices
        Good: url: postgresql+psycopg://desk:${PGPASSWORD}@db.example.com/prices
        """,
    ),
    Code(
        "LOD310",
        "no-connection",
        Severity.ERROR,
        """A database that does not answer or lets nobody in.

        Why: its server is down or elsewhere, the user or the password is wrong, or the file is no
        database.

        Bad:  url: postgresql+psycopg://desk:${PGPASSWORD}@localhost/prices   without a server there
        Good: url: postgresql+psycopg://desk:${PGPASSWORD}@db.example.com/prices
        """,
    ),
    Code(
        "LOD311",
        "failed-query",
        Severity.ERROR,
        """A query that the database refuses, or that gives no rows and columns.

        Why: the message is the database's own. Databases are only read: a query that would change
        something is refused too.

        Bad:  query: selct model_id, output from prices order by model_id
        Good: query: select model_id, output from prices order by model_id
        """,
    ),
    Code(
        "LOD312",
        "unordered-query",
        Severity.WARNING,
        """A query without `order by`.

        Why: a database may give its rows in another order each time; the rows of the table, the
        bars of a chart and the bytes of the edition would follow.

        Bad:  query: select model_id, output from prices
        Good: query: select model_id, output from prices order by model_id
        """,
    ),
    Code(
        "LOD313",
        "query-not-run",
        Severity.ERROR,
        """A query in data that came with a PDF.

        Why: `briefgen verify` reads data that anybody may have sent; they must not reach a database
        or the environment of whoever verifies.

        Bad:  briefgen verify received.pdf                   with a query in its data
        Good: briefgen verify received.pdf --workspace DIR   with the data of the house
        """,
    ),
    Code(
        "LOD401",
        "broken-expression",
        Severity.ERROR,
        """An expression that cannot be computed or written as asked.

        Why: a parenthesis is open, a filter is unknown, or something that is no number is
        computed with. Filters: `round`, `percent`, `change`, `times`, `compact`, `value`,
        `printed`; the last needs a fact with `printed`.

        Bad:  {{ output_discount | percnt(1) }}
        Good: {{ output_discount | percent(1) }}
        """,
    ),
    Code(
        "LOD402",
        "unknown-fact",
        Severity.ERROR,
        """A name in an expression that is no fact, table, row or column, or an empty cell.

        Why: a number can be shown only where there is one, with its source.

        Bad:  {{ prices["moonshot"].output }}
        Good: {{ prices["moonshot-v1-128k"].output }}
        """,
    ),
    Code(
        "LOD403",
        "circular-number",
        Severity.ERROR,
        """A derived fact that is computed from itself.

        Why: a formula must end at numbers that a source states; a circle has no beginning.

        Bad:  input_cny: {formula: input_usd * usd_cny}
              input_usd: {formula: input_cny / usd_cny}
        Good: input_cny: {formula: input_usd * usd_cny}
              input_usd: {value: 10, unit: USD/1M tokens, as_of: 2024-05, source: guosen-aigc}
        """,
    ),
    Code(
        "LOD404",
        "division-by-zero",
        Severity.ERROR,
        """A division by a number that is zero.

        Why: there is no such ratio. A growth from zero is told as a difference; a zero that
        stands for an unknown number belongs out of the data.

        Bad:  sales_change: {formula: sales_2024 / sales_2023 - 1}   with a `sales_2023` of 0
        Good: sales_change: {formula: sales_2024 - sales_2023}
        """,
    ),
    Code(
        "LOD405",
        "unit-mismatch",
        Severity.ERROR,
        """Two numbers of different units where one unit is needed.

        Why: yuan and dollars, or tokens and companies, cannot be added; `percent`, `change` and
        `times` need a plain ratio. Powers of ten (`1K`, `1M`) are converted by themselves,
        currencies only by a dated rate.

        Bad:  formula: gpt4_turbo_list_output - prices["moonshot-v1-128k"].output
        Good: formula: gpt4_turbo_list_output * usd_cny - prices["moonshot-v1-128k"].output
        """,
    ),
    Code(
        "LOD406",
        "rate-without-day",
        Severity.ERROR,
        """An exchange rate that is not dated to the day.

        Why: rates change daily; a conversion can be checked only when its day is known.

        Bad:  usd_cny: {value: 7.23, unit: CNY/USD, as_of: 2024-03, source: tfzq-kimi}
        Good: usd_cny: {value: 7.23, unit: CNY/USD, as_of: 2024-03-23, source: tfzq-kimi}
        """,
    ),
    Code(
        "LOD407",
        "unrounded-number",
        Severity.ERROR,
        """A computed number that is shown with more than six decimals.

        Why: a quotient goes on without end; how many digits it deserves is for the author to say.

        Bad:  {{ output_price_gap }}
        Good: {{ output_price_gap | times(1) }}
        """,
    ),
    Code(
        "LOD408",
        "unknown-unit",
        Severity.ERROR,
        """A unit that is in another form or names what `units.yaml` does not list.

        Why: units are computed with, and each language writes them in its own way. The form is
        `CNY/1M tokens`: a name, perhaps a second one after `/`, each perhaps counted in `1K`,
        `1M`, `1B` or `1T`. Plain numbers have `1` or `%`.

        Bad:  unit: RMB/1M tokens
        Good: unit: CNY/1M tokens
        """,
    ),
)
"""Codes of the tables, expressions and units that loading computes with."""
