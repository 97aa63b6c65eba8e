"""Every code that is reported is explained, and every code that is explained is reported."""

import re
from inspect import getmembers
from itertools import groupby
from pathlib import Path

import pytest

from briefgen.check.rules import RULES
from briefgen.diagnostics import codes
from briefgen.diagnostics.codes import (
    CODES,
    build,
    engine,
    environment,
    ledger,
    load_families,
    load_images,
    load_numbers,
    load_records,
    preview,
    publishing,
    release,
    scheduling,
    verifying,
)

PACKAGE = Path(codes.__file__).parents[2]
CODE = re.compile(r"""["']([A-Z]{3}\d{3}|[A-Z]{2,4}-\d{2})["']""")
TABLES = (
    *(build, engine, environment, ledger, load_families, load_images, load_numbers, load_records),
    *(preview, publishing, release, scheduling, verifying),
)
EXPLANATIONS = {
    **{code.code: code.text for code in CODES.values()},
    **{rule.code: rule.explanation for rule in RULES},
}


def _reported() -> set[str]:
    """All codes in the source, those in the list of explanations left out."""
    listed = Path(codes.__file__).parent
    return {
        code
        for file in PACKAGE.rglob("*.py")
        if listed not in file.parents
        for code in CODE.findall(file.read_text(encoding="utf-8"))
    }


def test_every_reported_code_is_explained() -> None:
    assert _reported() - EXPLANATIONS.keys() == set()


def test_every_explained_code_is_reported() -> None:
    assert EXPLANATIONS.keys() - _reported() == set()


def test_no_code_is_given_twice() -> None:
    tables = [value for module in TABLES for _, value in getmembers(module) if type(value) is tuple]
    listed = [code.code for table in tables for code in table]
    listed += [rule.code for rule in RULES]
    assert sorted(listed) == sorted(EXPLANATIONS)


def test_names_are_unique_and_kebab_case() -> None:
    names = [code.name for code in CODES.values()] + [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []


def test_codes_are_sorted() -> None:
    assert list(CODES) == sorted(CODES)
    packs = [rule.code.rstrip("0123456789") for rule in RULES]
    assert list(dict.fromkeys(packs)) == [pack for pack, _ in groupby(packs)]
    for pack, rules in groupby(RULES, lambda rule: rule.code.rstrip("0123456789")):
        codes_of_pack = [rule.code for rule in rules]
        assert codes_of_pack == sorted(codes_of_pack), pack
    for module in TABLES:
        (table,) = (value for _, value in getmembers(module) if type(value) is tuple)
        assert [code.code for code in table] == sorted(code.code for code in table)


@pytest.mark.parametrize("code", sorted(EXPLANATIONS))
def test_explanation_says_what_why_bad_and_good(code: str) -> None:
    text = EXPLANATIONS[code]
    what, blank, *rest = text.splitlines()
    assert what.endswith(".")
    assert blank == ""
    heads = [line.split(":")[0] for line in rest if re.match(r"(Why|Bad|Good):\s*\S", line)]
    assert heads == ["Why", "Bad", "Good"]
    assert text == text.strip()
    assert max(map(len, text.splitlines())) <= 100
