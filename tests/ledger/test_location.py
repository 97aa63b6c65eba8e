"""Where the ledger is: the environment, the setting, or a file of the workspace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefgen.diagnostics.finding import Severity
from briefgen.diagnostics.place import Place
from briefgen.ledger.ledger import open_ledger
from briefgen.ledger.location import ledger_location, shown, without_password
from briefgen.ledger.records import Entry

ROOT = Path("/desk")
AT = Place("data/workspace.yaml", 2, 9, 5)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFGEN_LEDGER", raising=False)
    monkeypatch.setenv("DESK_PASSWORD", "se:cr@t/")
    monkeypatch.setenv("DESK_URL", "postgresql://desk:secret@db/runs")
    monkeypatch.setenv("DESK_FOLDER", "/srv/desk")


@pytest.mark.parametrize(
    ("configured", "location"),
    [
        (None, "/desk/output/ledger.sqlite3"),
        ("records/runs.sqlite3", "/desk/records/runs.sqlite3"),
        ("/srv/runs.sqlite3", "/srv/runs.sqlite3"),
        ("${DESK_FOLDER}/runs.sqlite3", "/srv/desk/runs.sqlite3"),
        ("postgresql://desk@db/runs", "postgresql://desk@db/runs"),
        ("postgresql://desk:${DESK_PASSWORD}@db/runs", "postgresql://desk:se%3Acr%40t%2F@db/runs"),
        (
            "postgresql:///runs?password=${DESK_PASSWORD}",
            "postgresql:///runs?password=se%3Acr%40t%2F",
        ),
        ("${DESK_URL}", "postgresql://desk:secret@db/runs"),
    ],
)
def test_settings(configured: str | None, location: str) -> None:
    made = ledger_location(ROOT, configured, AT)
    assert (made.value, made.findings) == (location, ())


@pytest.mark.parametrize(
    ("configured", "message", "hint"),
    [
        (
            "postgresql://desk:secret@db/runs",
            "a password stands in the setting `ledger`",
            "take it from the environment: `${PGPASSWORD}`",
        ),
        *(
            (
                url,
                "a password stands in the setting `ledger`",
                "take it from the environment: `${PGPASSWORD}`",
            )
            for url in (
                "postgresql://db/runs?user=desk&password=secret",
                "postgresql://db/runs?sslpassword=secret",
                "postgresql://db/runs?sslmode=require&PASSWORD=secret",
                "postgresql://desk:my/secret@db/runs",
                "postgresql://desk:p@secret@db/runs",
            )
        ),
        (
            "postgresql://de/sk@db/runs",
            "the URL cannot be read",
            "in user and password `/` is written `%2F`, `@` `%40`, `:` `%3A`, `#` `%23`",
        ),
        (
            "postgresql://${NO_SUCH}@db/runs",
            "the environment variable `NO_SUCH` is not set",
            "export NO_SUCH=…",
        ),
        ("${}", "the environment variable `` is not set", None),
        (
            "mysql://db/runs",
            "no ledger can be kept in `mysql`",
            "a path, or `postgresql://user:${PGPASSWORD}@host/database`",
        ),
    ],
)
def test_mistakes(configured: str, message: str, hint: str | None) -> None:
    made = ledger_location(ROOT, configured, AT)
    assert made.value is None
    (finding,) = made.findings
    assert (finding.code, finding.place) == ("LGR103", AT)
    assert (finding.message, finding.help) == (message, hint)


def test_a_ledger_without_a_place_is_a_warning() -> None:
    refused = ledger_location(ROOT, "postgresql://${NO_SUCH}:${NOR_THIS}@db/runs", AT).findings
    with open_ledger("", refused=refused) as ledger:
        run = ledger.start(kind="build", why="x")
        ledger.record(run, Entry("a", "built"))
        ledger.finish(run, "done")
        assert ledger.runs() == []
        assert ledger.run(run).value is None
    expected = [replace(finding, severity=Severity.WARNING) for finding in refused]
    assert len(expected) == 2
    assert ledger.out.findings == expected


def test_the_environment_goes_before_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFGEN_LEDGER", "postgresql://desk:secret@db/runs")
    assert ledger_location(ROOT, "${NO_SUCH}").value == "postgresql://desk:secret@db/runs"
    monkeypatch.setenv("BRIEFGEN_LEDGER", "runs.sqlite3")
    assert ledger_location(ROOT, None).value == "/desk/runs.sqlite3"
    monkeypatch.setenv("BRIEFGEN_LEDGER", "")
    assert ledger_location(ROOT, "x").value == "/desk/x"


def test_people_see_no_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert shown("postgresql://desk:secret@db:5432/runs?a=b") == "postgresql://db:5432/runs"
    monkeypatch.chdir(tmp_path)
    assert shown(str(tmp_path / "a" / "b")) == "a/b"
    assert shown("/srv/runs.sqlite3") == "/srv/runs.sqlite3"


@pytest.mark.parametrize(
    "location",
    [
        "postgresql://u:my/SECRET@127.0.0.1:1/db",
        "postgresql://u:p@SECRET@127.0.0.1:1/db",
        "postgresql://u:my?SECRET@127.0.0.1:1/db",
        "postgresql://u:my#SECRET@127.0.0.1:1/db",
        "postgresql://u:SECRET",
        "postgresql://127.0.0.1:1/db?sslpassword=SECRET",
        "postgresql://127.0.0.1:1/db?PASSWORD=SECRET",
        "postgresql://u:SECRET@127.0.0.1:1/db",
    ],
)
def test_nothing_tells_a_password(location: str) -> None:
    with open_ledger(location) as ledger:
        ledger.start(kind="build", why="x")
    (finding,) = ledger.out.findings
    assert "SECRET" not in finding.message
    assert "SECRET" not in without_password(f"no connection to {location}", location)
