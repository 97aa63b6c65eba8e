"""The fonts that a theme names, against those that are installed."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.diagnostics.finding import Finding, Severity
from briefgen.diagnostics.place import SourceMap
from briefgen.diagnostics.suggest import nearest
from briefgen.model.theme import Fonts, UsedFace
from briefgen.toolchain import fonts as installed
from briefgen.toolchain.fonts import WEIGHTS

_DOCTOR = "`briefgen doctor` says how to install it"


def used_faces(fonts: Fonts) -> tuple[UsedFace, ...]:
    """The regular and bold faces of the theme's families, as far as they are installed."""
    found = []
    for face in (face for family in fonts.families for face in installed.faces(family)):
        digest, builds = installed.digest(face.file), fonts.builds(face.family, face.weight)
        found.append(
            UsedFace(
                family=face.family,
                weight=face.weight,
                file=face.file.name,
                sha256=digest,
                is_pinned=digest in builds if builds else None,
            )
        )
    return tuple(found)


def font_findings(fonts: Fonts, theme: str, places: SourceMap) -> Iterator[Finding]:
    """What is wrong with the fonts of a theme on this machine.

    Reports: ENV101, ENV102, ENV103.
    """
    file = f"themes/{theme}.yaml"
    if not installed.has_fontconfig():
        yield Finding("ENV102", "fontconfig is missing: there is no `fc-list`", None, _DOCTOR)
        return
    for role in ("sans", "serif"):
        family, place = getattr(fonts, role), places.value((file, "fonts", role))
        message = lack(family)
        if message and (role == "sans" or family != fonts.sans):
            near = None if installed.faces(family) else nearest(family, installed.families())
            help_line = f"did you mean `{near}`? {_DOCTOR}" if near else _DOCTOR
            yield Finding("ENV101", message, place, help_line)
    for face in used_faces(fonts):
        if face.is_pinned is False:
            name = WEIGHTS[face.weight]
            place = places.key((file, "fonts", "pins", face.family, name))
            text = (
                f"the {name} face of `{face.family}` is another build than the theme pins, so the "
                f"bytes of the PDF will differ: `{face.file}` has SHA-256 {face.sha256}"
            )
            help_line = f"install the pinned build, or add this digest to `{name}` here"
            yield Finding("ENV103", text, place, help_line, Severity.WARNING)


def lack(family: str) -> str | None:
    """What of a family is not installed, in words; None if both faces are."""
    weights = {face.weight for face in installed.faces(family)}
    lacking = [name for weight, name in WEIGHTS.items() if weight not in weights]
    there = installed.styles(family)
    if not lacking:
        return None
    if not there:
        return f"font `{family}` is not installed"
    which = " and ".join(lacking)
    return f"font `{family}` is installed without {which}; there is {', '.join(there)}"
