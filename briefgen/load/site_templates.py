"""The templates of the site: those that come with briefgen, overlaid by the workspace's own."""

from __future__ import annotations

from pathlib import Path

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import SourceMap
from briefgen.load.files import Folder
from briefgen.load.templates import LABELS, SITE, check_labels
from briefgen.load.typed import typed
from briefgen.load.yaml_nodes import read_yaml
from briefgen.model.site import SiteTemplates

TEXTS = {".j2", ".css", ".js"}


def load_site_templates(bundled: Path, own: Path | None) -> Made[SiteTemplates]:
    """Read what stands in `site/` of both folders; a file of `own` replaces a bundled one.

    Reports: LOD1xx for labels.
    """
    out = Collector()
    above = [bundled, own] if own else [bundled]
    folders = [Folder(one.parent, one / SITE) for one in above]
    where = {name: folder for folder in folders for name in _names(folder.path)}
    files: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {}
    for name, folder in sorted(where.items()):
        text = folder.read(name, out)
        if text is None:
            continue
        if Path(name).suffix in TEXTS:
            files[name] = text
            continue
        places = SourceMap()
        data = read_yaml(text, folder.shown(name), (name,), places, out)
        if words := typed(dict[str, str], data, (name,), places, out):
            labels[Path(name).stem] = words
    check_labels(folders[0], labels, where, out)
    shown = {name: folder.shown(name) for name, folder in where.items()}
    return out.made(SiteTemplates(files=files, shown=shown, labels=labels))


def _names(folder: Path) -> list[str]:
    """Files of the site's templates, by their path below the folder."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [
        path.as_posix()
        for path in found
        if path.suffix in TEXTS or (path.suffix == ".yaml" and path.parts[0] == LABELS)
    ]
