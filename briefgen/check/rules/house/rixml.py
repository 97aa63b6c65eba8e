"""Rules on the RIXML file that goes out with a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown
from briefgen.check.rules.house.rixml_shape import faults
from briefgen.check.rules.ratings.calls import Call, calls
from briefgen.diagnostics.place import Place
from briefgen.model.rixml import Element, Rixml

_ZULU = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def _file(dossier: Dossier) -> Iterator[Rixml | Unknown]:
    """The file; unknown, where a report is to be given out and there is none."""
    if dossier.briefing.rixml is not None:
        yield dossier.briefing.rixml
    elif not dossier.is_reconstruction:
        reason = "no RIXML file goes out with the report"
        yield Unknown(reason, "name one beside briefing.yaml: `publication: {rixml: report.xml}`")


def _problem(
    file: Rixml, element: Element, told: str, help_line: str, subject: str = ""
) -> Problem:
    message = f"`{element.tag}` {told}"
    place = Place(file.file, element.line)
    return Problem((), message, help_line, subject=subject or element.tag, place=place)


def rixml_structure(dossier: Dossier) -> Iterator[Answer]:
    """A RIXML file that lacks what the standard requires, or has it in another order.

    Why: who receives it reads it by program, and throws away what does not fit. Looked at are the
    attributes, elements and orders that reports need; where `rixml_xsd` in workspace.yaml names
    the schema, which may not be handed on and so is not part of briefgen, the whole of it is
    validated.

    Bad:  <Research researchID="…" language="zho"> without createDateTime
    Good: <Research researchID="…" createDateTime="2026-03-01T12:15:00Z" language="zho">
    """
    for file in _file(dossier):
        if isinstance(file, Unknown):
            yield file
            continue
        for element, told in faults(file.root):
            yield _problem(file, element, told, "see the data dictionary of RIXML 2.5")
        for violation in file.violations:
            message = f"the schema says: {violation}"
            place = Place(file.file)
            yield Problem((), message, "mend the file", subject=violation, place=place)


def industry_without_gics(dossier: Dossier) -> Iterator[Answer]:
    """An industry by a classification of its own in a RIXML file, without the GICS one beside it.

    Why: 申万 and 中信 are unknown to the standard and go as `PublisherDefined`; it wants the
    closest GICS code as well, by which foreign readers filter.

    Bad:  <SectorIndustry code="801750" classificationType="PublisherDefined" …> alone
    Good: the same, and <SectorIndustry code="4510" classificationType="GICS" …>
    """
    for file in _file(dossier):
        if isinstance(file, Unknown):
            yield file
            continue
        found = list(file.root.all("SectorIndustry"))
        types = {element.attributes.get("classificationType") for element in found}
        for element in found:
            own = element.attributes.get("classificationType") == "PublisherDefined"
            if own and "GICS" not in types:
                code = element.attributes.get("code", "")
                told = f"`{code}` is of a classification of its own, and there is no GICS code"
                help_line = 'add the closest one: classificationType="GICS"'
                yield _problem(file, element, told, help_line, code)


def rixml_times_and_status(dossier: Dossier) -> Iterator[Answer]:
    """Times that are not UTC, no or several current states, or a language not of three letters.

    Why: programs sort by these; a time with an offset, or two states that are both current, put
    the report at the wrong place. The time of publication is that of `released_at`.

    Bad:  statusDateTime="2026-03-02T08:30:00+08:00"
    Good: statusDateTime="2026-03-02T00:30:00Z"
    """
    publication = dossier.briefing.front.publication
    for file in _file(dossier):
        if isinstance(file, Unknown):
            yield file
            continue
        for element in file.root.every():
            for name, value in element.attributes.items():
                if name.endswith("DateTime") and not _ZULU.fullmatch(value):
                    told = f'has `{name}="{value}"`, no time in UTC'
                    yield _problem(file, element, told, "write 2026-03-02T00:30:00Z", name)
        language = file.root.attributes.get("language", "")
        if not re.fullmatch("[a-z]{3}", language):
            told = f'has `language="{language}"`, no code of three letters'
            yield _problem(file, file.root, told, "write `zho` or `eng`", "language")
        for product in file.root.all("Product"):
            states = [child for child in product.children if child.tag == "StatusInfo"]
            current = [s for s in states if s.attributes.get("currentStatusIndicator") == "Yes"]
            if len(current) != 1:
                told = f"has {len(current)} current states, where one must be"
                help_line = 'write currentStatusIndicator="Yes" at the one that holds'
                yield _problem(file, product, told, help_line, "status")
        released = publication.released_at if publication else None
        for details in file.root.all("ProductDetails"):
            given = details.attributes.get("publicationDateTime", "")
            if released and _ZULU.fullmatch(given) and datetime.fromisoformat(given) != released:
                wanted = released.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                told = f"gives {given} as time of publication, the report {wanted}"
                yield _problem(file, details, told, f"write {wanted}", "publicationDateTime")


def rixml_level_one(dossier: Dossier) -> Iterator[Answer]:
    """A RIXML file that calls itself Level One and is not.

    Why: Level One is the subset that everybody can take: one product with one resource, whose
    ids are one UUID, and neither legal parts, related products nor ratings of an industry. A file
    is of Level One where an OrganizationID has the type `L1`.

    Bad:  <OrganizationID idType="L1">, and a <Legal> part
    Good: the same without <Legal>; the whole in a second file
    """
    for file in _file(dossier):
        if isinstance(file, Unknown):
            yield file
            continue
        root = file.root
        if not any(e.attributes.get("idType") == "L1" for e in root.all("OrganizationID")):
            continue
        for tag in ("Product", "Resource"):
            count = sum(1 for _ in root.all(tag))
            if count != 1:
                told = f"holds {count} elements `{tag}`; of Level One it must hold one"
                yield _problem(file, root, told, "keep one, or leave Level One", tag)
        for tag in ("Legal", "RelatedProduct"):
            for element in root.all(tag):
                help_line = "take it out, or leave Level One"
                yield _problem(file, element, "has no place in Level One", help_line)
        for industry in root.all("SectorIndustry"):
            for element in (child for child in industry.children if child.tag == "Rating"):
                told = "of an industry has no place in Level One"
                yield _problem(file, element, told, "take it out, or leave Level One")
        ids = {"researchID": root.attributes.get("researchID", "")}
        for tag, name in (("Product", "productID"), ("Resource", "resourceID")):
            for element in root.all(tag):
                ids[name] = element.attributes.get(name, "")
        if len(set(ids.values())) != 1 or not all(_UUID.fullmatch(one) for one in ids.values()):
            told = f"must have one UUID as {', '.join(ids)}; they are {', '.join(ids.values())}"
            yield _problem(file, root, told, "write the same UUID into all", "ids")


def rating_not_mapped(dossier: Dossier) -> Iterator[Answer]:
    """A rating that a RIXML file leaves out, without its own label, or mapped by no version.

    Why: the standard knows three levels for shares, houses have up to five; the label of the
    house is kept as publisher-defined value, and the level follows from `rixml` of the class in
    the brokerage's file, whose `rixml_version` says which mapping it is. A file of Level One
    carries no ratings of industries, and is left alone.

    Bad:  <Rating rating="PositiveSentiment"> without publisherDefinedValue
    Good: <Rating rating="PositiveSentiment" publisherDefinedValue="买入">
    """
    for file in _file(dossier):
        if isinstance(file, Unknown):
            yield file
            continue
        ids = file.root.all("OrganizationID")
        if not any(element.attributes.get("idType") == "L1" for element in ids):
            for call in calls(dossier.briefing):
                yield from _mapped(call, file, dossier)


def _mapped(call: Call, file: Rixml, dossier: Dossier) -> Iterator[Answer]:
    house, label = dossier.briefing.front.brokerage, call.rating.label
    scheme = dossier.briefing.brokerage.schemes.get(call.rating.kind)
    classes = scheme.classes if scheme else ()
    level = next((one.rixml for one in classes if one.label == label), None)
    if scheme is None or level is None or scheme.rixml_version is None:
        yield Unknown(
            f"nothing says what `{label}` of the {call.rating.kind} scheme is in RIXML",
            f"add `rixml` to the class and `rixml_version` to the scheme in "
            f"`brokerages/{house}.yaml`",
            call.path,
            label,
        )
        return
    found = [
        element
        for element in file.root.all("Rating")
        if element.attributes.get("publisherDefinedValue") == label
    ]
    if not found:
        told = f"holds no rating with the label `{label}`, which {call.name} has"
        help_line = f'write <Rating rating="{level}" publisherDefinedValue="{label}">'
        yield _problem(file, file.root, told, help_line, label)
    for element in found:
        given = element.attributes.get("rating", "")
        if given != level:
            told = f"`{label}` is mapped to {given}; version {scheme.rixml_version} of the "
            told += f"mapping says {level}"
            yield _problem(file, element, told, f'write rating="{level}"', label)
