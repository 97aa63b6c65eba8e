"""Problems of drawing, composing, typesetting and publishing: DRW, CMP, SET, PUB."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

BUILD: tuple[Code, ...] = (
    Code(
        "CMP101",
        "unknown-template-name",
        Severity.ERROR,
        """A name in a template that stands for nothing: a field, a label, a macro.

        Why: Jinja would print nothing in its place, and the gap would be found by a reader.

        Bad:  {{ front.subtitle }}
        Good: {{ front.title | line }}
        """,
    ),
    Code(
        "CMP102",
        "broken-template",
        Severity.ERROR,
        """A template that is not Jinja.

        Why: a block is not closed, or a filter is unknown; the page cannot be made at all.

        Bad:  {% if front.rating %}<p>{{ front.rating.label }}</p>
        Good: {% if front.rating %}<p>{{ front.rating.label }}</p>{% endif %}
        """,
    ),
    Code(
        "CMP103",
        "missing-template",
        Severity.ERROR,
        """A template that another one includes, and that is not there.

        Why: a part of the page would be missing. Names count from `templates/`; a file there
        replaces the one of the same name that comes with briefgen.

        Bad:  {% include 'blocks/sidebar.html.j2' %}
        Good: {% include 'blocks/side.html.j2' %}
        """,
    ),
    Code(
        "CMP104",
        "template-cannot-be-filled",
        Severity.ERROR,
        """A line of a template that computes what cannot be computed.

        Why: templates write values; arithmetic belongs into facts.yaml or an expression, where
        units and sources come along.

        Bad:  {{ front.title + 1 }}
        Good: {{ front.title | line }}
        """,
    ),
    Code(
        "DRW101",
        "undrawable-chart",
        Severity.ERROR,
        """A chart that cannot show its data.

        Why: bars need numbers, one axis has one unit, and a step of a chain must fit its box.

        Bad:  values: [input, vendor]
        Good: values: [input, output]
        """,
    ),
    Code(
        "PUB101",
        "unwritable-output",
        Severity.ERROR,
        """An edition that cannot be written to the output folder.

        Why: the disk is full, or the folder belongs to somebody else.

        Bad:  briefgen build --all --output /usr/share/briefings
        Good: briefgen build --all --output ~/briefings
        """,
    ),
    Code(
        "SET101",
        "incomplete-pdf",
        Severity.ERROR,
        """Something that the page names and the PDF lacks: an image, a link's target.

        Why: the PDF would be made all the same, with a hole in it. The page reaches no files and
        no network; its only images are the drawings.

        Bad:  <img src="logo.png" alt="">
        Good: <img src="{{ image(id) }}" alt="{{ drawings[id].alt }}">
        """,
    ),
    Code(
        "SET102",
        "ignored-style",
        Severity.WARNING,
        """A CSS rule that has no effect on paper.

        Why: screen and paper would look different without anybody having wanted it. What is for
        the screen alone stands in `css/screen.css.j2`.

        Bad:  .band { position: sticky; top: 0; }   in css/document.css
        Good: .band { position: sticky; top: 0; }   in css/screen.css.j2
        """,
    ),
    Code(
        "SET103",
        "missing-pango",
        Severity.ERROR,
        """Pango, the library that sets text into lines, is not found.

        Why: WeasyPrint makes PDFs with it, and `pip` does not install it. `briefgen doctor` names
        the command; without Pango, `briefgen build --all --format html` works.

        Bad:  a system without the package of Pango
        Good: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
              brew install pango
        """,
    ),
    Code(
        "SET104",
        "chinese-not-justified",
        Severity.WARNING,
        """A PDF whose Chinese lines end ragged.

        Why: WeasyPrint spreads the slack of a line over its spaces only. briefgen spreads it over
        the ideographs, inside WeasyPrint's layout; in a version where that has another form it
        leaves the lines as they are and says so.

        Bad:  pip install weasyprint==71
        Good: pip install 'weasyprint>=70,<71'
        """,
    ),
    Code(
        "SET105",
        "structure-not-own",
        Severity.WARNING,
        """A PDF whose structure tree is WeasyPrint's own.

        Why: in it a table that runs over a page end is two tables, and links and header cells are
        not as PDF/UA-1 wants them, so the file may fail validation. briefgen builds the tree
        itself, on WeasyPrint's boxes; in a version where they have another form it says so.

        Bad:  pip install weasyprint==71
        Good: pip install 'weasyprint>=70,<71'
        """,
    ),
    Code(
        "SET106",
        "fonts-not-compact",
        Severity.WARNING,
        """A PDF whose Chinese fonts keep the room of glyphs that it does not use.

        Why: WeasyPrint keeps the numbers of all 60,000 glyphs of a font, which doubles the file.
        briefgen takes them out; in a version that has another form it says so and goes on.

        Bad:  pip install weasyprint==71
        Good: pip install 'weasyprint>=70,<71'
        """,
    ),
    Code(
        "SET111",
        "character-not-set",
        Severity.ERROR,
        """A character of the finished page that no installed font has a glyph for.

        Why: the PDF shows an empty box in its place. Most are found in the data already (CHK801);
        what is left comes from a template, a label or a drawing.

        Bad:  contents: \ue123 目录   in labels/zh-CN.yaml
        Good: contents: 目录
        """,
    ),
    Code(
        "SET131",
        "too-wide",
        Severity.ERROR,
        """A table that is wider than its place, or a text that runs over the right margin.

        Why: what stands beyond the margin is cut off, or lies over what stands there. Numbers and
        short names are never broken, so many columns of them need more room than there is.

        Bad:  a table of fourteen columns of numbers with `width: half`
        Good: the same with `width: full`, or as two tables
        """,
    ),
    Code(
        "SET132",
        "too-high",
        Severity.ERROR,
        """An exhibit or a text that runs over the foot of the page.

        Why: what does not fit is cut off. A table goes on on the next page, one cell or one image
        does not.

        Bad:  an image with its caption and a note of fifteen lines, together higher than the page
        Good: the same with a smaller `height_mm`, or with the note in the text
        """,
    ),
    Code(
        "SET133",
        "overflow-not-known",
        Severity.WARNING,
        """A PDF of which nobody measured whether everything stands in its place.

        Why: briefgen looks at the boxes that WeasyPrint laid out; in a version where these have
        another form it cannot, and says so.

        Bad:  pip install weasyprint==71
        Good: pip install 'weasyprint>=70,<71'
        """,
    ),
    Code(
        "SET201",
        "invalid-pdf",
        Severity.ERROR,
        """A PDF that is not valid PDF/A-3a or not valid PDF/UA-1.

        Why: every edition is checked against both standards after it was made; an archive or a
        reader with a screen reader relies on them. The message names the rule of the validator.
        Mostly a template is the cause: an image without alternative text, a heading that skips a
        level, a table without header cells.

        Bad:  <img src="{{ image(id) }}">
        Good: <img src="{{ image(id) }}" alt="{{ drawings[id].alt }}">
        """,
    ),
    Code(
        "SET202",
        "pdf-not-validated",
        Severity.ERROR,
        """A PDF that the validator could not read, or a validator that is not there.

        Why: what was not checked is not called valid.

        Bad:  pip uninstall page-validation
        Good: pip install page-validation
        """,
    ),
)
"""Codes of the stages that make an edition."""
