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
from typing import Any

from briefgen.check.dossier import Dossier
from briefgen.check.fonts import font_findings, used_faces
from briefgen.check.inspection import inspect
from briefgen.check.rules import RULES
from briefgen.compose.page import compose
from briefgen.compose.prose import Medium
from briefgen.diagnostics.finding import Collector, Finding, Made, has_errors
from briefgen.draw.charts import CHARTS
from briefgen.draw.drawings import draw
from briefgen.draw.style import Look
from briefgen.load.briefings import Loaded, load_briefing
from briefgen.model.bands import NAME, rating_bands
from briefgen.model.briefing import Briefing
from briefgen.model.digest import digest
from briefgen.model.edition import FORMATS, Drawing, Edition, Page, Pdf, file_name
from briefgen.model.theme import Theme
from briefgen.model.verdict import Report
from briefgen.publish.evidence import NAME as EVIDENCE
from briefgen.publish.evidence import evidence_file
from briefgen.publish.manifest import NAME as MANIFEST
from briefgen.publish.manifest import build_record, manifest
from briefgen.publish.plain import plain
from briefgen.publish.sealed import sealed
from briefgen.publish.sources import NAME as SOURCES
from briefgen.publish.sources import archive
from briefgen.publish.workbook import NAME as WORKBOOK
from briefgen.publish.workbook import workbook
from briefgen.publish.writer import publish
from briefgen.readback.edition import read_back
from briefgen.toolchain.versions import versions
from briefgen.typeset.conformance import validate
from briefgen.typeset.weasy import typeset
from briefgen.workspace import Workspace

DEFAULT_FORMATS = ("html", "pdf")


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
    workspace: Workspace,
    slug: str,
    formats: Iterable[str] = DEFAULT_FORMATS,
    output: Path | None = None,
) -> Made[Built]:
    """All stages: an edition in the output folder; after errors nothing there is touched."""
    rehearsed = rehearse(workspace, slug, formats)
    out = Collector(list(rehearsed.findings))
    if rehearsed.edition is None:
        return out.made(None)
    published = publish(rehearsed.edition, output or workspace.output)
    out.findings += published.findings
    return out.made(Built(rehearsed.edition, published.value) if published.value else None)


def rehearse(workspace: Workspace, slug: str, formats: Iterable[str] = DEFAULT_FORMATS) -> Checked:
    """All stages but publishing: the edition is made, and checked once more as it is."""
    wanted = [name for name in FORMATS if name in set(formats)]
    loaded = load(workspace, slug)
    briefing, out = loaded.made.value, Collector(list(loaded.made.findings))
    if briefing is None:
        return Checked(None, tuple(out.findings))
    dossier = _dossier(briefing, loaded, workspace)
    report = inspect(RULES, dossier, loaded.places)
    out.findings += report.findings
    theme = workspace.templates.themes[briefing.front.theme]
    out.findings += font_findings(theme.fonts, briefing.front.theme, workspace.places)
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    drawings = _drawings(briefing, theme, loaded, out)
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    pages = _pages(briefing, drawings, report, wanted, workspace, out)
    pdf: Pdf | None = None
    if "print" in pages:
        typeset_pdf = typeset(pages["print"], loaded.places)
        out.findings += typeset_pdf.findings
        pdf = typeset_pdf.value
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    files = {
        EVIDENCE: evidence_file(briefing),
        WORKBOOK: workbook(briefing, workspace.templates.labels[briefing.language]),
    }
    if "screen" in pages:
        files[file_name(slug, "html")] = pages["screen"].html.encode()
    output = read_back(
        files.get(file_name(slug, "html")),
        pdf.content if pdf else None,
        [*files, *(file_name(slug, name) for name in wanted if name != "html")],
    )
    on_values = report
    report = inspect(RULES, replace(dossier, output=output), loaded.places, before=on_values)
    out.findings = [f for f in out.findings if f not in on_values.findings]
    out.findings += report.findings
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    figures = sum(exhibit.is_figure for exhibit in briefing.exhibits.values())
    counts = {
        "pages": pdf.pages if pdf else None,
        "figures": figures,
        "tables": len(briefing.exhibits) - figures,
    }
    record = build_record(
        briefing,
        formats=wanted,
        counts=counts,
        inputs=loaded.reads | workspace.templates.digests,
        fonts=used_faces(theme.fonts),
        versions=versions(),
        findings=out.findings,
        report=report,
    )
    if pdf:
        files |= _pdf_files(briefing, pdf, pages["print"], record, files, workspace, out)
        if has_errors(out.findings):
            return Checked(report, tuple(out.findings))
    files[MANIFEST] = manifest(record, files)
    return Checked(report, tuple(out.findings), Edition(slug=slug, files=files, **counts))


def _dossier(briefing: Briefing, loaded: Loaded, workspace: Workspace) -> Dossier:
    return Dossier(
        briefing,
        digest(briefing, loaded.release.waivers, workspace.templates),
        loaded.release,
        workspace.templates.themes[briefing.front.theme].fonts,
    )


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


def _pages(
    briefing: Briefing,
    drawings: dict[str, Drawing],
    report: Report,
    wanted: list[str],
    workspace: Workspace,
    out: Collector,
) -> dict[Medium, Page]:
    """The page for each medium that the formats need."""
    media: list[Medium] = ["screen"] if "html" in wanted else []
    if {"pdf", "plain"} & set(wanted):
        media.append("print")
    pages = {}
    for medium in media:
        composed = compose(briefing, drawings, workspace.templates, medium, report)
        out.findings += [finding for finding in composed.findings if finding not in out.findings]
        if composed.value:
            pages[medium] = composed.value
    return pages


def _pdf_files(
    briefing: Briefing,
    pdf: Pdf,
    page: Page,
    record: dict[str, Any],
    files: dict[str, bytes],
    workspace: Workspace,
    out: Collector,
) -> dict[str, bytes]:
    """The PDF with its attachments, validated, and the plain one, as far as they are wanted."""
    made = {}
    if "pdf" in record["formats"]:
        attachments = dict(files)
        if briefing.front.carries_sources:
            sources = archive(workspace.root, record["inputs"])
            out.findings += sources.findings
            if sources.value:
                attachments[SOURCES] = sources.value
        labels = workspace.templates.labels[briefing.language]
        date = page.metadata.created if page.metadata else None
        content = sealed(pdf.content, record, attachments, labels, date)
        out.findings += validate(content)
        made[file_name(briefing.slug, "pdf")] = content
    if "plain" in record["formats"]:
        made[file_name(briefing.slug, "plain")] = plain(pdf.content)
    return made
