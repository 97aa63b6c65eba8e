"""The distribution of ratings over the coverage, and of banking clients within it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from briefgen.check.compliance.declared import disclosures_file, named, released_on
from briefgen.check.compliance.quarters import allowed_quarter_ends
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown, rests_on
from briefgen.check.rules.us.ratings import calls
from briefgen.check.saying import squeezed
from briefgen.model.distribution import Count, RatingDistribution, distribution
from briefgen.model.language import write
from briefgen.model.number import Number, Shown, Style
from briefgen.model.output import Output
from briefgen.model.value import year_before

PATH = ("disclosure_facts", "coverage")
PRINT_IT = "print it: `blocks/distribution.html.j2` in a section `kind: ratings`"
PAID = ("compensation", "managed-offering")


def us_rating_distribution(dossier: Dossier) -> Iterator[Answer]:
    """The shares of buy, hold and sell are not known, leave a security out, or are not printed.

    Why: FINRA Rule 2241(c)(2)(A) wants the percentage of all rated securities in each of buy, hold
    and sell, whatever the house calls its classes, so it also says which label counts as what. The
    shares are counted anew from `coverage`, and looked for on the page.

    Bad:  coverage without a security that the report rates since before `as_of`
    Good: every rated security is in `coverage`, with the label that it had
    """
    counted = distribution(dossier.briefing)
    if counted is None or not counted.total:
        help_line = f"add `coverage: {{as_of: …, rows: […]}}` to {disclosures_file(dossier)}"
        yield Unknown("there is no list of what the house covers", help_line, PATH)
        return
    yield from rests_on(dossier, "CHK216")
    yield from _left_out(dossier)
    if dossier.output is not None:
        text = _ratings_text(dossier, dossier.output)
        for count in counted.buckets:
            share = _percent(dossier, count.share)
            if f"{count.count}{share}" not in text:
                message = f"of {counted.total} covered, {count.count} are `{count.name}`, {share}: "
                yield Problem(PATH, message + "not printed", PRINT_IT, subject=count.name)
        yield from _unmapped(text, counted)


def _left_out(dossier: Dossier) -> Iterator[Problem]:
    """Rated securities that the list of the coverage does not have, or has with another label."""
    listing = dossier.briefing.disclosure_facts.coverage
    rows = {row.security: row for row in listing.rows} if listing else {}
    for _, pick, call in calls(dossier):
        since = call.rated_since
        if listing is None or since is None or since > listing.as_of:
            continue
        row, name = rows.get(pick.security), named(dossier, pick.security)
        help_line = f"mend `coverage` in {disclosures_file(dossier)}"
        if row is None:
            message = (
                f"{name} is rated since {since}, and is not in the coverage of {listing.as_of}"
            )
            yield Problem(PATH, message, help_line, subject=pick.security)
        elif call.action == "maintain" and row.label != call.label:
            message = f"{name} stays `{call.label}`, and is `{row.label}` in the coverage"
            yield Problem(PATH, message, help_line, subject=pick.security)


def _unmapped(text: str, counted: RatingDistribution) -> Iterator[Problem]:
    """Buckets of which the page does not say what labels count into them."""
    for bucket, labels in counted.mapping.items():
        lacking = [label for label in labels if text.count(squeezed(label)) < 2]
        if lacking:
            message = f"the page does not say that {', '.join(lacking)} counts as `{bucket}`"
            yield Problem(PATH, message, PRINT_IT, subject=f"mapping {bucket}")


def us_banking_distribution(dossier: Dossier) -> Iterator[Answer]:
    """The shares of banking clients are not known, contradict another list, or are not printed.

    Why: FINRA Rule 2241(c)(2)(B) wants the percentage of issuers within each of buy, hold and
    sell that paid for investment banking in the past twelve months; fines followed where the list
    of clients had not been fed. Both lists of the house must tell one story.

    Bad:  banking: {security: shili-cloud, service: compensation, …}, coverage: no `banking_client`
    Good: coverage: {security: shili-cloud, banking_client: true, …}
    """
    counted = distribution(dossier.briefing)
    if counted is None or not counted.total:
        help_line = f"add `coverage: {{as_of: …, rows: […]}}` to {disclosures_file(dossier)}"
        yield Unknown("there is no list of what the house covers", help_line, PATH)
        return
    yield from _not_fed(dossier)
    if dossier.output is not None:
        text = _ratings_text(dossier, dossier.output)
        for count in filter(_has_any, counted.buckets):
            share = _percent(dossier, count.clients_share or Decimal(0))
            if f"{count.clients}{share}" not in text:
                message = f"of {count.count} `{count.name}`, {count.clients} are clients, {share}: "
                yield Problem(PATH, message + "not printed", PRINT_IT, subject=count.name)


def _not_fed(dossier: Dossier) -> Iterator[Answer]:
    """Issuers that paid for investment banking, and are no clients in the coverage."""
    facts = dossier.briefing.disclosure_facts
    if facts.coverage is None:
        return
    if facts.banking is None:
        help_line = f"add `banking: {{as_of: …, rows: […]}}` to {disclosures_file(dossier)}"
        yield Unknown("there is no list `banking` to compare the clients with", help_line)
        return
    last, covered = facts.coverage.as_of, {row.security: row for row in facts.coverage.rows}
    for row in facts.banking.rows:
        is_within = year_before(last) < row.date <= last and not row.expected
        known = covered.get(row.security)
        if known and is_within and row.service in PAID and not known.banking_client:
            yield Problem(
                PATH,
                f"{named(dossier, row.security)} is no `banking_client` in the coverage of {last}, "
                f"and `banking` has a `{row.service}` on {row.date}",
                f"write `banking_client: true`, or mend `banking` in {disclosures_file(dossier)}",
                subject=row.security,
            )


def us_distribution_quarter(dossier: Dossier) -> Iterator[Answer]:
    """The distribution of ratings is not of the end of the quarter that it must be of.

    Why: FINRA Rule 2241(c)(2)(C) wants it current to the last end of a quarter, or to the one
    before when the report appears less than 15 days after it. The citation is from memory and runs
    as a warning until a lawyer confirms it.

    Bad:  coverage: {as_of: 2025-09-30, …}, released 2026-03-02
    Good: coverage: {as_of: 2025-12-31, …}
    """
    listing, released = dossier.briefing.disclosure_facts.coverage, released_on(dossier)
    if listing is None:
        help_line = f"add `coverage: {{as_of: …, rows: […]}}` to {disclosures_file(dossier)}"
        yield Unknown("there is no list of what the house covers", help_line, PATH)
        return
    allowed = allowed_quarter_ends(released)
    if listing.as_of not in allowed:
        days = " or ".join(str(day) for day in allowed)
        yield Problem(
            (*PATH, "as_of"),
            f"the coverage is of {listing.as_of}; for a release on {released} it must be of {days}",
            f"give the coverage of that day in {disclosures_file(dossier)}",
        )


def _has_any(count: Count) -> bool:
    return count.count > 0


def _percent(dossier: Dossier, share: Decimal) -> str:
    """A share as the page writes it, without white space."""
    shown = Shown(number=Number(value=share), style=Style(kind="percent", digits=1))
    return squeezed(write(shown, dossier.briefing.language, dossier.briefing.units))


def _ratings_text(dossier: Dossier, output: Output) -> str:
    """What the sections with the rating definitions say, without white space; else all pages."""
    sections = dossier.briefing.anchored().items()
    wanted = {anchor for anchor, section in sections if section.kind == "ratings"}
    if output.blocks:
        return squeezed("".join(b.text for b in output.blocks if b.section in wanted))
    return squeezed(output.pdf_text)
