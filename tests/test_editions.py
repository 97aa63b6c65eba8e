"""Every shipped edition is made and checked as it is: no error, no warning without a reason."""

from collections.abc import Callable

import pytest
from shipped import EVERY, SLUGS, opened

from briefgen import pipeline
from briefgen.diagnostics.finding import Severity
from briefgen.model.verdict import Outcome


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_edition_has_notes_only(
    slug: str, shipped: Callable[[str], pipeline.Checked]
) -> None:
    checked = shipped(slug)
    assert [f for f in checked.findings if f.severity is not Severity.NOTE] == []
    assert checked.edition is not None
    assert checked.report is not None
    failed = [v for v in checked.report.verdicts if v.outcome is Outcome.FAIL]
    assert failed == []


@pytest.mark.parametrize("slug", EVERY)
def test_all_that_the_checks_find_in_a_source_is_explained(slug: str) -> None:
    checked = pipeline.check(opened(), slug)
    assert checked.report is not None
    assert [c for c in checked.report.contradictions if not c.explanation] == []
    assert [f for f in checked.findings if f.severity is not Severity.NOTE] == []
