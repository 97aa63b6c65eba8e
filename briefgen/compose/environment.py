"""What templates can name: values of the briefing, words, and filters."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, UndefinedError
from markupsafe import Markup

from briefgen import __version__
from briefgen.compose.compiled import COMPILED
from briefgen.compose.contradictions import contradictions
from briefgen.compose.exhibit_data import exhibit_data
from briefgen.compose.headings import Headings
from briefgen.compose.houses import stances
from briefgen.compose.inline import colours, inline
from briefgen.compose.origins import Origins
from briefgen.compose.prose import Medium, Prose, Target
from briefgen.compose.ratings import benchmarks, contested, definition, share
from briefgen.compose.statements import sentences
from briefgen.compose.structured_data import structured_data
from briefgen.compose.tables import exhibit_table
from briefgen.compose.words import Words
from briefgen.diagnostics.place import ValuePath
from briefgen.model.asset import SVG, Asset
from briefgen.model.briefing import Briefing
from briefgen.model.colours import on_dark_paper
from briefgen.model.distribution import distribution
from briefgen.model.edition import Drawing
from briefgen.model.evidence import evidence
from briefgen.model.fitting import Placed, place_image
from briefgen.model.history import last_year
from briefgen.model.metadata import metadata
from briefgen.model.numbering import number
from briefgen.model.plain import plain_text
from briefgen.model.rating import percent
from briefgen.model.theme import font_stack
from briefgen.model.verdict import Report
from briefgen.model.workspace import Templates

_FRAME = Markup('<div class="scroll" tabindex="0">{}</div>\n')
"""Around a table that may be wider than the screen."""


def environment(
    briefing: Briefing,
    drawings: Mapping[str, Drawing],
    templates: Templates,
    medium: Medium,
    report: Report,
    assets: dict[str, Asset],
    origins: Origins,
) -> Environment:
    """The names and filters of templates; images for print are put into `assets`."""
    made = Environment(
        loader=FunctionLoader(_source(templates.files)),
        autoescape=True,
        bytecode_cache=COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    listed = evidence(briefing)
    has_list = any(section.kind == "evidence" for section in briefing.front.sections)
    anchors = listed.anchors() if has_list and medium == "screen" else {}
    sources = {name: n for n, name in listed.sources} if has_list else {}
    labels, is_screen = templates.labels[briefing.language], medium == "screen"
    words = Words(briefing, labels, anchors, sources, origins, is_screen=is_screen)
    numbering, paths = number(briefing), anchors_of(briefing)

    def image(exhibit_id: str) -> str:
        suffix, asset = ".svg", None
        if exhibit_id in drawings:
            asset = Asset(content=drawings[exhibit_id].svg.encode(), media_type=SVG)
        elif exhibit_id in briefing.images:
            picture = briefing.images[exhibit_id]
            suffix, asset = picture.suffix, picture
        if asset is None:
            raise UndefinedError(f"there is no drawing `{exhibit_id}`")
        if medium == "screen":
            return asset.data_uri
        assets[f"{exhibit_id}{suffix}"] = asset
        return f"asset:{exhibit_id}{suffix}"

    def placed(exhibit_id: str) -> Placed:
        picture, shown = briefing.images[exhibit_id], briefing.exhibits[exhibit_id]
        is_first = exhibit_id in briefing.on_front_page()
        return place_image(picture, shown, theme.page, on_front_page=is_first)

    def exhibit(exhibit_id: str) -> Markup:
        template = made.get_template("blocks/exhibit.html.j2")
        return Markup(template.render(id=exhibit_id, exhibit=briefing.exhibits[exhibit_id]))

    def numbered(anchor: str) -> str:
        if anchor in numbering.exhibits:
            return words.label("exhibit_number", number=numbering.exhibits[anchor])
        if anchor in numbering.sections:
            return words.label("section_number", number=numbering.sections[anchor])
        return ""

    def target(anchor: str) -> Target:
        if anchor in briefing.exhibits:
            title = plain_text(briefing.exhibits[anchor].caption, briefing, numbered)
        else:
            title = briefing.anchored()[anchor].title
        name = numbered(anchor)
        if not name:
            return Target(title, title)
        return Target(name, words.label("named", name=name, title=title))

    def written(name: str) -> Markup:
        if name not in briefing.prose:
            raise UndefinedError(f"there is no prose file `{name}`")
        return prose.file(name)

    headings = Headings(words, is_screen=is_screen)
    prose = Prose(briefing, words, exhibit, target, medium, origins, headings)
    theme = templates.themes[briefing.front.theme]
    made.globals = {
        "briefing": briefing,
        "front": briefing.front,
        "brokerage": briefing.brokerage,
        "theme": theme,
        "medium": medium,
        "numbering": numbering,
        "drawings": drawings,
        "version": __version__,
        "t": words.label,
        "html": words.html,
        "image": image,
        "drawing": lambda exhibit_id: inline(drawings[exhibit_id]),
        "language_name": _language_name,
        "on_dark": lambda colour: on_dark_paper(colour, theme.colours.paper),
        "drawn_colours": lambda: colours(drawings.values()),
        "exhibit_data": lambda exhibit_id: exhibit_data(briefing, exhibit_id, words),
        "at": lambda anchor: origins.of(paths[anchor]),
        "target": target,
        "heading": headings.whole,
        "placed": placed,
        "evidence": listed,
        "exhibit_table": lambda exhibit_id: exhibit_table(briefing, exhibit_id, words, prose.line),
        "contested": contested,
        "distribution": lambda: distribution(briefing),
        "contradictions": lambda: contradictions(report, words, prose),
        "report": report,
        "stances": lambda: stances(briefing),
        "statements": lambda: sentences(briefing, words),
        "history": lambda: last_year(briefing),
        "metadata": (described := metadata(briefing, report.digest, words.label)),
        "structured_data": lambda: structured_data(described),
        "font_stack": font_stack,
    }
    made.filters |= {
        "prose": written,
        "line": prose.line,
        "plain": lambda text: prose.line(text).striptags(),
        "result": words.result,
        "shown": words.number,
        "period": words.period,
        "text": words.text,
        "source_title": words.source,
        "linked_sources": words.linked_sources,
        "site": words.site,
        "mail_link": words.mail,
        "contested_bounds": contested,
        "benchmarks": lambda scheme: benchmarks(scheme, words),
        "share": lambda value: share(value, words),
        "definition": lambda rating: definition(rating, words),
        "percent_bound": percent,
        "house": words.house,
        "security": words.security,
        "house_name": lambda alias: words.house(briefing.compared[alias].brokerage),
        "quoted": lambda text: words.label("quoted", text=text),
        "css_string": _css_string,
        "scrolling": lambda table: _FRAME.format(table) if is_screen else table,
        "sha256": lambda text: b64encode(sha256(text.encode()).digest()).decode(),
    }
    return made


def _language_name(code: str) -> str:
    """What a language calls itself; its code, if that is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-").get_language_name() or code
    except (UnknownLocaleError, ValueError):
        return code


def anchors_of(briefing: Briefing) -> dict[str, ValuePath]:
    """Sections and exhibits by their `id`: where they stand in the briefing."""
    positions = {id(section): at for at, section in enumerate(briefing.front.sections)}
    sections = briefing.anchored().items()
    return {anchor: ("front", "sections", positions[id(one)]) for anchor, one in sections} | {
        exhibit_id: ("exhibits", exhibit_id) for exhibit_id in briefing.exhibits
    }


def _source(files: Mapping[str, str]) -> Callable[[str], Any]:
    """Templates by name; their name is what a traceback calls them."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (files[name], name, lambda: True) if name in files else None

    return load


def _css_string(text: str) -> Markup:
    """Text as a quoted CSS string."""
    escaped = re.sub(r'["\\<>&\n]', lambda match: f"\\{ord(match[0]):x} ", text)
    return Markup(f'"{escaped}"')
