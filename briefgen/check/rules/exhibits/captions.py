"""Rules on captions: one each, and on the right exhibit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.names import Names
from briefgen.check.rule import Problem
from briefgen.check.shown import sources, texts
from briefgen.diagnostics.place import ValuePath
from briefgen.model.briefing import Briefing
from briefgen.model.section import NotReproducible
from briefgen.model.verdict import Contradiction

_TITLE_IN_SOURCE = re.compile(r"“([^”]+)”")
_CALLED_TABLE = re.compile(r"(?<![代财报仪外发])表$|\btable$", re.IGNORECASE)
_CALLED_FIGURE = re.compile(r"(?<![版地蓝意企试线])图$|\b(?:chart|figure|graph)$", re.IGNORECASE)


def caption_repeated(dossier: Dossier) -> Iterator[Problem]:
    """One caption over several exhibits.

    Why: a caption says what its exhibit alone shows; where two are the same, one is wrong, or a
    reader cannot tell which is meant. Among the exhibits of a source (those in `not-reproducible`,
    and the titles that `original` quotes) it is the source that is at fault.

    Bad:  图 3 and 图 4, both 用户黏性和满意度非常高
    Good: 用户黏性：七成每周使用 · 满意度：四成非常满意
    """
    own: dict[str, list[ValuePath]] = {}
    for exhibit_id, exhibit in dossier.briefing.exhibits.items():
        own.setdefault(_plain(exhibit.caption), []).append(("exhibits", exhibit_id, "caption"))
    for paths in own.values():
        for path in paths[1:]:
            message = f"`{path[1]}` has the caption of `{paths[0][1]}`"
            yield Problem(path, message, "say what this exhibit alone shows", subject=str(path[1]))
    printed: dict[str, list[tuple[str, ValuePath]]] = {}
    for caption, path in _of_source(dossier.briefing):
        printed.setdefault(_plain(caption), []).append((caption, path))
    for found in printed.values():
        caption, path = found[-1]
        if len(found) > 1:
            yield Problem(
                path,
                f"the source gives {len(found)} exhibits the caption `{caption}`",
                "give each its own caption",
                subject=caption,
                contradiction=Contradiction(
                    kind="caption_repeated", values={"caption": caption, "count": str(len(found))}
                ),
            )


def _of_source(briefing: Briefing) -> Iterator[tuple[str, ValuePath]]:
    """The captions of the source: as its own exhibits quote them, and of those that are lost."""
    for exhibit_id, exhibit in briefing.exhibits.items():
        for caption in _TITLE_IN_SOURCE.findall(exhibit.original or ""):
            yield caption, ("exhibits", exhibit_id, "original")
    for at, section in enumerate(briefing.front.sections):
        if isinstance(section, NotReproducible):
            for position, item in enumerate(section.items):
                yield item.caption, ("front", "sections", at, "items", position, "caption")


def _plain(caption: str) -> str:
    return re.sub(r"\s", "", caption).casefold()


def caption_on_wrong_exhibit(dossier: Dossier) -> Iterator[Problem]:
    """A caption or source that belongs to another exhibit.

    Why: captions are moved and copied with their exhibits; one that was left behind attributes
    numbers to the wrong company. Found are captions that call a chart a table or a table a
    figure, and captions and websites of a company where the data name only others. Names,
    spellings and owners come from the glossary and the securities master.

    Bad:  caption: 英伟达分业务收入, over a table of Meta's segments
    Good: caption: Meta 分部收入与利润
    """
    briefing, names = dossier.briefing, Names(dossier.briefing)
    for exhibit_id, exhibit in briefing.exhibits.items():
        path = ("exhibits", exhibit_id)
        if (_CALLED_TABLE if exhibit.is_figure else _CALLED_FIGURE).search(exhibit.caption):
            kinds = ("table", "figure")
            if exhibit.is_figure:
                kinds = ("chart" if exhibit.chart else "picture", "table")
            message = f"`{exhibit_id}` is a {kinds[0]}, its caption calls it a {kinds[1]}"
            help_line = "say what it shows, not what it is"
            yield Problem((*path, "caption"), message, help_line, subject=exhibit_id)
        in_data = names.parties(" \n ".join(texts(exhibit, briefing)))
        roots = {names.root(name) for name in in_data}
        told = ", ".join(f"`{name}`" for name in sorted(in_data)[:4])
        captioned = sorted(names.parties(exhibit.caption))
        if in_data and captioned and not {names.root(name) for name in captioned} & roots:
            message = f"the caption of `{exhibit_id}` names `{captioned[0]}`, its data name {told}"
            help_line = "give the exhibit its own caption"
            yield Problem((*path, "caption"), message, help_line, subject=exhibit_id)
        roots |= {names.root(name) for name in captioned}
        for source_id in set(exhibit.sources) - set(sources(exhibit_id, briefing)):
            source = briefing.sources[source_id]
            company = names.meant(source.publisher) if source.kind == "website" else None
            if in_data and company and names.root(company) not in roots:
                message = f"`{exhibit_id}` cites the website of `{company}`, its data name {told}"
                help_line = "name the source that the data were taken from"
                yield Problem((*path, "sources"), message, help_line, subject=exhibit_id)
