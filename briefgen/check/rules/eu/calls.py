"""Rules on the single recommendation: what it rests on, what it means, what was said before."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.compliance.declared import disclosures_file, named, released_on
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown, rests_on
from briefgen.check.rules.eu.printed import no_place_to_print, not_said
from briefgen.check.rules.ratings.calls import Call, calls
from briefgen.model.disclosure_facts import RatingChange
from briefgen.model.history import last_year
from briefgen.model.language import write_period


def _on_securities(dossier: Dossier) -> list[Call]:
    """The calls on single securities; a view of a sector recommends no instrument."""
    return [call for call in calls(dossier.briefing) if call.subject]


def _lacks(call: Call, field: str, what: str) -> Problem:
    help_line = f"add `{field}: …` to the call in recommendations.yaml"
    return Problem(call.path, f"{call.name}: {what}", help_line, subject=f"{call.subject} {field}")


def valuation_basis_missing(dossier: Dossier) -> Iterator[Answer]:
    """A recommendation that does not say how it was arrived at.

    Why: Delegated Regulation (EU) 2016/958, Art. 4(1)(b) to (d): a summary of the method of
    valuation with its assumptions, of changes in them since the previous recommendation, and
    where the models are described. The citation is from memory and runs as a warning until a
    lawyer confirms it.

    Bad:  {kind: stock, label: 买入, action: maintain}
    Good: … valuation: 按市销率估值，…, valuation_changes: 方法与假设均无变化；and `models` in
          `publication`
    """
    found = _on_securities(dossier)
    for call in found:
        if not call.rating.valuation:
            what = "nothing says by which method and assumptions it is valued"
            yield _lacks(call, "valuation", what)
        if call.rating.action != "initiate" and not call.rating.valuation_changes:
            what = "nothing says what changed in the valuation since the previous recommendation"
            yield _lacks(call, "valuation_changes", f"{what}, or that nothing did")
    publication = dossier.briefing.front.publication
    if found and (publication is None or publication.models is None):
        yield Problem(
            ("front", "publication"),
            "nothing says whose the models of valuation are, and where they are described",
            "add `models: …` to `publication`",
            subject="models",
        )


def meaning_or_sensitivity_missing(dossier: Dossier) -> Iterator[Answer]:
    """A recommendation whose meaning, horizon, risks or sensitivity a reader does not learn.

    Why: Delegated Regulation (EU) 2016/958, Art. 4(1)(e): the meaning of a recommendation, such
    as buy or hold, the length of time it is for, and a warning of risks including the sensitivity
    of the assumptions. That labels are defined, and with one horizon, CHK404, CHK211 and CHK207
    check. The citation is from memory and runs as a warning until a lawyer confirms it.

    Bad:  a call without `sensitivity`
    Good: sensitivity: 用量增速每低一成，目标价约下调一成。
    """
    yield from rests_on(dossier, "CHK404", "CHK211", "CHK207")
    for call in _on_securities(dossier):
        if not call.rating.risks:
            yield _lacks(call, "risks", "no risk is named that may keep the view from coming true")
        if not call.rating.sensitivity:
            what = "nothing says how the view changes with its assumptions"
            yield _lacks(call, "sensitivity", what)


def update_frequency_missing(dossier: Dossier) -> Iterator[Answer]:
    """Recommendations of which nothing says how often they are meant to be updated.

    Why: Delegated Regulation (EU) 2016/958, Art. 4(1)(f): the planned frequency of updates is
    indicated, so that a reader knows when a view is out of date. The citation is from memory and
    runs as a warning until a lawyer confirms it.

    Bad:  publication without `update_policy`
    Good: update_policy: 每季度更新一次，遇重大事项另行更新。
    """
    publication = dossier.briefing.front.publication
    if not _on_securities(dossier):
        return
    if publication is None or publication.update_policy is None:
        yield Problem(
            ("front", "publication"),
            "nothing says how often the recommendations are meant to be updated",
            "add `update_policy: …` to `publication`",
        )
    else:
        yield from no_place_to_print(dossier, "how often recommendations are updated")


def untimed_price(dossier: Dossier) -> Iterator[Answer]:
    """A price of a security without the day and time at which it was taken.

    Why: Delegated Regulation (EU) 2016/958, Art. 4(1)(g): date and time of every price that a
    recommendation mentions; a target says something only beside a price of a known moment. A
    price of after the completion of the report cannot be the one it was written on. The citation
    is from memory and runs as a warning until a lawyer confirms it.

    Bad:  {price: soft_price, target: soft_target}
    Good: {price: soft_price, priced_at: 2026-02-27T15:00+08:00, target: soft_target}
    """
    publication = dossier.briefing.front.publication
    completed = publication.completed_at if publication else None
    for call in _on_securities(dossier):
        rating = call.rating
        if rating.price and rating.priced_at is None:
            yield _lacks(call, "priced_at", "the price has no day and time")
        if rating.target and not rating.price:
            yield _lacks(call, "price", "the target has no price, with day and time, beside it")
        if rating.priced_at and completed and rating.priced_at > completed:
            yield Problem(
                (*call.path, "priced_at"),
                f"{call.name}: the price is of {rating.priced_at.isoformat()}, after the report "
                f"was finished at {completed.isoformat()}",
                "mend one of the two times",
                subject=f"{call.subject} after completion",
            )


def change_of_view_unstated(dossier: Dossier) -> Iterator[Answer]:
    """A recommendation that differs from one of the last twelve months, and does not say so.

    Why: Delegated Regulation (EU) 2016/958, Art. 4(1)(h): where a recommendation differs from one
    on the same instrument in the preceding twelve months, the change and the date of the earlier
    one are indicated. Labels are compared with the list `rating_history`; targets stand in the
    list of EU-14. The citation is from memory and runs as a warning until a lawyer confirms it.

    Bad:  {label: 持有, action: initiate}, with 买入 of 2025-06-01 in the history
    Good: {label: 持有, action: lower, previous: 买入, previous_date: 2025-06-01}
    """
    listing = dossier.briefing.disclosure_facts.rating_history
    if not _on_securities(dossier):
        return
    if listing is None:
        yield _no_history(dossier)
        return
    latest: dict[str, RatingChange] = {}
    for row in last_year(dossier.briefing):
        latest.setdefault(row.security, row)
    for call in _on_securities(dossier):
        rating = call.rating
        if call.subject not in latest:
            continue
        row = latest[call.subject]
        if row.label != rating.label and rating.previous != row.label:
            said = f"says it was `{rating.previous}`" if rating.previous else "does not say so"
            yield Problem(
                (*call.path, "previous"),
                f"{call.name} is now `{rating.label}`; the house called it `{row.label}` on "
                f"{row.date}, and the report {said}",
                f"write `previous: {row.label}` and `previous_date: {row.date}`",
                subject=call.subject,
            )
        elif row.label != rating.label and rating.previous_date != row.date:
            given = f"`{rating.previous_date}`" if rating.previous_date else "no date"
            yield Problem(
                call.path,
                f"{call.name}: the earlier recommendation `{row.label}` is of {row.date}, the "
                f"report gives {given}",
                f"write `previous_date: {row.date}`",
                subject=call.subject,
            )


def twelve_month_list_missing(dossier: Dossier) -> Iterator[Answer]:
    """Recommendations without the list of all of the last twelve months, or a link to it.

    Why: Delegated Regulation (EU) 2016/958, Art. 4(1)(i): a list of all recommendations on the
    same issuer in the preceding twelve months, with date, persons, target and price then, or a
    place where it is free. Without `history_url` the list is printed from `rating_history`, and
    its rows must be whole. The citation is from memory and runs as a warning until a lawyer
    confirms it.

    Bad:  no `history_url`, and {security: shili-soft, date: 2025-06-01, label: 买入} as a row
    Good: history_url: https://www.example.com/history
    """
    publication, listing = dossier.briefing.front.publication, dossier.briefing.disclosure_facts
    if not _on_securities(dossier):
        return
    url = publication.history_url if publication else None
    if url is not None and not url.startswith(("https://", "http://")):
        yield Problem(
            ("front", "publication", "history_url"),
            f"`{url}` is no address at which a reader finds the list",
            "write `history_url: https://…`",
            subject="history_url",
        )
    if listing.rating_history is None:
        yield _no_history(dossier)
        return
    yield from no_place_to_print(dossier, "what was recommended in the last twelve months")
    if url is not None:
        yield from not_said(dossier, url)
        return
    for row in last_year(dossier.briefing):
        yield from _row(dossier, row)


def _row(dossier: Dossier, row: RatingChange) -> Iterator[Problem]:
    missing = [name for name in ("target", "price", "by") if getattr(row, name) is None]
    if missing:
        told = " and ".join(f"`{name}`" for name in missing)
        yield Problem(
            ("disclosure_facts", "rating_history"),
            f"the recommendation `{row.label}` on `{row.security}` of {row.date} lacks {told}",
            f"add it in {disclosures_file(dossier)}, or give `history_url` in `publication`",
            subject=f"{row.security} {row.date}",
        )
    day = write_period(str(row.date), dossier.briefing.language)
    yield from not_said(dossier, day, named(dossier, row.security).strip("`"), row.label)


def _no_history(dossier: Dossier) -> Unknown:
    return Unknown(
        f"nothing is known of the recommendations of the year before {released_on(dossier)}",
        f"add `rating_history: {{as_of: …, rows: […]}}` to {disclosures_file(dossier)}",
        ("disclosure_facts", "rating_history"),
    )
