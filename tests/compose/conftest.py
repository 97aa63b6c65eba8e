"""A small briefing whose files a test may replace, and what composing makes of it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from briefgen import pipeline
from briefgen.compose.page import Medium, compose
from briefgen.diagnostics.finding import Made
from briefgen.model.briefing import Briefing
from briefgen.model.edition import Drawing, Page
from briefgen.model.verdict import Report
from briefgen.model.workspace import Templates
from briefgen.workspace import open_workspace

TESTS = Path(__file__).parents[1]
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@dataclass(frozen=True)
class Note:
    """The briefing `note`; file names count from its folder, else from `data/`."""

    data: Path

    def write(self, **files: str) -> "Note":
        """Replace or add files: `write(overview_md="…")`."""
        for name, text in files.items():
            stem, _, suffix = name.rpartition("_")
            (self.data / "briefings" / "note" / f"{stem}.{suffix}").write_text(text, "utf-8")
        return self

    def edit(self, file: str, old: str, new: str) -> "Note":
        """Replace the one occurrence of a text."""
        own = self.data / "briefings" / "note" / file
        path = own if own.exists() else self.data / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{text.count(old)} times in {file}: {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return self

    def load(self) -> tuple[Briefing, Templates]:
        opened = open_workspace(self.data.parent)
        assert opened.value is not None, opened.findings
        made = pipeline.load(opened.value, "note").made
        assert made.value is not None, made.findings
        return made.value, opened.value.templates

    def report(self) -> Report:
        opened = open_workspace(self.data.parent)
        assert opened.value is not None, opened.findings
        report = pipeline.check(opened.value, "note").report
        assert report is not None
        return report

    def made(
        self, medium: Medium = "screen", templates: dict[str, str] | None = None
    ) -> Made[Page]:
        """The page with its findings; `templates` replaces template files."""
        briefing, shipped = self.load()
        files = {"files": {**shipped.files, **(templates or {})}}
        drawings = {
            name: Drawing(
                svg=SVG, width_mm=Decimal(176), height_mm=Decimal(58), alt=f'“{name}” <&">'
            )
            for name, exhibit in briefing.exhibits.items()
            if exhibit.chart
        }
        report = self.report()
        return compose(briefing, drawings, shipped.model_copy(update=files), medium, report)

    def page(self, medium: Medium = "screen") -> Page:
        made = self.made(medium)
        assert made.findings == ()
        assert made.value is not None
        return made.value

    def tree(self, medium: Medium = "screen") -> Element:
        """The root of the page's HTML tree."""
        return tinyhtml5.parse(self.page(medium).html, namespace_html_elements=False)

    def section(self, anchor: str, medium: Medium = "screen") -> Element:
        (found,) = (e for e in self.tree(medium).iter("section") if e.get("id") == anchor)
        return found


@pytest.fixture
def note(tmp_path: Path) -> Note:
    """The small desk's briefing, in a copy."""
    return Note(Path(shutil.copytree(TESTS / "small_desk", tmp_path / "desk")) / "data")


@pytest.fixture
def text() -> Callable[[Element], str]:
    """All text of an element; spaces at line ends count once."""
    return lambda element: " ".join("".join(element.itertext()).split())
