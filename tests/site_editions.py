"""Editions as `briefgen build` leaves them, made in milliseconds, for tests of the site."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from briefgen.load.site_templates import load_site_templates
from briefgen.publish.attachments import Attachment, attach
from briefgen.publish.manifest import as_json, manifest
from briefgen.publish.sealed import REPORT, for_readers
from briefgen.publish.site.setting import Setting

TEMPLATES = Path(__file__).parents[1] / "templates"


@cache
def setting(own: Path | None = None, **changes: Any) -> Setting:
    templates = load_site_templates(TEMPLATES, own).value
    assert templates is not None
    words = {
        language: yaml.safe_load((TEMPLATES / f"labels/{language}.yaml").read_text("utf-8"))
        for language in ("zh-CN", "en")
    }
    given = {"name": "示例工作区", "language": "zh-CN", "url": None}
    return Setting(templates=templates, words=words, **(given | changes))


def record(slug: str, **changes: Any) -> dict[str, Any]:
    """The record of a build."""
    finding = {"code": "CHK103", "message": "`old` is old", "severity": "warning"}
    verdict = {"code": "CHK103", "name": "stale-source", "pack": "CHK", "outcome": "fail"}
    scope = [{"pack": "CHK", "runs": True}, {"pack": "CN", "runs": False}]
    return {
        "slug": slug,
        "title": "一份点评",
        "house": "示例证券",
        "brokerage": "示例证券股份有限公司",
        "brand": "#8c1d2b",
        "sector": "计算机",
        "kind": "行业点评",
        "date": "2024-03-25",
        "released_at": None,
        "language": "zh-CN",
        "issuance": "reconstruction",
        "nature": "reconstruction",
        "original": "一份报告",
        "rating": {"label": "强于大市", "action": "maintain"},
        "securities": ["示例甲 000000.SZ"],
        "pages": 7,
        "figures": 2,
        "tables": 1,
        "inputs": {"data/sources.yaml": "cd" * 32},
        "findings": [finding],
        "check": {
            "digest": "ab" * 32,
            "scope": scope,
            "verdicts": [{**verdict, "reasons": ["`old` is of 2001"]}],
            "waivers": [],
        },
    } | changes


def edition(
    output: Path,
    slug: str = "note",
    edit: Callable[[dict[str, Any]], None] = lambda record: None,
    **changes: Any,
) -> Path:
    """Write the edition of a record; `edit` changes its manifest, not what the PDF carries."""
    made = record(slug, **changes)
    report = as_json(for_readers(made))
    files = {
        f"{slug}.html": f"<h1>{made['title']}</h1>".encode(),
        f"{slug}.pdf": pdf({REPORT: report}),
        "evidence.json": b"{}\n",
        "exhibits.xlsx": b"PK",
    }
    edit(made)
    files["manifest.json"] = manifest(made, files)
    folder = output / slug
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def pdf(attachments: dict[str, bytes]) -> bytes:
    """A PDF of one empty page that carries these files."""
    from pikepdf import Pdf

    empty = io.BytesIO()
    with Pdf.new() as document:
        document.add_blank_page()
        document.save(empty, deterministic_id=True)
    return attach(
        empty.getvalue(),
        (Attachment(n, c, "application/json", "Supplement", n) for n, c in attachments.items()),
        None,
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
