"""A change is put into the page that is shown: it becomes what it would be if it were loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desks import SHORT
from playwright.sync_api import expect
from preview.live.looking import Looking

pytestmark = pytest.mark.xdist_group("preview in a browser")

TREE = (Path(__file__).parent / "tree.js").read_text("utf-8")
PROSE, TABLE = "overview.md", "tables/prices.csv"
WORD, HEAD, RISKS = "资源向头部集中", "**习惯初成", "  - kind: risks"


CHANGES = [
    (PROSE, WORD, "资源进一步向头部集中"),
    (PROSE, WORD, "资源**向头部**集中"),
    (PROSE, HEAD, f"新的一段，仅供预览。\n\n{HEAD}"),
    (PROSE, HEAD, f"- 其一\n- 其二\n\n{HEAD}"),
    (PROSE, "| percent(1) }} 和", "| percent(2) }} 和"),
    (TABLE, ",72,217", ",72,218"),
    (TABLE, "GPT-4 Turbo（128k）", "GPT-4 Turbo"),
]
"""A word, strong text, a paragraph, a list, a computed number, a cell, a name: file, old, new."""


@pytest.fixture
def edit(looking: Looking) -> Iterator[Callable[[str, str, str], None]]:
    """Replaces a text in a file of the briefing, and waits until it is seen; undone in the end."""
    folder = looking.desk.root / "data/briefings" / SHORT.slug
    good: dict[Path, str] = {}

    def edit(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text("utf-8")
        assert text.count(old) == 1
        good.setdefault(folder / name, text)
        looking.seen_after(lambda: (folder / name).write_text(text.replace(old, new), "utf-8"))
        expect(looking.page.locator("#state")).not_to_have_text("being made")

    looking.begin(SHORT.slug)
    looking.edition.evaluate("window.isStill = true")
    yield edit
    for file, text in good.items():
        file.write_text(text, "utf-8")


def is_still(looking: Looking) -> bool:
    """Whether the page is the one that was there at the beginning."""
    found: bool = looking.edition.evaluate("window.isStill === true")
    return found


class Loaded:
    """What files make in a window of their own, each loaded once."""

    def __init__(self, looking: Looking) -> None:
        self._looking = looking
        self._trees: dict[str, str] = {}
        self._page = looking.page.context.new_page()

    def tree(self) -> str:
        """That of the file which is shown now."""
        shown = self._looking.page.evaluate("document.body.dataset.shown")
        if shown not in self._trees:
            self._page.goto(f"{self._looking.address}{SHORT.slug}/{shown}")
            self._trees[shown] = self._page.evaluate(TREE)
        return self._trees[shown]


@pytest.fixture
def assert_as_loaded(looking: Looking) -> Callable[[object], None]:
    """Fails, and says after what, if the page is not what its file makes in its own window."""
    loaded = Loaded(looking)

    def assert_it(after: object) -> None:
        assert looking.edition.evaluate(TREE) == loaded.tree(), after

    return assert_it


def test_the_page_stays_and_is_as_loaded(
    edit: Callable[[str, str, str], None],
    assert_as_loaded: Callable[[object], None],
    looking: Looking,
) -> None:
    for name, old, new in CHANGES:
        for one, other in (old, new), (new, old):
            edit(name, one, other)
            assert is_still(looking), other
            assert_as_loaded(other)


def test_what_its_reader_did_stays(edit: Callable[[str, str, str], None], looking: Looking) -> None:
    page = looking.edition
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.hover(".theses data, .overview data")
    page.wait_for_selector(".card")
    looking.page.mouse.move(0, 0)
    edit(TABLE, ",72,217", ",72,218")
    assert is_still(looking)
    assert page.evaluate("[...document.querySelectorAll('details')].every(one => one.open)")


def test_a_page_with_a_sorted_table_is_loaded(
    edit: Callable[[str, str, str], None],
    assert_as_loaded: Callable[[object], None],
    looking: Looking,
) -> None:
    page = looking.edition
    page.locator("table.evidence button.sort").nth(1).click()
    assert page.locator("[aria-sort]").count() == 1
    edit(PROSE, WORD, "资源进一步向头部集中")
    assert page.is_detached()
    assert_as_loaded("it was sorted")


def test_another_outline_is_loaded(
    edit: Callable[[str, str, str], None],
    assert_as_loaded: Callable[[object], None],
    looking: Looking,
) -> None:
    folder = looking.desk.root / "data/briefings" / SHORT.slug
    (folder / "more.md").write_text("另有一段。\n", "utf-8")
    edit("briefing.yaml", RISKS, f"  - {{kind: analysis, title: 另议, prose: more.md}}\n{RISKS}")
    assert not is_still(looking)
    assert_as_loaded("another section")
