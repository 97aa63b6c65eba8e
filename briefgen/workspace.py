"""A workspace: the folder with `data/`, perhaps `templates/`, and `output/`."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.editions import briefing_slugs
from briefgen.load.files import Folder
from briefgen.load.shared import Shared, load_shared
from briefgen.load.templates import load_templates
from briefgen.model.workspace import Templates

MARK = Path("data/workspace.yaml")
_SLUG = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


def bundled_templates() -> Path:
    """The templates that come with briefgen: in the wheel, or at the top of the repository."""
    package = Path(__file__).parent
    in_wheel = package / "bundled" / "templates"
    return in_wheel if in_wheel.is_dir() else package.parent / "templates"


def find_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds `data/workspace.yaml`."""
    return next((p for p in (start, *start.parents) if _is_root(p)), None)


def _is_root(folder: Path) -> bool:
    """Whether the mark is there; a `data/` that cannot be looked into is said to be unreadable."""
    try:
        return stat.S_ISREG((folder / MARK).stat().st_mode)
    except PermissionError:
        return os.access(folder, os.X_OK)
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace: what all briefings share is read."""

    root: Path
    shared: Shared
    templates: Templates
    places: SourceMap
    """Where labels and themes were read from, below the name of their file."""

    @property
    def data(self) -> Folder:
        """The `data/` folder."""
        return Folder(self.root, self.root / "data")

    @property
    def output(self) -> Path:
        """Where editions go."""
        return self.root / "output"

    def slugs(self) -> list[str]:
        """All briefings, in order."""
        return briefing_slugs(self.data)

    def select(self, wanted: list[str]) -> Made[list[str]]:
        """The briefings that are asked for.

        Reports: WSP101, WSP102.
        """
        out, known = Collector(), self.slugs()
        for slug in wanted:
            if not _SLUG.fullmatch(slug):
                out.report(
                    "WSP102",
                    f"`{slug}` is no name of a briefing",
                    help="a name holds small letters, digits, hyphens; no `/` and no `..`",
                )
            elif slug not in known:
                out.report(
                    "WSP101", f"there is no briefing `{slug}`", help=did_you_mean(slug, known)
                )
        return out.made(list(dict.fromkeys(wanted)))


def open_workspace(root: Path) -> Made[Workspace]:
    """Read what all briefings of the workspace share.

    Reports: LOD1xx to LOD3xx of the shared files, labels and themes.
    """
    shared = load_shared(Folder(root, root / "data"))
    bundled, own = bundled_templates(), root / "templates"
    is_own = own.is_dir() and own.resolve() != bundled.resolve()
    places = SourceMap()
    templates = load_templates(
        Folder(bundled.parent, bundled), Folder(root, own) if is_own else None, places
    )
    findings = (*shared.findings, *templates.findings)
    if shared.value is None or templates.value is None:
        return Made(None, findings)
    return Made(Workspace(root, shared.value, templates.value, places), findings)
