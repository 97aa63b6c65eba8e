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

    looking.begin(SHORT)
    looking.edition.evaluate("window.isStill = true")
    yield edit
    for file, text in good.items():
        file.write_text(text, "utf-8")


def is_still(looking: Looking) -> bool:
    """Whether the page is the one that was there at the beginning."""
    found: bool = looking.edition.evaluate("window.isStill === true")
    return found


def assert_as_loaded(looking: Looking) -> None:
    """The page is what its file makes in a window of its own."""
    shown = looking.page.evaluate("document.body.dataset.shown")
    with looking.browser.new_page() as other:
        other.goto(f"{looking.address}{SHORT.slug}/{shown}")
        assert looking.edition.evaluate(TREE) == other.evaluate(TREE)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (PROSE, WORD, "资源进一步向头部集中"),
        (PROSE, WORD, "资源**向头部**集中"),
        (PROSE, HEAD, f"新的一段，仅供预览。\n\n{HEAD}"),
        (PROSE, HEAD, f"- 其一\n- 其二\n\n{HEAD}"),
        (PROSE, "| percent(1) }} 和", "| percent(2) }} 和"),
        (TABLE, ",72,217", ",72,218"),
        (TABLE, "GPT-4 Turbo（128k）", "GPT-4 Turbo"),
    ],
    ids=["word", "strong", "paragraph", "list", "number", "cell", "name"],
)
def test_the_page_stays_and_is_as_loaded(
    name: str, old: str, new: str, edit: Callable[[str, str, str], None], looking: Looking
) -> None:
    edit(name, old, new)
    assert is_still(looking)
    assert_as_loaded(looking)
    edit(name, new, old)
    assert is_still(looking)
    assert_as_loaded(looking)


def test_what_its_reader_did_stays(edit: Callable[[str, str, str], None], looking: Looking) -> None:
    page = looking.edition
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.hover(".theses data, .overview data")
    page.wait_for_selector(".card")
    looking.page.mouse.move(0, 0)
    edit(TABLE, ",72,217", ",72,218")
    assert is_still(looking)
    assert page.evaluate("[...document.querySelectorAll('details')].every(one => one.open)")


def test_a_sorted_table_is_taken_anew(
    edit: Callable[[str, str, str], None], looking: Looking
) -> None:
    page = looking.edition
    page.locator("table:has(data) button.sort").first.click()
    assert page.locator("[aria-sort]").count() == 1
    edit(TABLE, ",72,217", ",72,218")
    assert_as_loaded(looking)


def test_another_outline_is_loaded(edit: Callable[[str, str, str], None], looking: Looking) -> None:
    folder = looking.desk.root / "data/briefings" / SHORT.slug
    (folder / "more.md").write_text("另有一段。\n", "utf-8")
    edit("briefing.yaml", RISKS, f"  - {{kind: analysis, title: 另议, prose: more.md}}\n{RISKS}")
    assert not is_still(looking)
    assert_as_loaded(looking)
