"""Where a report for the United States has its disclosures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from briefgen.check.compliance.printed import disclosed, not_printed, unsaid
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown
from briefgen.check.rules.us.issuers import issuers
from briefgen.check.saying import squeezed
from briefgen.model.output import Output
from briefgen.model.statements import statements

POINTER = re.compile(
    r"(?:披露|声明)[^。]{0,30}第(\d+)页|disclosures?[^.]{0,80}?pages?(\d+)", re.IGNORECASE
)
"""In a text without white space."""

COMPENDIUM = 6
LISTS = ("positions", "banking", "market_making", "officers", "declarations")


def us_prominence(dossier: Dossier) -> Iterator[Answer]:
    """The first page has neither the disclosures nor a pointer to their page, or it points astray.

    Why: FINRA Rule 2241 wants disclosures on the front page, or there the page on which they are
    found. The page that is named must have them, and every statement that the facts call for must
    stand there.

    Bad:  请阅读文末免责声明, and no page number
    Good: 重要披露、分析师声明与利益披露自第 7 页起
    """
    output = dossier.output
    if output is None or not issuers(dossier):
        return
    if not output.pages:
        yield Unknown("there is no PDF to look at", "build the PDF too: `--format pdf`")
        return
    texts = disclosed(dossier, output)
    made = statements(dossier.briefing)
    for statement in made:
        yield from not_printed(dossier, statement, texts, statement.securities)
    front = (squeezed(output.pages[0]),)
    if any(list(unsaid(one, front, dossier)) for one in made):
        yield from _pointed_to(dossier, output)


def _pointed_to(dossier: Dossier, output: Output) -> Iterator[Problem]:
    """What is wrong with the pointer on the first page."""
    match = POINTER.search(squeezed(output.pages[0]))
    help_line = "print it: `blocks/disclosure-pointer.html.j2` in `briefing.html.j2`"
    if match is None:
        message = "the first page has neither the disclosures nor the number of their page"
        yield Problem(("front", "sections"), message, help_line, subject="pointer")
        return
    number = int(match[1] or match[2])
    titles = [s.title for s in dossier.briefing.front.sections if s.kind == "disclosures"]
    if number > len(output.pages):
        found = f"page {number}, and there are {len(output.pages)}"
    elif not any(_begins(title, output.pages[number - 1]) for title in titles):
        found = f"page {number}, where “{'” or “'.join(titles)}” does not begin"
    else:
        return
    message = f"the first page points to {found}"
    yield Problem(("front", "sections"), message, help_line, subject="pointer")


def _begins(title: str, page: str) -> bool:
    """Whether a line of a page is the heading of a section, with or without its number."""
    heading = re.compile(rf"[\dIVX.]{{0,4}}{re.escape(squeezed(title))}")
    return any(heading.fullmatch(squeezed(line)) for line in page.splitlines())


def us_compendium(dossier: Dossier) -> Iterator[Answer]:
    """A report on six or more issuers without their disclosures and without where they are found.

    Why: a report on six or more companies may say where the disclosures are found instead of
    printing them, and one on fewer may not. The citation is from memory and runs as a warning
    until a lawyer confirms it. The form of the address is checked; whether it answers is not.

    Bad:  seven securities, no list `positions`, no `disclosures_url`
    Good: disclosures_url: https://www.example.com/disclosures
    """
    publication, count = dossier.briefing.front.publication, len(issuers(dossier))
    facts = dossier.briefing.disclosure_facts
    absent = [name for name in LISTS if getattr(facts, name) is None]
    url, path = publication.disclosures_url if publication else None, ("front", "publication")
    if url is not None and not _is_address(url):
        message = f"`{url}` is no address that a reader can open"
        yield Problem((*path, "disclosures_url"), message, "write it whole: `https://…`")
    if not absent or not count:
        return
    lacking = ", ".join(f"`{name}`" for name in absent)
    if count < COMPENDIUM:
        message = (
            f"the report is on {count} issuers, fewer than {COMPENDIUM}: it must print all "
            f"disclosures itself, and has nothing to print for {lacking}"
        )
        yield Problem(("disclosure_facts",), message, "add the lists", subject="lists")
    elif url is None:
        message = (
            f"the report is on {count} issuers, has nothing to print for {lacking}, and does not "
            "say where their disclosures are found"
        )
        yield Problem(path, message, "give `disclosures_url`", subject="pointer")


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and "." in parts.netloc and " " not in url
