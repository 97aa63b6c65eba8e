"""One briefing through the seven stages.

    load ─▶ check ─▶ draw ─▶ compose ─▶ typeset ─▶ readback ─▶ check ─▶ publish

Rules look at the values first, and at the finished files once more before they are published.
Every stage is a function from frozen values to a frozen value and its findings. Errors stop the
briefing after the stage that found them, when all of that stage's errors are known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from briefgen.check.dossier import Dossier
from briefgen.check.inspection import inspect
from briefgen.check.rules import RULES
from briefgen.compose.page import compose
from briefgen.diagnostics.finding import Collector, Finding, Made, has_errors
from briefgen.diagnostics.place import Place
from briefgen.draw.charts import CHARTS
from briefgen.draw.drawings import draw
from briefgen.draw.style import Look
from briefgen.load.briefings import Loaded, load_briefing
from briefgen.model.bands import NAME, rating_bands
from briefgen.model.briefing import Briefing
from briefgen.model.digest import digest
from briefgen.model.edition import Drawing, Edition, Pdf
from briefgen.model.theme import Theme
from briefgen.model.verdict import Report
from briefgen.publish.evidence import NAME as EVIDENCE
from briefgen.publish.evidence import evidence_file
from briefgen.publish.manifest import NAME as MANIFEST
from briefgen.publish.manifest import manifest
from briefgen.publish.workbook import NAME as WORKBOOK
from briefgen.publish.workbook import workbook
from briefgen.publish.writer import publish
from briefgen.readback.edition import read_back
from briefgen.toolchain import fonts
from briefgen.toolchain.versions import versions
from briefgen.typeset.weasy import typeset
from briefgen.workspace import Workspace

FORMATS = ("html", "pdf")


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found; there is no report when the briefing could not be loaded."""

    report: Report | None
    findings: tuple[Finding, ...]
    edition: Edition | None = None
    """The edition that was checked; None before it is made, or when it could not be."""


@dataclass(frozen=True, slots=True)
class Built:
    """An edition that was built, and where it was put."""

    edition: Edition
    folder: Path


def load(workspace: Workspace, slug: str) -> Loaded:
    """Stage 1: the briefing's folder as a value."""
    return load_briefing(slug, workspace.data, workspace.shared, workspace.templates, CHARTS)


def check(workspace: Workspace, slug: str) -> Checked:
    """Stages 1 and 2: everything that is known without building."""
    loaded = load(workspace, slug)
    if loaded.made.value is None:
        return Checked(None, loaded.made.findings)
    report = inspect(RULES, _dossier(loaded.made.value, loaded, workspace), loaded.places)
    return Checked(report, (*loaded.made.findings, *report.findings))


def build(
    workspace: Workspace, slug: str, formats: Iterable[str] = FORMATS, output: Path | None = None
) -> Made[Built]:
    """All stages: an edition in the output folder; after errors nothing there is touched."""
    rehearsed = rehearse(workspace, slug, formats)
    out = Collector(list(rehearsed.findings))
    if rehearsed.edition is None:
        return out.made(None)
    published = publish(rehearsed.edition, output or workspace.output)
    out.findings += published.findings
    return out.made(Built(rehearsed.edition, published.value) if published.value else None)


