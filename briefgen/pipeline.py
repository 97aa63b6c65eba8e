"""One briefing through the seven stages.

    load ─▶ check ─▶ draw ─▶ compose ─▶ typeset ─▶ readback ─▶ check ─▶ publish

Rules look at the values first, and at the finished files once more before they are published.
Every stage is a function from frozen values to a frozen value and its findings. Errors stop the
briefing after the stage that found them, when all of that stage's errors are known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from briefgen.cache.remember import Memory
from briefgen.check.dossier import Dossier
from briefgen.check.fonts import font_findings, used_faces
from briefgen.check.inspection import inspect
from briefgen.check.rules import RULES
from briefgen.compose.page import compose
from briefgen.compose.prose import Medium
from briefgen.diagnostics.finding import Collector, Finding, Made, has_errors
from briefgen.diagnostics.place import SourceMap
from briefgen.draw.charts import CHARTS
from briefgen.draw.drawings import draw
from briefgen.draw.style import Look
from briefgen.load.briefings import Loaded, load_briefing
from briefgen.model.bands import NAME, rating_bands
from briefgen.model.briefing import Briefing
from briefgen.model.digest import digest
from briefgen.model.edition import FORMATS, Drawing, Edition, Page, Pdf, file_name
from briefgen.model.release import Release
from briefgen.model.task import Kit, Task
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
from briefgen.readback.edition import read_back
from briefgen.toolchain.fonts import WEIGHTS, listing
from briefgen.toolchain.versions import versions
from briefgen.typeset.conformance import validate
from briefgen.typeset.weasy import typeset
from briefgen.workspace import Workspace

EDITION = "edition"
"""What the cache calls whole editions."""
DEFAULT_FORMATS = ("html", "pdf")


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found; there is no report when the briefing could not be loaded."""

    report: Report | None
    findings: tuple[Finding, ...]
    edition: Edition | None = None
    """The edition that was checked; None before it is made, or when it could not be."""


def load(workspace: Workspace, slug: str) -> Loaded:
    """Stage 1: the briefing's folder as a value."""
    return load_briefing(slug, workspace.data, workspace.shared, workspace.templates, CHARTS)


def check(workspace: Workspace, slug: str) -> Checked:
    """Stages 1 and 2: everything that is known without building."""
    loaded = load(workspace, slug)
    if loaded.made.value is None:
        return Checked(None, loaded.made.findings)
    dossier = dossier_of(loaded.made.value, loaded.release, workspace.kit)
    report = inspect(RULES, dossier, loaded.places)
    return Checked(report, (*loaded.made.findings, *report.findings))


def rehearse(workspace: Workspace, slug: str, formats: Iterable[str] = DEFAULT_FORMATS) -> Checked:
    """All stages but publishing, of a briefing of a workspace."""
    prepared = prepare(workspace, slug, formats)
    if prepared.value is None:
        return Checked(None, prepared.findings)
    return make(prepared.value, workspace.kit, Memory())


def prepare(workspace: Workspace, slug: str, formats: Iterable[str]) -> Made[Task]:
    """Stage 1: all that an edition is made from."""
    loaded = load(workspace, slug)
    task = None if loaded.made.value is None else task_of(loaded, loaded.made.value, formats)
    return Made(task, loaded.made.findings)


def task_of(loaded: Loaded, briefing: Briefing, formats: Iterable[str]) -> Task:
    """All that the edition of a loaded briefing is made from."""
    return Task(
        formats=tuple(name for name in FORMATS if name in set(formats)),
        briefing=briefing,
        release=loaded.release,
        reads=loaded.reads,
        contents=loaded.contents if briefing.front.carries_sources else {},
        files=loaded.files,
        has_queries=any(name not in loaded.contents for name in loaded.reads),
        places=loaded.places,
        findings=loaded.made.findings,
    )


