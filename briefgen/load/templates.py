"""The templates of a workspace: those that come with briefgen, overlaid by its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import Place, SourceMap
from briefgen.load.files import Folder
from briefgen.load.typed import typed
from briefgen.load.yaml_nodes import read_yaml
from briefgen.model.theme import Theme
from briefgen.model.workspace import Templates

TEXTS = {".j2", ".css", ".js"}
LABELS, THEMES = "labels", "themes"
COMPLETE = "zh-CN"
"""The language whose bundled labels are all there are."""
STARTER, SITE, PREVIEW, GALLERY = "starter", "site", "preview", "gallery"
"""The folders with what `briefgen new` writes (it and `starter-…`), and with the templates of the
site, the preview and the gallery. None belongs to briefings: what people attest does not change
with them."""


def load_templates(bundled: Folder, own: Folder | None, places: SourceMap) -> Made[Templates]:
    """Read all templates, labels and themes; a file in `own` replaces the one in `bundled`.

    The places of labels and themes stand below the name of their file: `themes/classic.yaml`.
    Reports: LOD1xx for labels and themes.
    """
    if own is not None:
        return _read([bundled, own], places)
    made, found = _unchanged(bundled.root, bundled.path, tuple(_state(bundled.path)))
    places.include(found)
    return made


@lru_cache(maxsize=1)
def _unchanged(
    root: Path, path: Path, _: tuple[tuple[str, int, int, int], ...]
) -> tuple[Made[Templates], SourceMap]:
    """The templates of one folder with their places, read once for a state of its files."""
    places = SourceMap()
    return _read([Folder(root, path)], places), places


def _state(folder: Path | str) -> Iterator[tuple[str, int, int, int]]:
    """What tells a changed file from what it was, for all files below a folder."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir():
                yield from _state(entry.path)
            else:
                with suppress(OSError):  # it went meanwhile
                    told = entry.stat()
                    yield entry.path, told.st_ino, told.st_size, told.st_mtime_ns


def _read(folders: list[Folder], places: SourceMap) -> Made[Templates]:
    """All templates; a file of a later folder replaces that of an earlier one."""
    out, bundled = Collector(), folders[0]
    where = {name: folder for folder in folders for name in _names(folder.path)}
    files: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {}
    themes: dict[str, Theme] = {}
    for name, folder in sorted(where.items()):
        text = folder.read(name, out)
        if text is None:
            continue
        kind, stem = Path(name).parts[0], Path(name).stem
        if Path(name).suffix in TEXTS:
            files[name] = text
            continue
        path = (name,)
        data = read_yaml(text, folder.shown(name), path, places, out)
        if kind == LABELS and (words := typed(dict[str, str], data, path, places, out)):
            labels[stem] = words
        if kind == THEMES and (theme := typed(Theme, data, path, places, out)):
            themes[stem] = theme
    check_labels(bundled, labels, where, out)
    digests = {n: d for folder in folders for n, d in folder.reads.items()}
    shown = {name: folder.shown(name) for name, folder in where.items()}
    return out.made(
        Templates(files=files, shown=shown, labels=labels, themes=themes, digests=digests)
    )


def check_labels(
    bundled: Folder, labels: dict[str, dict[str, str]], where: dict[str, Folder], out: Collector
) -> None:
    """Every language has the labels that the bundled Chinese has. Reports: LOD104."""
    name = f"{LABELS}/{COMPLETE}.yaml"
    text = bundled.read(name, Collector())
    wanted = text and read_yaml(text, name, (name,), SourceMap(), Collector())
    for language, words in labels.items():
        missing = [label for label in wanted or () if label not in words]
        if missing:
            file = f"{LABELS}/{language}.yaml"
            told = ", ".join(f"`{label}`" for label in missing)
            message = f"missing label{'s' if len(missing) > 1 else ''} {told}"
            out.report("LOD104", message, Place(where[file].shown(file)))


def _names(folder: Path) -> list[str]:
    """Template files below a folder, as template names."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [
        path.as_posix()
        for path in found
        if not path.parts[0].startswith(STARTER)
        and path.parts[0] not in {SITE, PREVIEW, GALLERY}
        and (path.suffix in TEXTS or (path.suffix == ".yaml" and path.parts[0] in {LABELS, THEMES}))
    ]
