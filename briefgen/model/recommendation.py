"""Recommendations: groups of securities with a stance in the brokerage's own words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from briefgen.model.call import RatingCall
from briefgen.model.value import Identifier, Line, Refers, Text, Value, each_once


class Pick(Value):
    """A security in a group."""

    security: Annotated[str, Refers("security")]
    call: RatingCall | None = None
    """The rating of the security, where the house gives one."""
    note: Text | None = None
    """A remark beside the name."""


class Group(Value):
    """One theme: what is recommended, how, why."""

    theme: Text
    """What the group is called in the table."""
    stance: Annotated[str, Refers("stance")]
    picks: tuple[Pick, ...] = ()
    """The securities of the group."""
    targets: tuple[Text, ...] = ()
    """Themes that the source names without naming securities."""
    reason: Line | None = None
    """Why these; numbers in it are bound by `{{ … }}`."""

    @field_validator("picks")
    @classmethod
    def _distinct(cls, picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
        each_once((pick.security for pick in picks), "security")
        return picks

    @model_validator(mode="after")
    def _not_empty(self) -> Group:
        if not self.picks and not self.targets:
            raise ValueError("a group needs `picks` or `targets`")
        return self


Recommendations = Annotated[dict[Identifier, Group], Field(min_length=1)]
"""`recommendations.yaml`: groups by id."""
