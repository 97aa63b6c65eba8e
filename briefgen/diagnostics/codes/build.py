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
        """Something that the page names and the PDF lacks: an image, a link's target, a glyph.

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
)
"""Codes of the stages that make an edition."""
