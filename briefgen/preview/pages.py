"""The preview's own pages: the list, the frame around a briefing, and the panel of findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from briefgen.diagnostics.finding import Finding, Severity, in_order
from briefgen.diagnostics.show import Excerpt, excerpt, tally
from briefgen.engine.present import Present
from briefgen.load.templates import PREVIEW
from briefgen.model.edition import file_name
from briefgen.preview.editor import link
from briefgen.preview.paper import sizes
from briefgen.preview.session import Session
from briefgen.preview.shown import Shown, State
from briefgen.publish.site.setting import ticks
from briefgen.workspace import bundled_templates

FOLDER = bundled_templates() / PREVIEW
"""Where the templates, the style and the script are."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A finding as the panel shows it."""

    finding: Finding
    excerpt: Excerpt | None
    """Of errors only."""
    link: str
    """What opens its place in an editor; empty where there is none."""


@dataclass(frozen=True)
class Pages:
    """Makes the pages of a session; `editor` is a pattern of addresses."""

    session: Session
    editor: str

    def index(self) -> str:
        """The page with all briefings."""
        return self._made("list.html.j2", **self._listed())

    def rows(self) -> dict[str, str]:
        """What is new on that page."""
        return {"rows": self._made("rows.html.j2", **self._listed())}

    def frame(self, slug: str, *, is_paper: bool) -> str:
        """The page around a briefing."""
        shown = self.session.shown(slug)
        root = f"{self.session.root.as_posix()}/"
        return self._made(
            "frame.html.j2", shown=shown, is_paper=is_paper, root=root, editor=self.editor
        )

    def told(self, slug: str) -> dict[str, Any]:
        """What is new about a briefing, for the script of that page."""
        shown = self.session.shown(slug)
        findings = self._findings(shown.findings or ())
        return {
            "title": shown.title,
            "state": shown.state,
            "tally": _tally(shown),
            "panel": self._made("findings.html.j2", findings=findings, shown=shown),
            "errors": sum(one.finding.severity is Severity.ERROR for one in findings),
            "page": shown.page and f"{file_name(slug, 'html')}?{shown.page.version}",
            "isPageCurrent": shown.is_page_current,
            "paper": shown.paper and f"{file_name(slug, 'pdf')}?{shown.paper.version}",
            "isPaperCurrent": shown.is_paper_current,
            "sheets": list(sizes(shown.paper)) if shown.paper else [],
        }

    def _listed(self) -> dict[str, Any]:
        shown = [self.session.shown(slug) for slug in self.session.slugs]
        return {
            "briefings": [(one, _tally(one), _moment(one.changed)) for one in shown],
            "findings": self._findings(self.session.findings),
            "workspace": self.session.root.name,
            "root": self.session.root,
        }

    def _findings(self, findings: Iterable[Finding]) -> list[_Told]:
        """The heaviest first, then by their places."""
        present, order = Present(self.session.root), list(Severity)
        found = sorted(in_order(findings), key=lambda one: order.index(one.severity))
        return [self._finding(one, present) for one in found]

    def _finding(self, finding: Finding, present: Present) -> _Told:
        place = finding.place
        if place is None:
            return _Told(finding, None, "")
        file = present.file(place.file)
        address = link(self.editor, file, place.line, place.column)
        if finding.severity is not Severity.ERROR:
            return _Told(finding, None, address)
        base = Path(str(file).removesuffix(place.file))
        return _Told(finding, excerpt(place, base), address)

    def _made(self, name: str, **values: Any) -> str:
        return self._environment.get_template(name).render(values)

    @cached_property
    def _environment(self) -> Environment:
        made = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters["ticks"] = ticks
        return made


def _tally(shown: Shown) -> str:
    """How many findings there are, in words; nothing before anybody looked."""
    if shown.findings is None:
        return ""
    return tally(shown.findings) if shown.findings or shown.state is not State.MAKING else ""


def _moment(seconds: float | None) -> str:
    """A time of this machine, to the minute."""
    if seconds is None:
        return ""
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone():%Y-%m-%d %H:%M}"
