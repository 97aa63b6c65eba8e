"""Problems of what people decided: waivers, explanations, attestations: REL."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

RELEASE: tuple[Code, ...] = (
    Code(
        "REL101",
        "expired-waiver",
        Severity.ERROR,
        """A waiver whose last day lies before the day of the briefing.

        Why: a waiver is given for a time, so that somebody looks at the finding again.

        Bad:  {rule: GEN-06, …, expires: 2026-01-31}, in a briefing of 2026-03-02
        Good: the finding is mended, or the waiver renewed with a new day and a reason
        """,
    ),
    Code(
        "REL102",
        "refused-waiver",
        Severity.ERROR,
        """A waiver of a rule against which nothing may be issued.

        Why: whether such a rule is met is not for the house to decide.

        Bad:  {rule: CN-04, reason: 来不及, …}
        Good: the rule is met
        """,
    ),
    Code(
        "REL103",
        "idle-decision",
        Severity.WARNING,
        """A waiver, an explanation or an attestation that concerns nothing.

        Why: what it was about is gone or is spelt otherwise; left standing, it would one day cover
        something that nobody looked at.

        Bad:  explanations: {CHK202 sector 10%: …}, where the finding says `sector -10%`
        Good: the key is taken from the finding
        """,
    ),
    Code(
        "REL104",
        "void-attestation",
        Severity.WARNING,
        """An attestation of another state of the briefing.

        Why: a person vouched for what she saw. Any change after that, in the briefing, in what it
        names or in the templates, makes another digest, and the attestation holds no more.

        Bad:  a number changes after the supervisory analyst has approved
        Good: `briefgen attest` once more, when nothing changes any longer
        """,
    ),
)
"""In the order of the codes."""
