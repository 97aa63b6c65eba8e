"""The shape of a RIXML file, as far as reports need it: attributes, children and their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from briefgen.model.rixml import Element

NAMESPACE = "http://www.rixml.org/"


@dataclass(frozen=True, slots=True)
class Shape:
    """What an element must have: attributes, and children in this order.

    Shape: a child is a tag and how often it comes: `?` 0 or 1, `+` 1 or more, `*` any number of
    times, without a mark exactly once.
    """

    attributes: str = ""
    children: str = ""

    @property
    def order(self) -> dict[str, str]:
        """How often each child comes, by tag, in order."""
        return {tag.rstrip("?+*"): re.sub(r"\w", "", tag) for tag in self.children.split()}


SHAPES = {
    "Research": Shape("researchID createDateTime language", "Product+"),
    "Product": Shape("productID", "StatusInfo+ RelatedProduct* Source Content Context Legal*"),
    "StatusInfo": Shape("statusType statusDateTime currentStatusIndicator", "Version?"),
    "RelatedProduct": Shape("relatedProductID relationshipType"),
    "Source": Shape("", "Organization+"),
    "Organization": Shape(
        "primaryIndicator type", "OrganizationID* OrganizationName+ PersonGroup*"
    ),
    "PersonGroupMember": Shape("", "Person"),
    "Person": Shape(
        "personID", "FamilyName GivenName? DisplayName? JobTitle? Credentials? ContactInfo*"
    ),
    "Content": Shape("", "Title Abstract? Synopsis? Resource*"),
    "Resource": Shape("resourceID primaryIndicator", "MIMEType"),
    "Context": Shape(
        "external", "EventDetails? IssuerDetails? ProductDetails? ProductClassifications?"
    ),
    "ProductDetails": Shape("publicationDateTime", "ProductCategory ProductFocus*"),
    "SectorIndustry": Shape(
        "code level classificationType focusLevel primaryIndicator",
        "Rating* Weighting* SectorIndustry* ShortName? Name",
    ),
    "Rating": Shape("rating", "RatingEntity"),
    "Legal": Shape("", "Copyright? Disclaimer? IssuerSecurityID*"),
    "IssuerSecurityID": Shape("issuerID securityID", "Disclosure+"),
    "Disclosure": Shape("code", "Description"),
}
"""By tag, as read from the schema 2.5; elements and children that are not named are let be."""

VALUES = {
    ("StatusInfo", "statusType"): (
        "Pending Revised Recalled Deleted Published Rebroadcast Released BackFilled TagsUpdated "
        "RevisedMaterialChange RevisedNoMaterialChange"
    ),
    ("SectorIndustry", "classificationType"): "GICS ICB TRBC FactSet PublisherDefined",
    ("Rating", "relationship"): (
        "CoverageUniverse SectorIndustry Market ExpectedTotalReturn AbsoluteReturn"
    ),
    ("Rating", "ratingAction"): (
        "Upgrade Reiterate Downgrade Initiate Drop Revise NewRating Affirmed PositiveOutlook "
        "NegativeOutlook ReviewForUpgrade ReviewForDowngrade ReviewDirectionUncertain "
        "RatingWithdrawn RatingRestored Refresh Restricted"
    ),
}
"""The values of attributes that have a fixed list, by element and attribute."""


def faults(root: Element) -> Iterator[tuple[Element, str]]:
    """What is wrong with the shape of a file: the element, and what it lacks or has too much."""
    if root.tag != "Research" or not root.namespace.startswith(NAMESPACE):
        told = f"`{root.tag}` of the namespace `{root.namespace}`"
        yield root, f"begins with {told}, not with `Research` of {NAMESPACE}…"
        return
    for element in root.every():
        shape = SHAPES.get(element.tag, Shape())
        for name in shape.attributes.split():
            if not element.attributes.get(name):
                yield element, f"lacks the attribute `{name}`"
        for (tag, name), values in VALUES.items():
            value = element.attributes.get(name)
            if tag == element.tag and value is not None and value not in values.split():
                yield element, f'has `{name}="{value}"`, which the standard does not know'
        yield from _children(element, shape.order)


def _children(element: Element, order: dict[str, str]) -> Iterator[tuple[Element, str]]:
    tags = [child.tag for child in element.children]
    for tag, often in order.items():
        count = tags.count(tag)
        if count == 0 and often in {"", "+"}:
            yield element, f"lacks the element `{tag}`"
        elif count > 1 and often in {"", "?"}:
            yield element, f"has {count} elements `{tag}`, where one can stand"
    places = list(order)
    known = [tag for tag in tags if tag in order]
    for before, after in pairwise(known):
        if places.index(before) > places.index(after):
            yield element, f"has `{after}` behind `{before}`; it must stand before"
