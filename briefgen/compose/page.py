"""A briefing and its drawings into one HTML document."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from briefgen.compose.environment import anchors_of, environment
from briefgen.compose.languages import with_languages
from briefgen.compose.origins import Origins
from briefgen.compose.prose import Medium
from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import Place, SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.model.asset import Asset
from briefgen.model.briefing import Briefing
from briefgen.model.edition import Drawing, Page
from briefgen.model.verdict import Report
from briefgen.model.workspace import Templates


def compose(
    briefing: Briefing,
    drawings: Mapping[str, Drawing],
    templates: Templates,
    medium: Medium,
    report: Report,
    places: SourceMap | None = None,
) -> Made[Page]:
    """Fill the templates; `report` is the one on the briefing's values.

    For print the drawings are assets of the page, for the screen they stand in it. With `places`
    the page says of texts, numbers and exhibits where they are written: see `Origins`.
    Reports: CMP101, CMP102, CMP103, CMP104.
    """
    out = Collector()
    assets: dict[str, Asset] = {}
    try:
        origins = Origins(places)
        made = environment(briefing, drawings, templates, medium, report, assets, origins)
        html = with_languages(made.get_template("briefing.html.j2").render(), briefing.language)
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
        described, anchors = made.globals["metadata"], anchors_of(briefing)
        return out.made(Page(html=html, assets=assets, anchors=anchors, metadata=described))
    return out.made(None)


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
