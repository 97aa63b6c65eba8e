"""A workspace: the folder with `data/`, perhaps `templates/`, and `output/`."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.diagnostics.finding import Collector, Made, has_errors
from briefgen.diagnostics.place import SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.editions import briefing_slugs, known_names, named_editions, slugs_with_tags
from briefgen.load.files import Folder

if TYPE_CHECKING:
    from briefgen.ledger.ledger import Ledger
    from briefgen.load.shared import Shared
    from briefgen.model.task import Kit
    from briefgen.model.workspace import Templates

MARK = Path("data/workspace.yaml")
_LEDGER = re.compile(rb"^ledger\s*:", re.MULTILINE)
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
        return data_folder(self.root)

    @property
    def kit(self) -> Kit:
        """What all tasks share."""
        from briefgen.model.task import Kit

        return Kit(templates=self.templates, places=self.places)

    @property
    def output(self) -> Path:
        """Where editions go."""
        return self.root / "output"

    def slugs(self) -> list[str]:
        """All briefings, in order."""
        return briefing_slugs(self.data)

    def tagged(self, tags: Collection[str]) -> list[str]:
        """The briefings that have one of these tags at least, in order."""
        return slugs_with_tags(self.data, tags)

    def select(self, wanted: Iterable[str]) -> Made[list[str]]:
        """The briefings that are asked for, as `select` gives them."""
        return select(self.root, wanted)


def data_folder(root: Path) -> Folder:
    """The `data/` folder of the workspace at `root`."""
    return Folder(root, root / "data")


def select(root: Path, wanted: Iterable[str]) -> Made[list[str]]:
    """The briefings that are asked for; the name of a family means all its editions.

    Reports: WSP101, WSP102.
    """
    out, names, data = Collector(), list(wanted), data_folder(root)
    named = named_editions(data, names)
    there = {slug for slugs in named.values() for slug in slugs}.union(named)
    for name in names:
        if not _SLUG.fullmatch(name):
            out.report(
                "WSP102",
                f"`{name}` is no name of a briefing",
                help="a name holds small letters, digits, hyphens; no `/` and no `..`",
            )
        elif name not in there:
            near = did_you_mean(name, known_names(data))
            out.report("WSP101", f"there is no briefing `{name}`", help=near)
    chosen = [slug for name in names for slug in named.get(name, [name])]
    return out.made(list(dict.fromkeys(chosen)))


def cache_folder(root: Path) -> Path:
    """Where the cache of the workspace at `root` is: `BRIEFGEN_CACHE`, or a folder in it."""
    named = os.environ.get("BRIEFGEN_CACHE")
    return Path(named) if named else root / ".cache" / "briefgen"


def ledger_of(root: Path) -> Made[Ledger]:
    """The ledger of the workspace at `root`.

    One that the settings or the environment name may be shared, and its runs bear the name of the
    workspace. One that has no place (LGR103) says so when it is used, as a warning.
    Reports: LOD1xx if a ledger is named and the settings have errors.
    """
    from briefgen.ledger.ledger import open_ledger
    from briefgen.ledger.location import VARIABLE, ledger_location

    data, settings, places, out = data_folder(root), None, SourceMap(), Collector()
    if os.environ.get(VARIABLE) or _LEDGER.search(data.peek(MARK.name, out) or b""):
        from briefgen.load.shared import read_record
        from briefgen.model.workspace import Settings

        settings = read_record(data, MARK.name, Settings, "settings", places, out)
    if has_errors(out.findings):
        return out.made(None)
    configured, name = (settings.ledger, settings.name) if settings else (None, None)
    location = ledger_location(root, configured, places.value(("settings", "ledger")))
    return Made(open_ledger(location.value or "", workspace=name, refused=location.findings))


def open_workspace(root: Path) -> Made[Workspace]:
    """Read what all briefings of the workspace share.

    Reports: LOD1xx to LOD3xx of the shared files, labels and themes.
    """
    from briefgen.load.shared import load_shared
    from briefgen.load.templates import load_templates

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