def make(task: Task, kit: Kit, memory: Memory) -> Checked:
    """Stages 2 to 7: the edition is made, and checked once more as it is.

    What `memory` holds of drawings, pages and the typeset document is not made again.
    """
    briefing, out = task.briefing, Collector(list(task.findings))
    dossier = dossier_of(briefing, task.release, kit)
    report = inspect(RULES, dossier, task.places)
    out.findings += report.findings
    theme = kit.templates.themes[briefing.front.theme]
    out.findings += font_findings(theme.fonts, briefing.front.theme, kit.places)
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    drawings = drawings_of(briefing, theme, task.places, memory, out)
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    pages = _pages(task, drawings, report, kit, memory, out)
    pdf: Pdf | None = None
    if "print" in pages:
        typeset_pdf = _typeset(pages["print"], task.places, memory)
        out.findings += typeset_pdf.findings
        pdf = typeset_pdf.value
    if has_errors(out.findings):
        return Checked(report, tuple(out.findings))

    files = {
        EVIDENCE: evidence_file(briefing),
        WORKBOOK: workbook(briefing, kit.templates.labels[briefing.language]),
    }
    if "screen" in pages:
        files[file_name(briefing.slug, "html")] = pages["screen"].html.encode()
    output = read_back(
        files.get(file_name(briefing.slug, "html")),
        pdf.content if pdf else None,
        [*files, *(file_name(briefing.slug, name) for name in task.formats if name != "html")],
    )
    on_values = report
    report = inspect(RULES, replace(dossier, output=output), task.places, before=on_values)
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
        formats=task.formats,
        counts=counts,
        inputs=task.reads | kit.templates.digests,
        fonts=used_faces(theme.fonts),
        versions=versions(),
        findings=out.findings,
        report=report,
    )
    if pdf:
        files |= _pdf_files(task, pdf, pages["print"], record, files, kit, out)
        if has_errors(out.findings):
            return Checked(report, tuple(out.findings))
    files[MANIFEST] = manifest(record, files)
    edition = Edition(slug=briefing.slug, files=files, **counts)
    return Checked(report, tuple(out.findings), edition)


def edition_key(task: Task, kit: Kit, memory: Memory) -> str:
    """The key of an edition in the cache."""
    made_from = (task.formats, task.briefing, task.release, task.reads, task.findings)
    return memory.key(EDITION, *made_from, kit.templates)


def toolchain(kit: Kit) -> dict[str, str]:
    """What makes editions beside their data: code, libraries, fonts; by name."""
    themes = kit.templates.themes.values()
    faces = {face for theme in themes for face in used_faces(theme.fonts)}
    named = {f"{face.family} {WEIGHTS[face.weight]}": face.sha256 for face in faces}
    return versions() | {"fonts": listing()} | dict(sorted(named.items()))


def dossier_of(briefing: Briefing, release: Release, kit: Kit) -> Dossier:
    """A briefing as it is checked, before there is an edition."""
    return Dossier(
        briefing,
        digest(briefing, release.waivers, kit.templates),
        release,
        kit.templates.themes[briefing.front.theme].fonts,
    )


def drawings_of(
    briefing: Briefing, theme: Theme, places: SourceMap, memory: Memory, out: Collector
) -> dict[str, Drawing]:
    """The charts of a briefing by exhibit, from the cache where they are there."""
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
        if exhibit.chart is None:
            continue
        needed = exhibit.tables()
        used = {name: table for name, table in tables.items() if name in needed}
        is_in_front = exhibit_id in front_page
        made = memory.made(
            "drawing",
            exhibit_id,
            Drawing,
            memory.key("drawing", exhibit_id, exhibit, used, look, is_in_front),
            places,
            partial(draw, exhibit_id, exhibit, used, look, places, on_front_page=is_in_front),
        )
        out.findings += made.findings
        if made.value:
            drawings[exhibit_id] = made.value
    return drawings


def _pages(
    task: Task,
    drawings: dict[str, Drawing],
    report: Report,
    kit: Kit,
    memory: Memory,
    out: Collector,
) -> dict[Medium, Page]:
    """The page for each medium that the formats need."""
    media: list[Medium] = ["screen"] if "html" in task.formats else []
    if {"pdf", "plain"} & set(task.formats):
        media.append("print")
    told = report.model_copy(update={"findings": ()})
    pages = {}
    for medium in media:
        composed = memory.made(
            "page",
            medium,
            Page,
            memory.key("page", task.briefing, drawings, kit.templates, medium, told),
            task.places,
            partial(compose, task.briefing, drawings, kit.templates, medium, told),
        )
        out.findings += [finding for finding in composed.findings if finding not in out.findings]
        if composed.value:
            pages[medium] = composed.value
    return pages


def _typeset(page: Page, places: SourceMap, memory: Memory) -> Made[Pdf]:
    key = memory.key("pdf", page)
    return memory.made("pdf", "pdf", Pdf, key, places, partial(typeset, page, places))


def _pdf_files(
    task: Task,
    pdf: Pdf,
    page: Page,
    record: dict[str, Any],
    files: dict[str, bytes],
    kit: Kit,
    out: Collector,
) -> dict[str, bytes]:
    """The PDF with its attachments, validated, and the plain one, as far as they are wanted."""
    made, briefing = {}, task.briefing
    if "pdf" in task.formats:
        attachments = dict(files)
        if briefing.front.carries_sources and (sources := archive(task.contents, task.reads)):
            attachments[SOURCES] = sources
        labels = kit.templates.labels[briefing.language]
        date = page.metadata.created if page.metadata else None
        content = sealed(pdf.content, record, attachments, labels, date)
        out.findings += validate(content)
        made[file_name(briefing.slug, "pdf")] = content
    if "plain" in task.formats:
        made[file_name(briefing.slug, "plain")] = plain(pdf.content)
    return made
