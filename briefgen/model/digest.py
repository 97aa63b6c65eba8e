"""The digest of what is checked, attested and published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from briefgen.model.briefing import Briefing
from briefgen.model.release import Waiver
from briefgen.model.workspace import Templates


def digest(briefing: Briefing, waivers: Iterable[Waiver], templates: Templates) -> str:
    """SHA-256 of a briefing with all that it names, what is waived, and the templates."""
    found = hashlib.sha256(briefing.model_dump_json().encode())
    for waiver in waivers:
        found.update(f"\0{waiver.model_dump_json()}".encode())
    for name, text in sorted(templates.files.items()):
        found.update(f"\0{name}\0{text}".encode())
    return found.hexdigest()
