"""Which briefings there are, and the folder of each edition.

A folder `data/briefings/<slug>/` with `briefing.yaml` is the briefing `<slug>`. A file
`briefing.<language>.yaml` beside it makes a second edition `<slug>.<language>` from the same data:
there, `name.<language>.ext` stands in for `name.ext` wherever it exists.
"""

from __future__ import annotations

from briefgen.load.files import Folder, is_file

FRONT = "briefing.yaml"


def briefing_slugs(data: Folder) -> list[str]:
    """The names of all editions, in order."""
    found = []
    for file in (data.path / "briefings").glob("*/briefing*.yaml"):
        language = file.name.removeprefix("briefing").removesuffix(".yaml")
        if is_file(file.with_name(FRONT)) and language.count(".") <= 1:
            found.append(f"{file.parent.name}{language}")
    return sorted(found)


def edition_folder(data: Folder, slug: str) -> Folder:
    """The folder of an edition; its files are recorded as read in `data`."""
    path = data.path / "briefings" / slug
    base, dot, language = slug.rpartition(".")
    plain = path.parent / base
    if dot and is_file(plain / f"briefing.{language}.yaml") and not path.is_dir():
        return Folder(data.root, plain, data.reads, language)
    return Folder(data.root, path, data.reads)
