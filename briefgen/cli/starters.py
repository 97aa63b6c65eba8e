"""Starting points for briefings and brokerages, written into a workspace whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from pydantic import TypeAdapter, ValidationError

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import Place, SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.shared import brokerage_ids, load_brokerage
from briefgen.load.templates import STARTER
from briefgen.load.yaml_nodes import read_yaml
from briefgen.model.brokerage import Brokerage
from briefgen.model.value import Period, Slug
from briefgen.workspace import Workspace, bundled_templates

BRIEFING, BROKERAGE = f"{STARTER}-briefing", f"{STARTER}-brokerage"
REGISTERS = ("sources.yaml", "units.yaml")
"""Files that all briefings share, and that a new one may add an entry to."""
EXAMPLE_DATE = "2026-01-05"

Files = dict[Path, str]
"""Whole texts by the files that they go into."""


def new_briefing(workspace: Workspace, slug: str, brokerage: str) -> Made[list[Path]]:
    """Write a small briefing that builds; the files that were written or added to.

    Reports: WSP102, WSP105, WSP106, WSP107, LOD1xx of the brokerage's file.
    """
    out, data = Collector(), workspace.data
    folder = data.path / "briefings" / slug
    if not _is_free("briefing", slug, folder, workspace, out):
        return out.made(None)
    known = brokerage_ids(data)
    if brokerage not in known:
        message = f"there is no brokerage `{brokerage}`"
        help_line = did_you_mean(brokerage, known) or f"briefgen new brokerage {brokerage}"
        out.report("WSP106", message, help=help_line)
        return out.made(None)
    house = load_brokerage(data, brokerage, SourceMap(), out)
    if house is None:
        return out.made(None)
    start, words = bundled_templates() / BRIEFING, _words(slug, brokerage, house)
    sources = sorted(path for path in (start / "briefing").rglob("*") if path.is_file())
    files: Files = {
        folder / path.relative_to(start / "briefing"): _filled(path, words) for path in sources
    }
    for name in REGISTERS:
        entry = (start / name).read_text(encoding="utf-8")
        files |= _with_entry(data.path / name, entry, workspace, out)
    return _written(files, workspace, out)


def new_brokerage(workspace: Workspace, brokerage: str) -> Made[list[Path]]:
    """Write a brokerage to be filled in; the file that was written.

    Reports: WSP102, WSP105, WSP107.
    """
    out = Collector()
    file = workspace.data.path / "brokerages" / f"{brokerage}.yaml"
    if not _is_free("brokerage", brokerage, file, workspace, out):
        return out.made(None)
    start = bundled_templates() / BROKERAGE / "brokerage.yaml"
    return _written({file: _filled(start, {})}, workspace, out)


def _is_free(kind: str, name: str, path: Path, workspace: Workspace, out: Collector) -> bool:
    """Whether a name has the right form and is not taken.

    Reports: WSP102, WSP105.
    """
    if not _is_a(Slug, name) or "." in name:  # `name.en` is the English edition of `name`
        help_line = "a name holds small letters, digits and single hyphens"
        out.report("WSP102", f"`{name}` is no name of a {kind}", help=help_line)
        return False
    if path.exists() or path.is_symlink():
        shown = path.relative_to(workspace.root).as_posix()
        help_line = "nothing was changed; take another name"
        out.report("WSP105", f"there is a {kind} `{name}` already", Place(shown), help_line)
        return False
    return True


def _words(slug: str, brokerage: str, house: Brokerage) -> dict[str, str]:
    """What stands in for the names in the starting point; `# ` takes a line out."""
    date = re.search(r"\d{4}-\d{2}(-\d{2})?$", slug)
    return {
        "package": slug,
        "brokerage": brokerage,
        "date": date[0] if date and _is_a(Period, date[0]) else EXAMPLE_DATE,
        "labels": "; ".join(
            f"{kind}: {', '.join(scheme.labels)}" for kind, scheme in house.schemes.items()
        )
        or "none yet",
        "unless_disclosed": "" if house.disclosures or house.offices else "# ",
    }


def _is_a(kind: Any, text: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


def _filled(path: Path, words: Mapping[str, str]) -> str:
    return Template(path.read_text(encoding="utf-8")).safe_substitute(words)


def _with_entry(file: Path, entry: str, workspace: Workspace, out: Collector) -> Files:
    """The text of a register with an entry at its end; nothing when it has that entry already.

    Reports: WSP107 for a register that cannot be added to like this.
    """
    before = file.read_bytes().decode()  # line ends stay what they are
    known, added = _entries(before), _entries(entry)
    if added.keys() <= known.keys():
        return {}
    after = before + ("" if before.endswith("\n") or not before else "\n") + entry
    if _entries(after) != known | added:
        shown = file.relative_to(workspace.root).as_posix()
        names = ", ".join(f"`{name}`" for name in added)
        help_line = f"write it in yourself: {' '.join(entry.split())}"
        out.report("WSP107", f"cannot add {names} at the end", Place(shown), help_line)
        return {}
    return {file: after}


def _entries(text: str) -> dict[str, Any]:
    """The entries of a YAML file by name; none for a file that is no mapping."""
    found = read_yaml(text.removeprefix("\ufeff"), "", (), SourceMap(), out := Collector())
    return found if isinstance(found, dict) and not out.findings else {}


def _written(files: Files, workspace: Workspace, out: Collector) -> Made[list[Path]]:
    """Write all files; after an error, what was there before is there again.

    Reports: WSP107.
    """
    if out.findings:
        return out.made(None)
    before: dict[Path, bytes | None] = {}
    made: list[Path] = []
    try:
        for file, text in files.items():
            new = [parent for parent in file.parents if not parent.exists()]
            for parent in reversed(new):
                parent.mkdir()
                made.append(parent)
            before[file] = file.read_bytes() if file.exists() else None
            file.write_bytes(text.encode())
    except OSError as error:
        _undo(before, made)
        reason = (error.strerror or str(error)).lower()
        failed = Path(error.filename or workspace.root).relative_to(workspace.root).as_posix()
        out.report("WSP107", f"cannot write `{failed}`: {reason}", help="nothing was changed")
        return out.made(None)
    return out.made(list(files))


def _undo(before: Mapping[Path, bytes | None], made: list[Path]) -> None:
    for file, content in before.items():
        if content is None:
            file.unlink(missing_ok=True)
        elif file.read_bytes() != content:
            file.write_bytes(content)
    for folder in reversed(made):
        folder.rmdir()
