"""Workspaces to measure with: copies of the shipped data, and generated families of editions.

All of them are made in a temporary folder. What is changed there, and what is generated, means
nothing but the work that it causes.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).parent
ADVERBS = ("不断", "继续", "逐步", "一再", "明显", "日益", "逐年", "稳步")
"""Words that stand for one another: a word is changed by taking the next one."""
MONTHS = ("january", "february", "march", "april")
FAMILY = "prices"


@dataclass(frozen=True, slots=True)
class Subject:
    """A shipped briefing, with a word and a cell of it that can be changed.

    Shape: `word` and `cell` are a file of its folder, a text in it, and what takes its place, where
    `{}` is a word, or the last digits of the cell.
    """

    slug: str
    word: tuple[str, str, str]
    cell: tuple[str, str, str]


SHORT = Subject(
    "tfzq-kimi-2024-03-25",
    ("overview.md", "门槛持续走高", "门槛{}走高"),
    ("tables/prices.csv", ",72,217", ",72,217.0{}"),
)
LONG = Subject(
    "guosen-media-aigc-2024-06",
    ("overview.md", "产业趋势仍由盈利支撑", "产业趋势{}由盈利支撑"),
    ("tables/movers.csv", "27800000000,41.9", "27800000000,41.9{}"),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace of its own, with a cache and a folder for editions."""

    root: Path

    @property
    def cache(self) -> Path:
        """The folder of its cache."""
        return self.root / ".cache" / "briefgen"

    @property
    def output(self) -> Path:
        """Where its editions go."""
        return self.root / "output"

    def forget(self) -> None:
        """Leave no cache and no edition."""
        for folder in (self.cache, self.output):
            shutil.rmtree(folder, ignore_errors=True)

    def change(self, subject: Subject, edit: tuple[str, str, str], value: str) -> None:
        """Put a value into a file of the shipped briefing, as if it had never been changed."""
        name, old, new = edit
        place = Path("data", "briefings", subject.slug, name)
        text = (BENCH.parent / place).read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError(f"`{old}` stands {text.count(old)} times in {place}")
        (self.root / place).write_text(text.replace(old, new.format(value)), encoding="utf-8")

    def write_rows(self, editions: int, changed: int = 0, by: int = 0) -> None:
        """The table of the generated family; the first rows are changed, each time to others."""
        lines = [",".join(("model", "name", *MONTHS))]
        for number in range(1, editions + 1):
            name = f"model-{number:03d}"
            prices = [10 + (number * (7 + 3 * month)) % 83 for month in range(len(MONTHS))]
            if number <= changed:
                prices[-1] += 100 + by
            lines.append(",".join((name, name, *map(str, prices))))
        table = self.root / "data" / "briefings" / FAMILY / "tables" / "prices.csv"
        table.write_text("\n".join((*lines, "")), encoding="utf-8")


def shipped(root: Path) -> Desk:
    """A copy of the data that is shipped."""
    shutil.copytree(BENCH.parent / "data", root / "data")
    return Desk(root)


def generated(root: Path, editions: int) -> Desk:
    """A workspace with one family, whose table has a row for each edition."""
    shutil.copytree(BENCH / "generated", root)
    desk = Desk(root)
    desk.write_rows(editions)
    return desk