def rehearse(workspace: Workspace, slug: str, formats: Iterable[str] = FORMATS) -> Checked:
    """All stages but publishing: the edition is made, and checked once more as it is."""
    wanted = set(formats)
    loaded = load(workspace, slug)
    briefing, out = loaded.made.value, Collector(list(loaded.made.findings))
    if briefing is None:
        return Checked(None, tuple(out.findings))
    dossier = _dossier(briefing, loaded, workspace)
    report = inspect(RULES, dossier, loaded.places)
    out.findings += report.findings
    theme = workspace.templates.themes[briefing.front.theme]
    out.findings += missing_fonts(theme, workspace.templates.shown, briefing.front.theme)
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    drawings = _drawings(briefing, theme, loaded, out)
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    files: dict[str, bytes] = {}
    pdf: Pdf | None = None
    if "html" in wanted:
        screen = compose(briefing, drawings, workspace.templates, "screen", report)
        out.findings += screen.findings
        if screen.value:
            files[f"{slug}.html"] = screen.value.html.encode()
    if "pdf" in wanted:
        paper = compose(briefing, drawings, workspace.templates, "print", report)
        out.findings += [finding for finding in paper.findings if finding not in out.findings]
        if paper.value:
            typeset_pdf = typeset(paper.value)
            out.findings += typeset_pdf.findings
            pdf = typeset_pdf.value
            if pdf:
                files[f"{slug}.pdf"] = pdf.content
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    files[EVIDENCE] = evidence_file(briefing)
    files[WORKBOOK] = workbook(briefing, workspace.templates.labels[briefing.language])
    output = read_back(files.get(f"{slug}.html"), files.get(f"{slug}.pdf"), files)
    on_values = report
    report = inspect(RULES, replace(dossier, output=output), loaded.places, before=on_values)
    out.findings = [f for f in out.findings if f not in on_values.findings]
    out.findings += report.findings
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    edition = _edition(briefing, files, pdf, loaded, theme, workspace, out, report)
    return Checked(report, tuple(out.findings), edition)


def _dossier(briefing: Briefing, loaded: Loaded, workspace: Workspace) -> Dossier:
    return Dossier(
        briefing, digest(briefing, loaded.release.waivers, workspace.templates), loaded.release
    )


def missing_fonts(theme: Theme, shown: dict[str, str], name: str) -> list[Finding]:
    """A finding per font of the theme whose regular or bold face is not installed.

    Reports: ENV101, ENV102.
    """
    place = Place(shown.get(f"themes/{name}.yaml", name))
    if not fonts.has_fontconfig():
        return [Finding("ENV102", "fontconfig is missing: there is no `fc-list`", None, _DOCTOR)]
    found = []
    for family in (theme.fonts.sans, theme.fonts.serif):
        weights = {face.weight for face in fonts.faces(family)}
        if not weights:
            found.append(Finding("ENV101", f"font `{family}` is not installed", place, _DOCTOR))
        elif weights != {400, 700}:
            face = "bold" if 400 in weights else "regular"
            message = f"the {face} face of font `{family}` is not installed"
            found.append(Finding("ENV101", message, place, _DOCTOR))
    return found


_DOCTOR = "`briefgen doctor` says how to install it"


def _drawings(
    briefing: Briefing, theme: Theme, loaded: Loaded, out: Collector
) -> dict[str, Drawing]:
    look = Look(
        theme=theme,
        brand=briefing.brokerage.brand,
        language=briefing.language,
        units=briefing.units,
    )
    tables = briefing.tables | {NAME: rating_bands(briefing)}
    front_page = briefing.on_front_page()
    drawings = {}
    for exhibit_id, exhibit in briefing.exhibits.items():
        if exhibit.chart is not None:
            made = draw(
                exhibit_id,
                exhibit,
                tables,
                look,
                loaded.places,
                on_front_page=exhibit_id in front_page,
            )
            out.findings += made.findings
            if made.value:
                drawings[exhibit_id] = made.value
    return drawings


def _edition(
    briefing: Briefing,
    files: dict[str, bytes],
    pdf: Pdf | None,
    loaded: Loaded,
    theme: Theme,
    workspace: Workspace,
    out: Collector,
    report: Report,
) -> Edition:
    charts = sum(exhibit.chart is not None for exhibit in briefing.exhibits.values())
    counts = {
        "pages": pdf.pages if pdf else None,
        "figures": charts,
        "tables": len(briefing.exhibits) - charts,
    }
    used = {
        f"{face.family} {face.weight} ({face.file.name})": fonts.digest(face.file)
        for family in (theme.fonts.sans, theme.fonts.serif)
        for face in fonts.faces(family)
    }
    record = manifest(
        briefing,
        inputs=loaded.reads | workspace.templates.digests,
        outputs=files,
        counts=counts,
        fonts=used,
        versions=versions(),
        findings=out.findings,
        report=report,
    )
    return Edition(slug=briefing.slug, files={**files, MANIFEST: record}, **counts)
