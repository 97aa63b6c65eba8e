"""Problems of publishing editions to a site: PUB2."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

PUBLISHING: tuple[Code, ...] = (
    Code(
        "PUB201",
        "unusable-edition",
        Severity.ERROR,
        """An edition whose manifest is missing, cannot be read, or is that of another one.

        Why: the site says of an edition what its manifest says. One that an older briefgen made
        lacks what the site needs.

        Bad:  output/q3 copied to output/q4 by hand
        Good: briefgen build q4
        """,
    ),
    Code(
        "PUB202",
        "draft-not-published",
        Severity.ERROR,
        """A draft, which no site gets.

        Why: nobody has answered for it yet.

        Bad:  issuance: draft
        Good: issuance: issued
        """,
    ),
    Code(
        "PUB203",
        "not-built",
        Severity.ERROR,
        """An edition whose build failed or did not happen; the last good one is not published anew.

        Why: what stands in the output folder is of older data than the workspace. What the site
        has of it stays there.

        Bad:  a caption that names no exhibit, and `briefgen publish --to site`
        Good: briefgen check SLUG, then publish
        """,
    ),
    Code(
        "PUB204",
        "altered-edition",
        Severity.ERROR,
        """An edition with a file that is missing or is not as it was written.

        Why: the manifest holds a digest of every file, and the PDF carries the record of its
        build. Somebody changed the one or the other afterwards, or a copy went wrong.

        Bad:  a page cut out of output/q3/q3.pdf
        Good: briefgen build q3
        """,
    ),
    Code(
        "PUB205",
        "edition-without-format",
        Severity.ERROR,
        """An edition without HTML or without PDF.

        Why: a page of the site leads to both.

        Bad:  briefgen build q3 --format html, then publish that folder
        Good: briefgen build q3
        """,
    ),
    Code(
        "PUB206",
        "invalid-pdf-not-published",
        Severity.ERROR,
        """An edition whose PDF is not valid PDF/A-3a and PDF/UA-1.

        Why: it is validated once more before it is published, whatever its manifest says. The
        findings above say what is wrong.

        Bad:  a PDF that went through another program
        Good: briefgen build q3
        """,
    ),
    Code(
        "PUB211",
        "unwritable-site",
        Severity.ERROR,
        """A site that cannot be written.

        Why: the disk is full, or the folder belongs to somebody else. What stood there is put
        back.

        Bad:  briefgen publish --to /usr/share/site
        Good: briefgen publish --to site
        """,
    ),
    Code(
        "PUB212",
        "no-site",
        Severity.ERROR,
        """A folder that holds other things than a site, or a site that is damaged.

        Why: `manifest.json` of a site says which versions it has. Without it, pages of other
        people could be overwritten.

        Bad:  briefgen publish --to ~/Documents
        Good: briefgen publish --to ~/Documents/site
        """,
    ),
    Code(
        "PUB213",
        "site-in-use",
        Severity.ERROR,
        """A site to which somebody else publishes at this moment.

        Why: two at once would each forget what the other adds.

        Bad:  two jobs that publish to one folder at 07:30
        Good: one job for both, or one after the other
        """,
    ),
    Code(
        "PUB214",
        "no-words-for-the-site",
        Severity.ERROR,
        """A language that the templates of the site have no words of.

        Why: each language is a file in `templates/site/labels/`.

        Bad:  site: {language: fr}      in data/workspace.yaml, without labels/fr.yaml
        Good: site: {language: en}
        """,
    ),
    Code(
        "PUB215",
        "altered-site",
        Severity.WARNING,
        """A file of a version that the site keeps is missing, or is not as it was published.

        Why: readers and attestations rely on its digest. Files of the version that is published
        now are put back; of an earlier version nothing is left that they could be made from.

        Bad:  a page edited in site/q3/0123456789ab/q3.html
        Good: git -C site checkout q3/0123456789ab
        """,
    ),
    Code(
        "PUB216",
        "not-on-site",
        Severity.ERROR,
        """An edition, or a version of one, that is to be withdrawn and is not on the site.

        Why: nothing was taken off; a name that is slightly wrong must not pass for done.

        Bad:  briefgen publish --to site --withdraw q33
        Good: briefgen publish --to site --withdraw q3@0123456789ab
        """,
    ),
    Code(
        "PUB217",
        "withdrawn",
        Severity.WARNING,
        """An edition in the output folder that was withdrawn from the site, and does not come back.

        Why: what was withdrawn once was so for a reason. Another version, built from data or prose
        that were mended, is published.

        Bad:  briefgen publish --to site, after nothing was mended
        Good: the number mended, then briefgen publish --to site
        """,
    ),
)
"""Codes of publishing to a site."""
