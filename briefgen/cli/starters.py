"""Starting points for workspaces, briefings and brokerages, written whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from briefgen.cli.answers import LANGUAGES, Answers
from briefgen.cli.editors import SCHEMAS, editor_files
from briefgen.cli.starter_texts import filled, starting_files, words_in
from briefgen.cli.write_whole import Files, write_whole
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


def new_workspace(answers: Answers) -> Made[list[Path]]:
    """Write a workspace with one small briefing, which builds; the files that were written.

    Reports: WSP107.
    """
    out, language = Collector(), answers.language
    said = words_in(language)
    if answers.house is not None:
        said |= {"house": answers.house, "legal_name": answers.house}
    written = {"language": language, "colour": answers.colour}
    texts = starting_files(bundled_templates() / STARTER, language, said, written)
    files = {answers.folder / path: text for path, text in texts.items()}
    files |= editor_files(answers.folder, out)
    return write_whole(files, Path.cwd(), out)


def new_briefing(
    workspace: Workspace, slug: str, brokerage: str, language: str | None
) -> Made[list[Path]]:
    """Write a small briefing that builds; the files that were written or added to.

    Without a language, it is written in the first one that the house has a name in.

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
    start, chosen = bundled_templates() / BRIEFING, language or _language_of(house)
    said, written = words_in(chosen), _written(slug, brokerage, house, chosen)
    texts = starting_files(start / "briefing", chosen, said, written)
    files = {folder / path: text for path, text in texts.items()}
    for name in REGISTERS:
        entry = filled((start / name).read_text(encoding="utf-8"), ".yaml", said, written)
        files |= _with_entry(data.path / name, entry, workspace, out)
    files |= _schemas_once(workspace, out)
    return write_whole(files, workspace.root, out)


def new_brokerage(workspace: Workspace, brokerage: str, language: str) -> Made[list[Path]]:
    """Write a brokerage to be filled in; the files that were written.

    Reports: WSP102, WSP105, WSP107.
    """
    out = Collector()
    file = workspace.data.path / "brokerages" / f"{brokerage}.yaml"
    if not _is_free("brokerage", brokerage, file, workspace, out):
        return out.made(None)
    text = (bundled_templates() / BROKERAGE / "brokerage.yaml").read_text(encoding="utf-8")
    files = {file: filled(text, ".yaml", words_in(language), {"language": language})}
    files |= _schemas_once(workspace, out)
    return write_whole(files, workspace.root, out)


def _schemas_once(workspace: Workspace, out: Collector) -> Files:
    """What editors read, for a workspace that has no schemas yet. Reports: WSP109."""
    is_there = (workspace.root / SCHEMAS).exists()
    return {} if is_there else editor_files(workspace.root, out)


def _language_of(house: Brokerage) -> str:
    known = [language for language in house.names if language in LANGUAGES]
    return LANGUAGES[0] if LANGUAGES[0] in known or not known else known[0]


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


def _written(slug: str, brokerage: str, house: Brokerage, language: str) -> dict[str, str]:
    """What stands in for the names in the starting point as it is; `# ` takes a line out."""
    date = re.search(r"\d{4}-\d{2}(-\d{2})?$", slug)
    return {
        "package": slug,
        "language": language,
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
