"""Literate pages of cases: blocks that change the files of a desk and say what is then found.

A block changes files: a line with the file's name (in the briefing's folder, else in `data/`; one
of `templates/` is a copy of what briefgen ships), `-` lines that stand there, `+` lines that take
their place. `=` lines are what is expected.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PAGES = sorted((Path(__file__).parent / "check" / "cases").glob("*.md"))
NOTE = "briefings/note"
_BLOCK = re.compile(r"^```([a-z-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """One block of a page; `kind` is the word behind the fence."""

    code: str
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.code}-{self.kind}-line-{self.line}"

    def apply(self, data: Path) -> None:
        """Change the files under `data`."""
        file, old, new = None, "", ""
        for line in [*self.text.splitlines(), ""]:
            mark, rest = line[:2], line[2:] + "\n"
            if mark in {"- ", "-"} and not new:
                old += rest
            elif mark in {"+ ", "+"}:
                new += rest
            else:
                if old or new:
                    assert file is not None
                    _replace(file, old, new)
                    old, new = (rest, "") if mark == "- " else ("", "")
                if mark not in {"= ", "- ", ""}:
                    file = _named(line, data)

    @property
    def expected(self) -> list[str]:
        """What the `=` lines say."""
        return [line[2:] for line in self.text.splitlines() if line.startswith("= ")]


def _named(name: str, data: Path) -> Path:
    if name.startswith("templates/"):
        file = data.parent / name
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, file)
        return file
    note = data / NOTE / name
    return note if note.exists() or not (data / name).exists() else data / name


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    assert text.count(old) == 1 or not text, f"{text.count(old)} times in {file.name}: {old}"
    file.write_text(text.replace(old, new) if text else new, encoding="utf-8")


def cases(*kinds: str) -> Iterator[Case]:
    """The blocks of these kinds on all pages."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in _BLOCK.finditer(text):
            if block[1] in kinds:
                line = text.count("\n", 0, block.start()) + 1
                yield Case(page.stem, line, block[1], block[2])


def sheets(wanted: Iterable[Case], desk: Path, root: Path) -> list[tuple[Path, list[Case]]]:
    """As few copies of a desk as these cases can share: those of a copy change different lines."""
    found: list[tuple[Path, list[Case]]] = []
    for case in wanted:
        for at, (before, held) in enumerate([*found, (desk, [])]):
            changed = Path(shutil.copytree(before, root / f"{case}-{at}"))
            try:
                case.apply(changed / "data")
            except AssertionError:
                if before == desk:
                    raise
                continue
            found[at : at + 1] = [(changed, [*held, case])]
            break
    return found
