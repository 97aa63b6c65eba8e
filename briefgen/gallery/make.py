"""Makes the gallery: loads its data, lets the pipeline make the editions, cuts them up."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from briefgen import pipeline
from briefgen.cache.remember import Memory
from briefgen.cache.store import Store
from briefgen.diagnostics.finding import Collector, Made, Severity
from briefgen.diagnostics.place import SourceMap
from briefgen.gallery import catalogue
from briefgen.gallery.catalogue import Shown
from briefgen.gallery.entries import Entry, Gallery
from briefgen.gallery.page import Look, pages
from briefgen.gallery.snippets import Files
from briefgen.load.files import Folder
from briefgen.load.templates import GALLERY, LABELS, THEMES
from briefgen.load.typed import typed
from briefgen.load.yaml_nodes import read_yaml
from briefgen.workspace import Workspace, bundled_templates, open_workspace

BASE = "classic"
"""The theme of the page and of all entries but themes."""
SPECIMEN = "specimen"


def gallery(desk: Workspace | None, cache: Path | None, language: str = "zh-CN") -> Made[Gallery]:
    """The gallery, with the themes of a workspace if there is one; from the cache where it can be.

    Shape: `index.html` is in `language`, or in Chinese where there are no words in that.
    A theme in which the specimen cannot be made is left out.
    Reports: what building with such a theme reports.
    """
    found = _opened(desk)
    if found.value is None:
        return Made(None, found.findings)
    kit, home = found.value.kit, found.value.root
    own = {path.relative_to(home).as_posix(): path.read_bytes() for path in _files(home)}
    memory = Memory(Store(cache) if cache else None, pipeline.toolchain(kit))
    key = memory.key("gallery", own, kit.templates, language)
    make = partial(_made, found.value, desk, memory, language)
    return memory.made("gallery", "gallery", Gallery, key, kit.places, make)


def _opened(desk: Workspace | None) -> Made[Workspace]:
    """The gallery's own workspace, with the themes of the other one."""
    made = open_workspace(bundled_templates() / GALLERY)
    if made.value is None or desk is None:
        return made
    bundled, own = made.value.templates, desk.templates
    digests = {f"{GALLERY}/{name}": digest for name, digest in own.digests.items()}
    templates = bundled.model_copy(
        update={"themes": own.themes, "digests": bundled.digests | digests}
    )
    return Made(Workspace(made.value.root, made.value.shared, templates, desk.places))


def _made(home: Workspace, desk: Workspace | None, memory: Memory, language: str) -> Made[Gallery]:
    out = Collector()
    shown = {
        slug: _shown(home, slug, BASE, memory, out)
        for slug in ("charts", "tables", "sections", "comparison")
    }
    specimens = {
        theme: _shown(home, SPECIMEN, theme, memory, out) for theme in home.templates.themes
    }
    built = {slug: one for slug, one in shown.items() if one is not None}
    if len(built) < len(shown):
        return Made(None, tuple(out.findings))
    entries: list[Entry] = [
        *catalogue.charts(built["charts"]),
        *catalogue.tables(built["tables"]),
        *catalogue.sections(built["sections"], built["comparison"]),
        *catalogue.themes(
            {name: one for name, one in specimens.items() if one is not None},
            home.templates.themes,
            lambda name: _theme_file(name, desk).read_text("utf-8"),
        ),
    ]
    words = _words(home.root, language)
    files = {path.name: path.read_text("utf-8") for path in home.root.glob("*.*")}
    look = Look(home.templates, files, words, built["charts"].briefing.brokerage, BASE)
    made = Gallery(entries=tuple(entries), pages=pages(entries, look))
    told = tuple(replace(one, severity=Severity.WARNING) for one in dict.fromkeys(out.findings))
    return Made(made, told)


def _shown(home: Workspace, slug: str, theme: str, memory: Memory, out: Collector) -> Shown | None:
    """A briefing of the gallery in a theme, through the pipeline."""
    loaded = pipeline.load(home, slug)
    if loaded.made.value is None:
        out.findings += loaded.made.findings
        return None
    front = loaded.made.value.front.model_copy(update={"theme": theme})
    briefing = loaded.made.value.model_copy(update={"front": front})
    checked = pipeline.make(pipeline.task_of(loaded, briefing, ("html",)), home.kit, memory)
    out.findings += checked.findings
    if checked.edition is None:
        return None
    html = checked.edition.files[f"{slug}.html"].decode()
    return Shown(briefing, Files(briefing, loaded), html)


def _words(home: Path, first: str) -> dict[str, dict[str, str]]:
    """The page's own words, those in the language of `index.html` first."""
    folder, found = Folder(home, home / LABELS), {}
    for name in folder.names("*.yaml"):
        out, path = Collector(), (name,)
        text = folder.read(name, out) or ""
        data = read_yaml(text, folder.shown(name), path, SourceMap(), out)
        words = typed(dict[str, str], data, path, SourceMap(), out)
        assert words is not None, out.findings
        found[name.removesuffix(".yaml")] = words
    first = first if first in found else "zh-CN"
    return {first: found[first]} | found


def _theme_file(name: str, desk: Workspace | None) -> Path:
    own = desk and desk.root / "templates" / THEMES / f"{name}.yaml"
    return own if own and own.is_file() else bundled_templates() / THEMES / f"{name}.yaml"


def _files(home: Path) -> list[Path]:
    return sorted(path for path in home.rglob("*") if path.is_file())
