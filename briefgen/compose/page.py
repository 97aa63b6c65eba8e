"""A briefing and its drawings into one HTML document."""

from __future__ import annotations

import re
import traceback
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, Literal

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
from briefgen.compose.contradictions import contradictions
from briefgen.compose.houses import stances
from briefgen.compose.prose import Prose
from briefgen.compose.ratings import benchmarks, contested, definition, share
from briefgen.compose.statements import sentences
from briefgen.compose.structured_data import structured_data
from briefgen.compose.tables import exhibit_table
from briefgen.compose.words import Words
from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import Place
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.model.briefing import Briefing
from briefgen.model.distribution import distribution
from briefgen.model.edition import Drawing, Page
from briefgen.model.evidence import evidence
from briefgen.model.history import last_year
from briefgen.model.numbering import number
from briefgen.model.rating import percent
from briefgen.model.theme import font_stack
from briefgen.model.verdict import Report
from briefgen.model.workspace import Templates

Medium = Literal["print", "screen"]


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
    assets: dict[str, str] = {}
    try:
        html = (
            _environment(briefing, drawings, templates, medium, report, assets)
            .get_template("briefing.html.j2")
            .render()
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
        return out.made(Page(html=html, assets=assets))
    return out.made(None)


def _environment(
    briefing: Briefing,
    drawings: Mapping[str, Drawing],
    templates: Templates,
    medium: Medium,
    report: Report,
    assets: dict[str, str],
) -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source(templates.files)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    listed = evidence(briefing)
    has_list = any(section.kind == "evidence" for section in briefing.front.sections)
    anchors = listed.anchors() if has_list and medium == "screen" else {}
    words = Words(briefing, templates.labels[briefing.language], anchors)
    numbering = number(briefing)

    def image(exhibit_id: str) -> str:
        if exhibit_id not in drawings:
            raise UndefinedError(f"there is no drawing `{exhibit_id}`")
        svg = drawings[exhibit_id].svg
        if medium == "screen":
            return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
        assets[f"{exhibit_id}.svg"] = svg
        return f"asset:{exhibit_id}.svg"

    def exhibit(exhibit_id: str) -> Markup:
        template = environment.get_template("blocks/exhibit.html.j2")
        return Markup(template.render(id=exhibit_id, exhibit=briefing.exhibits[exhibit_id]))

    def reference(anchor: str) -> str:
        if anchor in numbering.exhibits:
            return words.label("exhibit_number", number=numbering.exhibits[anchor])
        if anchor in numbering.sections:
            return words.label("section_number", number=numbering.sections[anchor])
        if anchor in briefing.exhibits:
            return prose.line(briefing.exhibits[anchor].caption)
        section = briefing.anchored().get(anchor)
        return section.title if section else anchor

    def written(name: str) -> Markup:
        if name not in briefing.prose:
            raise UndefinedError(f"there is no prose file `{name}`")
        return prose.blocks(briefing.prose[name])

    prose = Prose(briefing, words.result, exhibit, reference)
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
        "image": image,
        "evidence": listed,
        "exhibit_table": lambda exhibit_id: exhibit_table(briefing, exhibit_id, words, prose.line),
        "contested": contested,
        "distribution": lambda: distribution(briefing),
        "contradictions": lambda: contradictions(report, words, prose),
        "report": report,
        "stances": lambda: stances(briefing),
        "statements": lambda: sentences(briefing, words),
        "history": lambda: last_year(briefing),
        "structured_data": lambda: structured_data(briefing),
        "font_stack": font_stack,
    }
    environment.filters |= {
        "prose": written,
        "line": prose.line,
        "plain": lambda text: prose.line(text).striptags(),
        "result": words.result,
        "shown": words.number,
        "period": words.period,
        "is_calendar_date": lambda period: re.fullmatch(r"\d{4}(-\d{2}){0,2}", period),
        "text": words.text,
        "source_title": words.source,
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
