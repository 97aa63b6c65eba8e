"""Where the ledger of a workspace is."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote, unquote

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import Place

VARIABLE = "BRIEFGEN_LEDGER"
"""The environment variable that goes before the setting; it may hold a password."""
FILE = Path("output/ledger.sqlite3")
SCHEMES = ("postgresql://", "postgres://")

_NAME = re.compile(r"\$\{(\w*)\}")
_PASSWORD = re.compile(r"://[^/@:]*:(.+)@")
_HOST = r"(?:[\w.%-]*|\[[\w:.%]*\])(?::\d*)?"
_URL = re.compile(
    rf"(?P<scheme>\w+://)(?:[^/?#@]*@)?(?P<host>{_HOST}(?:,{_HOST})*)"
    r"(?P<database>(?:/[^/?#@]*)?)(?:\?[^#@]*)?"
)
"""A URL of which it is certain what is a password, and what is not."""
UNREADABLE = "the URL cannot be read"


def ledger_location(root: Path, configured: str | None, place: Place | None = None) -> Made[str]:
    """A path or the URL of a database: `BRIEFGEN_LEDGER`, else the setting, else a file.

    `configured` is the text of the setting as it is written, so that no password is kept anywhere;
    a path counts from the root of the workspace.
    Reports: LGR103, at `place`.
    """
    out = Collector()
    written = os.environ.get(VARIABLE)
    if not written:
        written = _filled(configured, place, out) if configured else str(FILE)
    if written is None:
        return Made(None, tuple(out.findings))
    if "://" not in written:
        return Made(str(root / written))
    if not written.startswith(SCHEMES):
        scheme = written.partition("://")[0]
        help_line = "a path, or `postgresql://user:${PGPASSWORD}@host/database`"
        out.report("LGR103", f"no ledger can be kept in `{scheme}`", place, help_line)
    elif not _URL.fullmatch(written):
        help_line = "in user and password `/` is written `%2F`, `@` `%40`, `:` `%3A`, `#` `%23`"
        out.report("LGR103", UNREADABLE, place, help_line)
    return out.made(written)


def variables(configured: str | None) -> list[str]:
    """The environment variables that say where the ledger is."""
    return [VARIABLE] if os.environ.get(VARIABLE) else _NAME.findall(configured or "")


def shown(location: str) -> str:
    """A location for people: a path as seen from here, of a URL scheme, host and database."""
    if location.startswith(SCHEMES):
        found = _URL.fullmatch(location)
        scheme = location.partition("://")[0]
        return found["scheme"] + found["host"] + found["database"] if found else f"{scheme}://…"
    here = Path.cwd()
    return (
        str(Path(location).relative_to(here)) if Path(location).is_relative_to(here) else location
    )


def without_password(text: str, location: str) -> str:
    """A text that may quote a location, without the passwords that stand in it."""
    if not location.startswith(SCHEMES):
        return text
    if not _URL.fullmatch(location):
        return UNREADABLE
    for password in _passwords(location):
        for written in {password, unquote(password)} - {""}:
            text = text.replace(written, "…")
    return text


def _passwords(url: str) -> list[str]:
    """The passwords in a URL, as they are written there."""
    found = _PASSWORD.findall(url)
    for parameter in url.partition("?")[2].split("&"):
        name, _, value = parameter.partition("=")
        if value and unquote(name).strip().lower().endswith("password"):
            found.append(value)
    return found


def _filled(written: str, place: Place | None, out: Collector) -> str | None:
    """The setting with `${NAME}` taken from the environment; user and password are quoted."""
    if "://" in written and not all(map(_NAME.fullmatch, _passwords(written))):
        help_line = "take it from the environment: `${PGPASSWORD}`"
        out.report("LGR103", "a password stands in the setting `ledger`", place, help_line)
        return None
    missing = [name for name in _NAME.findall(written) if name not in os.environ]
    for name in missing:
        message = f"the environment variable `{name}` is not set"
        out.report("LGR103", message, place, f"export {name}=…" if name else None)
    if missing:
        return None
    is_url = "://" in written

    def value(found: re.Match[str]) -> str:
        is_part = is_url and found.start() > 0
        return quote(os.environ[found[1]], safe="") if is_part else os.environ[found[1]]

    return _NAME.sub(value, written)
