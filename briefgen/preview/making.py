"""A briefing made for the preview: its page first, the checks afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefgen.cache.remember import Memory
from briefgen.check.fonts import font_findings
from briefgen.check.inspection import inspect
from briefgen.check.rules import RULES
from briefgen.check.scope import scope
from briefgen.compose.page import compose
from briefgen.diagnostics.finding import Collector, Finding, has_errors
from briefgen.model.verdict import Report
from briefgen.pipeline import dossier_of, drawings_of, load

if TYPE_CHECKING:
    from briefgen.check.rule import Rule
    from briefgen.load.briefings import Loaded
    from briefgen.model.edition import Drawing
    from briefgen.model.task import Kit
    from briefgen.workspace import Workspace


class SupersededError(Exception):
    """Something newer is to be done first."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A briefing on its way to a page; `findings` are all that its making gave so far."""

    loaded: Loaded
    findings: tuple[Finding, ...]
    drawings: dict[str, Drawing] | None = None
    """None before charts are drawn, and where some cannot be."""
    report: Report | None = None
    """What the page says of the checks, or would say."""
    html: str | None = None
    """The page; None when errors kept it from being made."""
    is_checked: bool = False
    said: tuple[Finding, ...] = ()
    """What the rules say; of the draft before, until they have had their say on this one."""


def read(workspace: Workspace, slug: str) -> Draft:
    """A briefing as it is loaded, with nothing made of it."""
    loaded = load(workspace, slug)
    return Draft(loaded, loaded.made.findings, is_checked=loaded.made.value is None)


def paged(draft: Draft, kit: Kit, memory: Memory, before: Report | None) -> Draft:
    """The draft with its page; what that says of checks is taken from the report `before`."""
    briefing = draft.loaded.made.value
    if briefing is None:
        return draft
    dossier = dossier_of(briefing, draft.loaded.release, kit)
    empty = Report(digest="", scope=scope(briefing), verdicts=(), findings=())
    report = (before or empty).model_copy(update={"digest": dossier.digest})
    out, theme = Collector(list(draft.findings)), kit.templates.themes[briefing.front.theme]
    drawings = drawings_of(briefing, theme, draft.loaded.places, memory, out)
    if has_errors(out.findings):
        return replace(draft, findings=tuple(out.findings))
    drawn = replace(draft, drawings=drawings, findings=tuple(out.findings))
    return _composed(drawn, report, kit)


def checked(draft: Draft, kit: Kit, is_superseded: Callable[[], bool]) -> Draft:
    """The draft with what the rules say; the page is made again if it says something else then.

    Raises: SupersededError, between two rules.
    """
    briefing = draft.loaded.made.value
    assert briefing is not None
    dossier = dossier_of(briefing, draft.loaded.release, kit)
    found = inspect(_rules(is_superseded), dossier, draft.loaded.places)
    theme = briefing.front.theme
    fonts = font_findings(kit.templates.themes[theme].fonts, theme, kit.places)
    told = found.model_copy(update={"findings": ()})
    done = replace(draft, said=(*fonts, *found.findings), is_checked=True)
    if draft.drawings is None or told == draft.report:
        return replace(done, report=told)
    return _composed(done, told, kit)


def _composed(draft: Draft, report: Report, kit: Kit) -> Draft:
    briefing, out = draft.loaded.made.value, Collector(list(draft.findings))
    assert briefing is not None
    assert draft.drawings is not None
    places = draft.loaded.places
    made = compose(briefing, draft.drawings, kit.templates, "screen", report, places)
    out.add(made.findings)
    html = made.value.html if made.value else None
    return replace(draft, report=report, html=html, findings=tuple(out.findings))


def _rules(is_superseded: Callable[[], bool]) -> Iterator[Rule]:
    for rule in RULES:
        if is_superseded():
            raise SupersededError
        yield rule
