"""What people decide about one briefing: attestations and waivers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from briefgen.model.value import Day, Slug, Text, Value

Role = Literal[
    "analyst", "quality-reviewer", "compliance", "supervisory-analyst", "counsel", "production"
]
"""In what function a person speaks."""


class Attestation(Value):
    """One entry of `attestations.yaml`: a person says that a rule is met.

    It holds for the digest that it names, and for no other: any change voids it.
    """

    rule: Text
    """The code of the rule."""
    subject: Text | None = None
    """What within the rule, where the rule asks more than one question."""
    statement: Text
    """What the person says."""
    by: Slug
    """The person's id in the house."""
    role: Role
    """In what function the person speaks."""
    date: Day
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """The digest of all that the briefing is made from, as the finding prints it."""


class Waiver(Value):
    """One entry of `waivers.yaml`: a finding that the house lives with, for a time."""

    rule: Text
    """The code of the rule."""
    subject: Text | None = None
    """What within the rule; without it, all that the rule finds."""
    reason: Text
    """Why the house lives with it."""
    by: Slug
    """The person's id in the house."""
    role: Role
    """In what function the person speaks."""
    expires: Day
    """The last day on which it holds; the day that counts is that of the briefing."""


class Release(Value):
    """All attestations and waivers of a briefing."""

    attestations: tuple[Attestation, ...] = ()
    waivers: tuple[Waiver, ...] = ()
