"""The digest of what is checked, attested and published."""

from __future__ import annotations

import hashlib

from briefgen.model.briefing import Briefing
from briefgen.model.workspace import Templates


def digest(briefing: Briefing, templates: Templates) -> str:
    """SHA-256 of a briefing with all that it names, and of the templates that will write it."""
    found = hashlib.sha256(briefing.model_dump_json().encode())
    for name, text in sorted(templates.files.items()):
        found.update(f"\0{name}\0{text}".encode())
    return found.hexdigest()
