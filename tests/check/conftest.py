"""What tests of rules share."""

import pytest

from briefgen import pipeline


@pytest.fixture(autouse=True)
def unvalidated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a PDF keeps its standards is no matter of rules; shipped editions are validated."""
    monkeypatch.setattr(pipeline, "validate", lambda content: ())
