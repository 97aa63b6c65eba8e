"""What directives and links within the document name: exhibits and sections."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Place, SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.reported import Reported
from briefgen.model.markdown import pieces
from briefgen.model.marks import Marked
from briefgen.model.value import Markdown


@dataclass(frozen=True, slots=True)
class Anchors:
    """The names that there are; of sections None, where `briefing.yaml` is broken."""

    exhibits: Collection[str]
    sections: Collection[str] | None
    reported: Reported
    out: Collector

    def check(self, name: str, kind: str, place: Place | None) -> None:
        """A directive (`exhibit`) names an exhibit, a `link` an exhibit or a section.

        Reports: LOD201.
        """
        if name in self.exhibits or self.reported.covers("exhibit", name):
            return
        if kind == "link" and (self.sections is None or name in self.sections):
            return
        what = "exhibit or section" if kind == "link" else "exhibit"
        known = {*self.exhibits, *((self.sections or ()) if kind == "link" else ())}
        self.out.report("LOD201", f"unknown {what} `{name}`", place, did_you_mean(name, known))

    def check_values(self, texts: Iterable[Marked], places: SourceMap) -> None:
        """The links in the Markdown of YAML files."""
        for text in texts:
            if isinstance(text.mark, Markdown):
                for piece in pieces(text.text):
                    if piece.kind == "link":
                        found = f"#{piece.text}"
                        self.check(piece.text, "link", places.inside(text.path, found))
