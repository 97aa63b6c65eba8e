"""Libraries that only some tables need; each kind of table is an extra of the package."""

from __future__ import annotations

from importlib.util import find_spec

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Place


def has_extra(extra: str, modules: tuple[str, ...], place: Place | None, out: Collector) -> bool:
    """Whether the modules of an extra are installed.

    Reports: LOD308.
    """
    missing = [name for name in modules if find_spec(name) is None]
    for name in missing:
        message = f"this needs the library `{name}`, which is not installed"
        out.report("LOD308", message, place, f"pip install 'briefgen[{extra}]'")
    return not missing
