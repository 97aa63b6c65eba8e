"""What a YAML parser complains of, said in words that help, at the place of the mistake."""

from __future__ import annotations

import re

import yaml

from briefgen.diagnostics.place import Place

QUOTE = "put the text in quotation marks"

_OPEN_QUOTE = re.compile(
    r"""
    ^[ ]*(?:-[ ]+)*                                     # items
    (?:[^\s"'#{\[][^"'#]*?:[ ]+)?                       # a key
    (?P<quote>"(?!(?:\\.|[^"\\])*")|'(?!(?:''|[^'])*'))  # a quotation mark without its partner
    """,
    re.VERBOSE,
)

_TOO_FAR = "the line is indented too far"
_IN_WORDS = {
    "did not find expected key": ("a key is expected here", None),
    "could not find expected ':'": ("a key without colon", "write `key: value`"),
    "did not find expected ',' or ']'": ("the bracket is not closed", "close it with `]`"),
    "did not find expected ',' or '}'": ("the brace is not closed", "close it with `}`"),
    "did not find expected '-' indicator": ("an item is expected here", "write `- item`"),
    "but found another document": ("a second document", "leave out the line `---`"),
    "found undefined alias": ("an alias without anchor", QUOTE),
    "block sequence entries are not allowed in this context": (
        "a list cannot begin here",
        "begin it in a line of its own",
    ),
}
_AT_THE_BEGINNING = ("':'", "']'", "'}'")
"""For what is missing at the end of something, the beginning of it is shown."""


def explain(error: yaml.MarkedYAMLError, text: str, file: str) -> tuple[str, Place, str | None]:
    """Message, place and help for a parser's error."""
    problem = str(error.problem)
    mark = error.problem_mark
    if error.context_mark and problem.endswith(_AT_THE_BEGINNING):
        mark = error.context_mark
    lines = text.split("\n")
    at = Place(file)
    if mark:
        last = len(lines) - 1
        column = mark.column if mark.line <= last else len(lines[last])
        at = Place(file, min(mark.line, last) + 1, column + 1)
    for number, line in enumerate(lines[: at.line], start=1):
        if found := _OPEN_QUOTE.match(line):
            at = Place(file, number, found.start("quote") + 1)
            return "not YAML: the quotation mark is not closed", at, None
    line = lines[at.line - 1]
    message, help_line = _told(problem, line)
    if message == _TOO_FAR:
        at = Place(file, at.line, len(line) - len(line.lstrip()) + 1)
    return f"not YAML: {message}", at, help_line


def _told(problem: str, line: str) -> tuple[str, str | None]:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "the line is indented with a tab", "indent with spaces"
    if problem == "found character that cannot start any token":
        return "no text begins with this character", QUOTE
    if problem == "mapping values are not allowed in this context":
        if re.search(r":\s.*:(\s|$)", line):
            return "a second colon in the line", QUOTE
        return _TOO_FAR, "keys of one mapping begin in the same column"
    message, help_line = _IN_WORDS.get(problem, (problem, None))
    return message, QUOTE if re.search(r":\s+\{\{", line) else help_line
