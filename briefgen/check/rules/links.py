"""The rule on where a finished edition leads."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.passages import markdown_texts
from briefgen.check.rule import Answer, Problem, Rule, Unknown
from briefgen.diagnostics.finding import Severity
from briefgen.diagnostics.place import NamedPlace
from briefgen.model.briefing import Briefing
from briefgen.model.markdown import pieces


def link_not_given(dossier: Dossier) -> Iterator[Answer]:
    """A link in HTML or PDF that no data give, or one in the HTML that leads nowhere.

    Why: who opens a report must not be led, or counted, by an address that nobody at the house has
    seen. The data give the addresses of sources (`url`), those of the publication, the website of
    the house and the mail of its offices, and the links that authors write into texts; an edition
    in another language is the file beside it. Templates add none, and fetch nothing.

    Bad:  <img src="https://example.com/count.gif"> in a template
    Good: url: https://www.example.com/report in `sources.yaml`
    """
    output, briefing = dossier.edition, dossier.briefing
    given = set(_given(briefing))
    made = {"html": bool(output.blocks), "pdf": bool(output.pages)}
    for form, is_made in made.items():
        if not is_made:
            yield Unknown(f"no {form.upper()} was made", "build both, HTML and PDF", subject=form)
        for address in output.links.get(form, ()):
            place = NamedPlace(f"{briefing.slug}.{form}", name="the links")
            if address.startswith("#"):
                message = f"the link to `{address}` leads nowhere"
                help_line = "see the templates: no element has this `id`"
            elif address not in given:
                message = f"no data give the link to `{address}`"
                help_line = "give it as `url` of a source, or take it out of the templates"
            else:
                continue
            yield Problem((), message, help_line, subject=address, place=place)


def _given(briefing: Briefing) -> Iterator[str]:
    yield from (source.url for source in briefing.sources.values() if source.url)
    house = briefing.brokerage
    yield from (f"mailto:{office.mail}" for office in house.offices if office.mail)
    if house.website:
        yield house.website
    yield from briefing.alternate_links().values()
    if publication := briefing.front.publication:
        links = (publication.disclosures_url, publication.history_url)
        yield from (link for link in links if link)
        if publication.originator and publication.originator.link:
            yield publication.originator.link
    for _, text in markdown_texts(briefing):
        yield from (piece.text for piece in pieces(text) if piece.kind == "site")


LINKS = (Rule("CHK707", Severity.ERROR, link_not_given, needs="edition"),)
