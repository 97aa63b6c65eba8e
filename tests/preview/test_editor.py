"""Links that open an editor."""

from pathlib import Path

import pytest

from briefgen.preview.editor import EDITORS, link, pattern


@pytest.mark.parametrize("name", EDITORS)
def test_every_editor_is_given_file_and_line(name: str) -> None:
    found = pattern(name)
    assert found is not None
    made = link(found, Path("/a desk/编辑 {line}.md"), 7, 3)
    assert (name == "none") == (made == "")
    assert name == "none" or ("/a%20desk/" in made and "7" in made)


def test_a_name_of_a_file_fills_in_nothing() -> None:
    assert link("x:{file}:{line}", Path("/{line}.md"), 7, 3) == "x:/%7Bline%7D.md:7"


@pytest.mark.parametrize("given", ["emacs", "", "{file}", "javascript:alert('{file}')", "x:{line}"])
def test_what_is_no_editor(given: str) -> None:
    assert pattern(given) is None


def test_an_address_of_ones_own() -> None:
    assert pattern("txmt://open?url=file://{file}") == "txmt://open?url=file://{file}"
