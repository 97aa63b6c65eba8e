"""Problems of files, keys and names: LOD1xx, LOD2xx."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

LOAD_RECORDS: tuple[Code, ...] = (
    Code(
        "LOD101",
        "unreadable-file",
        Severity.ERROR,
        """A file that is missing, cannot be opened or is not UTF-8.

        Why: what it holds would be left out without a word; bytes of another encoding would be
        shown as wrong characters.

        Bad:  prose: overveiw.md, beside a file overview.md
        Good: prose: overview.md
        """,
    ),
    Code(
        "LOD102",
        "not-yaml",
        Severity.ERROR,
        """A file that is not YAML.

        Why: nothing in it can be read before its form is right. Most often a text with a colon
        and a space in it has no quotation marks, or a line is indented with a tab.

        Bad:  title: Kimi: 应用闭环先在少数场景出现
        Good: title: "Kimi: 应用闭环先在少数场景出现"
        """,
    ),
    Code(
        "LOD103",
        "unknown-key",
        Severity.ERROR,
        """A key that is not known at its place.

        Why: a key with a typing mistake would have no effect, and nobody would notice. The known
        keys of each file: `briefgen schema`.

        Bad:  captoin: 长文本模型价格对比
        Good: caption: 长文本模型价格对比
        """,
    ),
    Code(
        "LOD104",
        "missing-key",
        Severity.ERROR,
        """An entry without one of its required keys.

        Why: required is what a reader must be shown, such as the publisher of a source; there is
        no value that could be taken for it instead.

        Bad:  jiangmen-wechat: {title: 将门创投公众号, kind: media}
        Good: jiangmen-wechat: {title: 将门创投公众号, publisher: 将门创投, kind: media}
        """,
    ),
    Code(
        "LOD105",
        "duplicate-key",
        Severity.ERROR,
        """A key or a table that is given twice.

        Why: only one of the two can hold, and the file does not say which.

        Bad:  usd_cny: {value: 7.23, …}, and further down usd_cny: {value: 7.24, …}
        Good: two names: usd_cny and usd_cny_may
        """,
    ),
    Code(
        "LOD106",
        "wrong-value",
        Severity.ERROR,
        """A value that its key does not take.

        Why: text where a number belongs, a word outside the list of choices, or a combination
        that says two things at once can only be guessed at.

        Bad:  issuance: published
        Good: issuance: issued
        """,
    ),
    Code(
        "LOD107",
        "wrong-date",
        Severity.ERROR,
        """A date in another form than ISO 8601, or a day that does not exist.

        Why: `03/04/2024` is a different day in different countries. What is known less precisely
        is written less precisely: `2024-03`, `2024-Q1`, `2024-H1`, `2024`, `2023/2025`.

        Bad:  date: 2024/03/25
        Good: date: 2024-03-25
        """,
    ),
    Code(
        "LOD109",
        "file-outside-folder",
        Severity.ERROR,
        """A file name that leads out of its folder.

        Why: a briefing is complete in its own folder; it can be moved, and it reads nothing else
        of the machine.

        Bad:  prose: ../tfzq-kimi-2024-03-25/overview.md
        Good: prose: overview.md
        """,
    ),
    Code(
        "LOD110",
        "not-xml",
        Severity.ERROR,
        """A RIXML file, or its schema, that is not XML; or a file that declares a document type.

        Why: it goes out with the report and must be readable for everybody. A document type could
        name other files or entities that grow without end; RIXML has a schema and needs none.

        Bad:  <!DOCTYPE Research SYSTEM "research.dtd">
        Good: <Research xmlns="http://www.rixml.org/2017/9/RIXML" …>
        """,
    ),
    Code(
        "LOD201",
        "unknown-name",
        Severity.ERROR,
        """A name of something that is not there: a source, an exhibit, a security, a column.

        Why: what the name stands for is printed, such as the title of a source; without it there
        is nothing to print. Sources are listed in `sources.yaml`, securities in `securities.csv`,
        exhibits in `exhibits.yaml`.

        Bad:  source: tfzq-kimmi
        Good: source: tfzq-kimi
        """,
    ),
    Code(
        "LOD202",
        "unknown-directive",
        Severity.ERROR,
        """A `:::` block in prose that places no exhibit.

        Why: there are two directives, `figure` and `table`; any other would drop out of the text.

        Bad:  :::{chart} token-price-chart
        Good: :::{figure} token-price-chart
        """,
    ),
    Code(
        "LOD203",
        "broken-comparison",
        Severity.ERROR,
        """A briefing that is compared, and that has errors of its own or compares this one.

        Why: a comparison takes numbers, stances and ratings from the other briefings; from one
        that cannot be read there is nothing to take.

        Bad:  compares: {tfzq: tfzq-kimi-2024-03-25}, and that briefing names an unknown source
        Good: the same, and `briefgen check tfzq-kimi-2024-03-25` finds no error
        """,
    ),
)
"""Codes of the files and names that loading reads."""
