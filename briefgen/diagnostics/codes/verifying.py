"""Problems of making an edition again: VER."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

VERIFYING: tuple[Code, ...] = (
    Code(
        "VER101",
        "no-edition",
        Severity.ERROR,
        """A file or folder that is no edition of briefgen, or cannot be read.

        Why: the manifest of a folder, or the check report that a PDF carries, says what the edition
        was made from. The plain PDF carries nothing.

        Bad:  briefgen verify output/q3/q3.plain.pdf
        Good: briefgen verify output/q3
        """,
    ),
    Code(
        "VER102",
        "altered-file",
        Severity.ERROR,
        """A file of an edition that is missing, or is not as it was written.

        Why: the manifest holds a digest of every file. Somebody changed the file afterwards, or a
        copy went wrong.

        Bad:  a page cut out of output/q3/q3.pdf
        Good: briefgen build q3
        """,
    ),
    Code(
        "VER103",
        "cannot-be-made-again",
        Severity.ERROR,
        """An edition that cannot be made again.

        Why: it carries no sources and no workspace is named, or the data there have errors. An
        issued report carries digests of its data, not the data: feeds of the firm are not for
        readers.

        Bad:  briefgen verify /mail/q3.pdf              of an issued report, outside the workspace
        Good: briefgen verify /mail/q3.pdf --workspace ~/desk
        """,
    ),
    Code(
        "VER104",
        "other-inputs",
        Severity.WARNING,
        """Data or templates that are not those the edition was made from.

        Why: digests of all files that were read stand in the record of the build.

        Bad:  a cell of tables/prices.csv changed since the edition was made
        Good: briefgen build SLUG, or the workspace at the state it had: git checkout COMMIT
        """,
    ),
    Code(
        "VER105",
        "other-program",
        Severity.WARNING,
        """Another briefgen than the one that made the edition.

        Why: its version and the digest of its code stand in the record of the build.

        Bad:  briefgen 0.2.0, for an edition made by 0.1.0
        Good: pip install briefgen==0.1.0
        """,
    ),
    Code(
        "VER106",
        "other-fonts",
        Severity.WARNING,
        """Fonts that are not those the edition was made with.

        Why: the same family comes in several builds, and each has glyphs of its own. `briefgen
        doctor` says which files are installed.

        Bad:  Noto Sans CJK SC from another package than the theme pins
        Good: sudo apt-get install fonts-noto-cjk
        """,
    ),
    Code(
        "VER107",
        "other-libraries",
        Severity.WARNING,
        """Libraries that are not those the edition was made with.

        Why: another version may break lines elsewhere or write other bytes. The lock file has the
        versions that belong together.

        Bad:  pip install --upgrade weasyprint
        Good: pip install --require-hashes -r requirements.lock
        """,
    ),
    Code(
        "VER108",
        "other-bytes",
        Severity.ERROR,
        """A file of an edition that comes out otherwise when it is made again.

        Why: the same inputs, program, fonts and libraries give the same bytes. Warnings beside this
        error say which of them are others; without any, the file was changed by hand.

        Bad:  `q3.pdf` differs: the text from page 4 on
        Good: identical: q3.pdf
        """,
    ),
)
"""Codes of verifying."""
