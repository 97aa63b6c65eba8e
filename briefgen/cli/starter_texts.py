"""The texts of starting points: files of `templates/starter…` in a language, with words put in."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from pathlib import Path
from string import Template

import yaml

from briefgen.cli.answers import LANGUAGES
from briefgen.load.templates import STARTER
from briefgen.workspace import bundled_templates

Words = dict[str, str]
"""What `$name` in the files stands for, by name."""


def words_in(language: str) -> Words:
    """What the starting points say in a language."""
    text = (bundled_templates() / f"{STARTER}-words.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text)[language])


def starting_files(
    folder: Path, language: str, said: Words, written: Mapping[str, str]
) -> dict[Path, str]:
    """The text of each file below a folder, by its path there; `name.en.ext` is the English one.

    In YAML, what is `said` becomes a value, in quotation marks where it needs them; `written`
    stands as it is.
    """
    others = {f".{other}" for other in LANGUAGES}
    found: dict[Path, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and Path(path.stem).suffix not in others:
            own = path.with_suffix(f".{language}{path.suffix}")
            text = (own if own.is_file() else path).read_text(encoding="utf-8")
            found[path.relative_to(folder)] = filled(text, path.suffix, said, written)
    return found


def filled(text: str, suffix: str, said: Words, written: Mapping[str, str]) -> str:
    """A text with its words put in; what it has no words for stays, such as `$schema`."""
    values = {name: _value(word) for name, word in said.items()} if suffix == ".yaml" else said
    return Template(text).safe_substitute({**values, **written})


def _value(text: str) -> str:
    """A text as YAML writes it, also between braces."""
    listed = yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=inf)
    return listed.strip()[1:-1]
