"""A briefing and its drawings into one HTML document."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from markupsafe import Markup

from briefgen import __version__
from briefgen.compose.compiled import COMPILED
from briefgen.compose.contradictions import contradictions
from briefgen.compose.houses import stances
from briefgen.compose.languages import with_languages
from briefgen.compose.prose import Medium, Prose, Target
from briefgen.compose.ratings import benchmarks, contested, definition, share
from briefgen.compose.statements import sentences
from briefgen.compose.structured_data import structured_data
from briefgen.compose.tables import exhibit_table
from briefgen.compose.words import Words
from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import Place, ValuePath
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.model.asset import SVG, Asset
from briefgen.model.briefing import Briefing
from briefgen.model.distribution import distribution
from briefgen.model.edition import Drawing, Page
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


def compose(
    briefing: Briefing,
    drawings: Mapping[str, Drawing],
    templates: Templates,
    medium: Medium,
    report: Report,
) -> Made[Page]:
    """Fill the templates; `report` is the one on the briefing's values.

    For print the drawings are assets of the page, for the screen they stand in it.
    Reports: CMP101, CMP102, CMP103, CMP104.
    """
    out = Collector()
    assets: dict[str, Asset] = {}
    try:
        environment = _environment(briefing, drawings, templates, medium, report, assets)
        html = with_languages(
            environment.get_template("briefing.html.j2").render(), briefing.language
        )
    except TemplateSyntaxError as error:
        name = error.name or "briefing.html.j2"
        place = Place(templates.shown.get(name, name), error.lineno)
        out.report("CMP102", f"the template is not Jinja: {error.message}", place)
    except TemplateNotFound as error:
        near = did_you_mean(str(error.name or ""), templates.files)
        out.report("CMP103", f"there is no template `{error.name}`", _place(error, templates), near)
    except UndefinedError as error:
        message = f"the template names what is not there: {_in_plain_words(str(error.message))}"
        out.report("CMP101", message, _place(error, templates))
    except RecursionError as error:
        out.report("CMP104", "the template includes itself", _place(error, templates))
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        if not _is_in_template(error, templates):
            raise
        out.report("CMP104", f"the template cannot be filled: {error}", _place(error, templates))
    else:
        described = environment.globals["metadata"]
        anchors = _anchors(briefing)
        return out.made(Page(html=html, assets=assets, anchors=anchors, metadata=described))
    return out.made(None)


def _environment(
    briefing: Briefing,
    drawings: Mapping[str, Drawing],
    templates: Templates,
    medium: Medium,
    report: Report,
    assets: dict[str, Asset],
) -> Environment:
    environment = Environment(
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
    words = Words(briefing, labels, anchors, sources, is_screen=is_screen)
    numbering = number(briefing)

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
        template = environment.get_template("blocks/exhibit.html.j2")
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
        return prose.blocks(briefing.prose[name])

    prose = Prose(briefing, words, exhibit, target, medium)
    theme = templates.themes[briefing.front.theme]
    environment.globals = {
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
        "target": target,
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
    environment.filters |= {
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
    }
    return environment


def _anchors(briefing: Briefing) -> dict[str, ValuePath]:
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


def _in_plain_words(message: str) -> str:
    """Jinja's message without Python's names: `Front` has no `subtitle`."""
    return re.sub(
        r"'(?:[\w.]+\.)?(\w+) object' has no attribute '(\w+)'", r"`\1` has no `\2`", message
    )


def _is_in_template(error: Exception, templates: Templates) -> bool:
    """Whether an error arose in a template's own line, not in what it calls."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and frames[-1].filename in templates.files


def _place(error: Exception, templates: Templates) -> Place | None:
    """The innermost template line of an error's traceback."""
    frames: list[Any] = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename in templates.files
    ]
    if not frames:
        return None
    frame = frames[-1]
    return Place(templates.shown[frame.filename], frame.lineno or 1)
