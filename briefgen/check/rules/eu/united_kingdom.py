"""The rule of the United Kingdom on research that is not independent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown

LIMBS: dict[str, dict[str, re.Pattern[str]]] = {
    "zh": {
        "that it is a marketing communication": re.compile("营销性?(?:资料|材料|通讯|传播)"),
        "that it was not prepared under the rules for independent research": re.compile(
            "未(?:有)?按[^。]{0,20}独立性[^。]{0,20}(?:编制|制作)"
        ),
        "that dealing ahead of it is not prohibited": re.compile(
            "不受[^。]{0,30}(?:禁止|限制)[^。]{0,10}(?:交易|限制)"
        ),
    },
    "en": {
        "that it is a marketing communication": re.compile(
            "marketing communication", re.IGNORECASE
        ),
        "that it was not prepared under the rules for independent research": re.compile(
            r"not\s+been\s+prepared\s+in\s+accordance\s+with[^.]*independence", re.IGNORECASE
        ),
        "that dealing ahead of it is not prohibited": re.compile(
            r"not\s+subject\s+to\s+any\s+prohibition\s+on\s+dealing\s+ahead", re.IGNORECASE
        ),
    },
}
"""What such a report must say, and how a sentence that says it is known, by language."""


def marketing_communication_unlabelled(dossier: Dossier) -> Iterator[Answer]:
    """Research that is not independent, and does not say so in the three ways that are asked.

    Why: COBS 12.3.2R: such a report is identified as a marketing communication, and states that
    it was not prepared under the requirements for independent research and that no prohibition on
    dealing ahead applies. The text that was read is that of 2009.

    Bad:  independent: false, and no section `disclosures` to say it in
    Good: independent: false; the template writes the three statements
    """
    briefing, output = dossier.briefing, dossier.output
    publication = briefing.front.publication
    if publication is None:
        help_line = "add `publication: {independent: …}` to briefing.yaml"
        yield Unknown("nothing says whether the research is independent", help_line)
        return
    if publication.independent or output is None:
        return
    limbs = LIMBS.get(briefing.language.split("-")[0])
    if limbs is None:
        yield Unknown(f"the statements are not known in the language `{briefing.language}`")
        return
    forms = {"HTML": output.html_text, "PDF": re.sub(r"(?<=[^\x00-\x7f])\s+", "", output.pdf_text)}
    for form, text in forms.items():
        unsaid = [what for what, pattern in limbs.items() if text and not pattern.search(text)]
        if unsaid:
            told = "; nor ".join(unsaid)
            yield Problem(
                ("front", "publication", "independent"),
                f"the research is not independent, and the {form} does not say {told}",
                "add a section `disclosures`; the template writes the three statements into it",
                subject=form,
            )
