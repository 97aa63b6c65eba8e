"""Which briefings there are, and the folder of each edition.

A folder `data/briefings/<slug>/` with `briefing.yaml` is the briefing `<slug>`. A file
`briefing.<language>.yaml` beside it makes a second edition `<slug>.<language>` from the same data:
there, `name.<language>.ext` stands in for `name.ext` wherever it exists. With `for_each:` in it, a
briefing is a family: its editions are `<slug>.<key>` and `<slug>.<key>.<language>`, and `<slug>` is
one only where something is wrong with the family, to say so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import SourceMap
from briefgen.load.families import Family, read_family
from briefgen.load.files import Folder, is_file

FRONT = "briefing.yaml"
_LANGUAGE = re.compile(rb"^language:\s*[\"']?([A-Za-z-]+)", re.MULTILINE)


def briefing_slugs(data: Folder) -> list[str]:
    """The names of all editions, in order."""
    return sorted(slug for slugs in named_editions(data).values() for slug in slugs)


def edition_folders(data: Folder) -> dict[str, Folder]:
    """The folder of every edition, as `edition_folder` gives it, in order of their names."""
    found = {}
    for name, folder in _briefings(data):
        family = read_family(folder)
        for slug, key in _editions(name, folder, family):
            found[slug] = replace(folder, member=family.member(key) if family and key else None)
    return dict(sorted(found.items()))


def named_editions(data: Folder, wanted: Collection[str] | None = None) -> dict[str, list[str]]:
    """The editions that a name stands for: those of a family, or the one of that name.

    With `wanted`, only briefings are looked into that one of these names, or names an edition of.
    """
    return {
        name: sorted(slug for slug, _ in _editions(name, folder, read_family(folder)))
        for name, folder in sorted(_briefings(data))
        if wanted is None or any(_may_be_of(name, folder, one) for one in wanted)
    }


def known_names(data: Folder) -> set[str]:
    """All names that stand for editions."""
    named = named_editions(data)
    return {*named, *(slug for slugs in named.values() for slug in slugs)}


def slugs_with_tags(data: Folder, tags: Collection[str]) -> list[str]:
    """The editions whose `tags` hold one of these at least, in order."""
    from briefgen.load.yaml_nodes import read_yaml

    found = []
    for name, folder in _briefings(data):
        content = folder.peek(FRONT, Collector())
        text = None if content is None else folder.text(content, FRONT, Collector())
        if text is None or "tags" not in text:
            continue
        front = read_yaml(text, folder.shown(FRONT), ("front",), SourceMap(), Collector())
        own = front.get("tags") if isinstance(front, dict) else None
        family = read_family(folder)
        for slug, key in _editions(name, folder, family):
            member = family.member(key) if family and key else None
            filled = member.fill(own, (), SourceMap(), Collector()) if member else own
            if isinstance(filled, list) and set(tags) & set(map(str, filled)):
                found.append(slug)
    return sorted(found)


def edition_folder(data: Folder, slug: str) -> Folder:
    """The folder of an edition; its files are recorded as read in `data`."""
    home = data.path / "briefings"
    parts = slug.split(".")
    for end in range(len(parts), 0, -1):
        path, rest = home / ".".join(parts[:end]), parts[end:]
        if not is_file(path / FRONT):
            continue
        language = rest[-1] if rest and is_file(path / f"briefing.{rest[-1]}.yaml") else ""
        folder = replace(data, path=path, variant=language)
        key = ".".join(rest[: -1 if language else None])
        family = read_family(folder) if key else None
        if family or not key:
            return replace(folder, member=family.member(key) if family else None)
    return replace(data, path=home / slug)


def alternates(folder: Folder, slug: str) -> dict[str, str]:
    """The same edition in other languages: names by language.

    Shape: `folder` is that of the edition `slug`.
    """
    own = f".{folder.variant}" if folder.variant else ""
    plain, stem, found = replace(folder, variant=""), slug.removesuffix(own), {}
    for name in folder.names("briefing*.yaml"):
        ending = name.removeprefix("briefing").removesuffix(".yaml")
        if ending == own or not is_file(folder.path / name) or ending.count(".") > 1:
            continue
        language = _LANGUAGE.search(plain.read_bytes(name, Collector()) or b"")
        if language:
            found[language[1].decode()] = f"{stem}{ending}"
    return found


def _briefings(data: Folder) -> Iterator[tuple[str, Folder]]:
    """The briefings in every language: families and single ones."""
    for file in (data.path / "briefings").glob("*/briefing*.yaml"):
        language = file.name.removeprefix("briefing").removesuffix(".yaml")
        if is_file(file.with_name(FRONT)) and language.count(".") <= 1:
            folder = replace(data, path=file.parent, variant=language.removeprefix("."))
            yield f"{file.parent.name}{language}", folder


def _may_be_of(name: str, folder: Folder, wanted: str) -> bool:
    """Whether a name may stand for a briefing or one of its editions."""
    return wanted == name or wanted.startswith(f"{folder.path.name}.")


def _editions(name: str, folder: Folder, family: Family | None) -> Iterator[tuple[str, str]]:
    """The editions that a briefing stands for; those of a family with their keys."""
    out = Collector()
    if family is not None:
        ending = f".{folder.variant}" if folder.variant else ""
        for key in family.keys(out):
            yield f"{folder.path.name}.{key}{ending}", key
    if family is None or out.findings:
        yield name, ""
