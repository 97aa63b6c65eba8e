"""What editors read: the schemas in a workspace, and the settings that say which file has which."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from briefgen.diagnostics.finding import Collector, Severity
from briefgen.diagnostics.place import Place

SCHEMAS, SETTINGS, EXTENSIONS = ".schemas", ".vscode/settings.json", ".vscode/extensions.json"
MAPPING, RECOMMENDED = "yaml.schemas", "recommendations"
YAML_EXTENSION = "redhat.vscode-yaml"

_BRIEFING = "data/briefings/*"
WHERE: dict[str, tuple[str, ...]] = {
    "attestations": (f"{_BRIEFING}/attestations",),
    "briefing": (f"{_BRIEFING}/briefing",),
    "brokerage": ("data/brokerages/*",),
    "datapackage": (f"{_BRIEFING}/tables/datapackage",),
    "disclosures": ("data/disclosures/*",),
    "exhibits": (f"{_BRIEFING}/exhibits",),
    "facts": (f"{_BRIEFING}/facts",),
    "glossary": ("data/glossary",),
    "holidays": ("data/holidays",),
    "recommendations": (f"{_BRIEFING}/recommendations",),
    "relations": (f"{_BRIEFING}/relations",),
    "sources": ("data/sources",),
    "theme": ("templates/themes/*",),
    "units": ("data/units",),
    "waivers": (f"{_BRIEFING}/waivers",),
    "workspace": ("data/workspace",),
}
"""Where the files of each kind stand, without `.yaml`."""


def editor_files(root: Path, out: Collector) -> dict[Path, str]:
    """The text of each file for editors that the workspace at `root` lacks, or has otherwise.

    Settings that are there already are kept, and ours are added.
    Reports: WSP109.
    """
    globs = {f"./{SCHEMAS}/{kind}.schema.json": globs_of(kind) for kind in WHERE}
    files = {root / SCHEMAS / f"{kind}.schema.json": _schema(kind) for kind in WHERE}
    files |= _with_ours(root / SETTINGS, root, MAPPING, globs, out)
    files |= _with_ours(root / EXTENSIONS, root, RECOMMENDED, [YAML_EXTENSION], out)
    return {
        file: text
        for file, text in files.items()
        if not file.is_file() or file.read_bytes() != text.encode()
    }


@cache
def _schema(kind: str) -> str:
    from briefgen.cli.schema import json_schema

    return _as_json(json_schema(kind), 1)


def globs_of(kind: str) -> list[str]:
    """The files of a kind; those of a briefing may be of one language: `facts.en.yaml`."""
    ends = (".yaml", ".*.yaml") if WHERE[kind][0].startswith(_BRIEFING) else (".yaml",)
    return [f"{name}{end}" for name in WHERE[kind] for end in ends]


def _with_ours(
    file: Path, root: Path, key: str, ours: dict[str, list[str]] | list[str], out: Collector
) -> dict[Path, str]:
    """The settings of an editor with ours under `key`; nothing when they are there.

    Reports: WSP109 for a file that is more than JSON, as editors allow: it may hold comments.
    """
    if not file.exists():
        return {file: _as_json({key: ours}, 2)}
    text, known = _read(file)
    held = known.get(key, type(ours)()) if isinstance(known, dict) else None
    if isinstance(held, dict) and isinstance(ours, dict):
        return {} if held | ours == held else {file: _as_json({**known, key: held | ours}, 2)}
    if isinstance(held, list) and isinstance(ours, list):
        new = [one for one in ours if one not in held]
        return {file: _as_json({**known, key: [*held, *new]}, 2)} if new else {}
    if known is None and all(json.dumps(one) in text for one in ours):
        return {}
    shown = file.relative_to(root).as_posix()
    entry = json.dumps({key: ours}, ensure_ascii=False)
    out.report(
        "WSP109",
        f"cannot add `{key}` to the settings of the editor",
        Place(shown),
        help=f"write it in yourself: {entry}",
        severity=Severity.WARNING,
    )
    return {}


def _read(file: Path) -> tuple[str, Any]:
    """The text of a file, and what it says; None where it is no JSON that can be written again."""
    try:
        text = file.read_text(encoding="utf-8")
        known = json.loads(text)
        json.dumps(known, ensure_ascii=False).encode()
    except IsADirectoryError:
        return "", None
    except UnicodeDecodeError:
        return "", None
    except ValueError:
        return text, None
    return text, known


def _as_json(data: Any, indent: int) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"
