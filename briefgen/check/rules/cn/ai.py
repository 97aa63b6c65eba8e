"""CN-32: text that a model made says so, to readers and to machines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem
from briefgen.check.rules.cn.identity import first_page
from briefgen.check.rules.cn.publishing import undeclared
from briefgen.model.output import Output

LABEL = "AIGC"
"""The name of the label in the metadata."""

_VISIBLE = ("人工智能", "artificialintelligence")


def ai_label_missing(dossier: Dossier) -> Iterator[Answer]:
    """What part a model had in the text is unknown, or is not labelled.

    Why: generated and synthesised content carries a visible label and one label in the metadata of
    the file, with who produced it and under which number (标识办法, GB 45438-2025). Whether the law
    applies to a tool of the house is for counsel; not to know the part of a model is no answer.

    Bad:  ai_content: {use: unknown}, or {use: assisted} without `provider`
    Good: ai_content: {use: none}, or {use: assisted, provider: …, content_id: …}
    """
    yield from undeclared(dossier)
    publication = dossier.briefing.front.publication
    if publication is None or publication.ai_content.use == "none":
        return
    ai, path = publication.ai_content, ("front", "publication", "ai_content")
    if ai.use == "unknown":
        message = "it is not declared what part a generative model had in the text"
        help_line = "write `ai_content: {use: none}`, `assisted` or `generated`"
        yield Problem(path, message, help_line, subject="use")
        return
    for field in ("provider", "content_id"):
        if getattr(ai, field) is None:
            message = f"the text is `{ai.use}` by a model, and the label has no `{field}`"
            yield Problem(path, message, f"add `{field}` to `ai_content:`", subject=field)
    output = dossier.output or Output()
    for form, text in first_page(output).items():
        if not any(words in text.casefold() for words in _VISIBLE):
            message = f"the first page of the {form} does not say that a model had a part in it"
            help_line = "keep the line in templates/blocks/reference.html.j2"
            yield Problem(path, message, help_line, subject=f"visible {form}")
    for form, labels in (
        ("HTML", output.html_metadata if output.blocks else None),
        ("PDF", output.pdf_metadata if output.pages else None),
    ):
        if labels is not None and not _is_label(labels.get(LABEL, ""), ai.content_id):
            message = f"the metadata of the {form} have no label `{LABEL}` with the content number"
            help_line = f"keep `<meta name={LABEL}>` in templates/briefing.html.j2"
            yield Problem(path, message, help_line, subject=f"metadata {form}")


def _is_label(text: str, content_id: str | None) -> bool:
    """Whether a text is a label as the standard writes it."""
    try:
        label = json.loads(text)
    except ValueError:
        return False
    return (
        isinstance(label, dict)
        and {"Label", "ContentProducer"} <= set(label)
        and (content_id is None or label.get("ProduceID") == content_id)
    )
