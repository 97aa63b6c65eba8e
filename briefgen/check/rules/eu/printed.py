"""Whether what must be disclosed has a place in the report, and stands there in the end."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.check.saying import squeezed


def no_place_to_print(dossier: Dossier, what: str) -> Iterator[Problem]:
    """That there is no section of disclosures, in which this would be printed."""
    if "disclosures" not in {section.kind for section in dossier.briefing.front.sections}:
        yield Problem(
            ("front", "sections"),
            f"the report says nowhere {what}: it has no section `disclosures`",
            "add `- {kind: disclosures, title: …}` to `sections`",
            subject="section",
        )


def not_said(dossier: Dossier, *words: str) -> Iterator[Problem]:
    """That a file of the finished edition lacks a sentence with all these words."""
    output = dossier.output
    if output is None:
        return
    wanted = [squeezed(word) for word in words]
    html = [squeezed(block.text) for block in output.blocks]
    pdf = squeezed(output.pdf_text)
    says = {
        "HTML": not html or any(all(word in block for word in wanted) for block in html),
        "PDF": not pdf or all(word in pdf for word in wanted),
    }
    for form in (form for form, is_said in says.items() if not is_said):
        told = " and ".join(f"“{word}”" for word in words)
        yield Problem(
            ("front", "sections"),
            f"no sentence of the {form} names {told}",
            "the template `blocks/statements.html.j2` must write it",
            subject=f"{form} {words[0]}",
        )
