"""A build that fails says why, ends with 1, and leaves the last good edition as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.workspace import bundled_templates

if TYPE_CHECKING:
    from tests.conftest import Desk

pytestmark = pytest.mark.slow

HERE = "data/briefings/tfzq-kimi-2024-03-25"
RISKS = "templates/sections/risks.html.j2"
REASONS = [
    # stage, file, what is there (nothing: the whole file), what is written, what is shown
    (
        "load",
        f"{HERE}/tables/prices.csv",
        ",72,217",
        ",72,217元",
        f"{HERE}/tables/prices.csv:3:46: error[LOD302]: `output` must be a number, found `217元`\n"
        "  |\n"
        "3 | gpt-4-turbo-128k,OpenAI,GPT-4 Turbo（128k）,72,217元\n"
        "  |                                                ^^^^^\n",
    ),
    (
        "compose",
        RISKS,
        "",
        '<h2>\n{{ t("risk_warning") }}\n</h2>\n',
        f"{RISKS}:2:1: error[CMP101]: the template names what is not there: "
        "the labels have no `risk_warning`\n"
        "  |\n"
        '2 | {{ t("risk_warning") }}\n'
        "  | ^\n",
    ),
    (
        "compose",
        RISKS,
        "",
        "<h2>\n{{ sectoin.title }}\n</h2>\n",
        f"{RISKS}:2:1: error[CMP101]: the template names what is not there: "
        "'sectoin' is undefined\n"
        "  |\n"
        "2 | {{ sectoin.title }}\n"
        "  | ^\n",
    ),
    (
        "compose",
        RISKS,
        "",
        '<h2>\n{% include "blocks/exhibits.html.j2" %}\n</h2>\n',
        f"{RISKS}:2:1: error[CMP103]: there is no template `blocks/exhibits.html.j2`\n"
        "  |\n"
        '2 | {% include "blocks/exhibits.html.j2" %}\n'
        "  | ^\n"
        "  = help: did you mean `blocks/exhibit.html.j2`?\n",
    ),
    (
        "compose",
        RISKS,
        "",
        "<h2>\n{{ section.title | upcase }}\n</h2>\n",
        f"{RISKS}:2:1: error[CMP102]: the template is not Jinja: No filter named 'upcase'.\n"
        "  |\n"
        "2 | {{ section.title | upcase }}\n"
        "  | ^\n",
    ),
    (
        "compose",
        RISKS,
        "",
        "<h2>\n{{ section.items | join( }}\n</h2>\n",
        f"{RISKS}:2:1: error[CMP102]: the template is not Jinja: unexpected '}}', expected ')'\n"
        "  |\n"
        "2 | {{ section.items | join( }}\n"
        "  | ^\n",
    ),
    (
        "edition",
        RISKS,
        "",
        "<p>共 3 项。</p>\n",
        "tfzq-kimi-2024-03-25.html:1:1: error[CHK701]: `3` is bound to nothing: “共 3 项。”, "
        "in the section `risks`\n"
        "  = help: bind it, or name in `data-from` what the template takes it from\n",
    ),
]


@pytest.mark.parametrize(("stage", "file", "old", "new", "shown"), REASONS)
def test_the_reason_is_shown_and_nothing_is_touched(
    built: Desk, stage: str, file: str, old: str, new: str, shown: str
) -> None:
    before = built.outputs()
    if old:
        built.edit(file, old, new)
    else:
        built.write(file, new)
    formats = "html" if stage == "edition" else "html,pdf"
    done = built.run("build", built.slug, "--format", formats)
    assert done.exit_code == 1
    assert done.stderr.rstrip() == shown.rstrip()
    assert done.stdout.splitlines()[1].split()[0] == built.slug
    assert "1 error" in done.stdout
    assert done.stdout.rstrip().endswith("not written")
    assert built.outputs() == before
    assert len(before) >= 5


def test_a_template_without_end_is_shown_at_its_last_line(built: Desk) -> None:
    built.write(RISKS, "<h2>\n{% if section %}\n</h2>\n")
    done = built.run("build", built.slug, "--format", "html")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{RISKS}:3:1: error[CMP102]: ")


def test_a_field_that_a_briefing_does_not_have(built: Desk) -> None:
    built.write(RISKS, "<h2>\n{{ front.subtitle }}\n</h2>\n")
    done = built.run("build", built.slug, "--format", "html")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{RISKS}:2:1: error[CMP101]: ")
    assert "subtitle" in done.stderr.splitlines()[0]


def test_a_font_that_is_not_installed(built: Desk) -> None:
    theme = (bundled_templates() / "themes/classic.yaml").read_text(encoding="utf-8")
    rest = theme.partition("colours:")[2]
    fonts = "fonts:\n  sans: No Such Font\n  serif: Noto Serif CJK SC\n"
    built.write("templates/themes/classic.yaml", f"{fonts}colours:{rest}")
    before = built.outputs()
    assert built.run("check", built.slug).exit_code == 0
    done = built.run("build", built.slug)
    assert done.exit_code == 1
    assert done.stderr.rstrip() == (
        "templates/themes/classic.yaml:2:9: error[ENV101]: font `No Such Font` is not installed\n"
        "  |\n"
        "2 |   sans: No Such Font\n"
        "  |         ^^^^^^^^^^^^\n"
        "  = help: `briefgen doctor` says how to install it"
    )
    assert built.outputs() == before


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("- b76b0433", "- B76b0433", "error[LOD106]: expected a SHA-256, 64 digits 0–9 and a–f, "),
        ("  pins:", "  pin:", "error[LOD103]: unknown key `pin` in `fonts`\n"),
    ],
)
def test_pins_that_cannot_be_read(built: Desk, old: str, new: str, shown: str) -> None:
    theme = (bundled_templates() / "themes/classic.yaml").read_text(encoding="utf-8")
    assert theme.count(old) == 1
    built.write("templates/themes/classic.yaml", theme.replace(old, new))
    before = built.outputs()
    done = built.run("build", built.slug)
    assert done.exit_code == 1
    assert done.stderr.startswith("templates/themes/classic.yaml:")
    assert shown in done.stderr
    assert built.outputs() == before


def test_a_character_without_a_glyph(built: Desk) -> None:
    overview = f"{HERE}/overview.md"
    built.write(overview, built.read(overview) + "\n很快🚀。\n")
    line = built.read(overview).count("\n")
    before = built.outputs()
    done = built.run("build", built.slug)
    assert done.exit_code == 1
    head = f"{overview}:{line}:3: error[CHK801]: `🚀` (U+1F680 ROCKET) has no glyph in "
    assert done.stderr.startswith(head)
    assert built.outputs() == before


def test_a_label_that_is_no_text_stops_every_command(built: Desk) -> None:
    built.write("templates/labels/zh-CN.yaml", "contents: [目录]\n")
    for command in (("build", built.slug), ("check", built.slug), ("list",)):
        done = built.run(*command)
        assert done.exit_code == 1
        assert done.stderr == (
            "templates/labels/zh-CN.yaml:1:11: error[LOD106]: expected text, found a list\n"
            "  |\n"
            "1 | contents: [目录]\n"
            "  |           ^^^^^^\n"
            "\n"
            "1 error\n"
        )


def test_another_briefing_is_built_all_the_same(built: Desk) -> None:
    other = built.root / "data/briefings" / "another"
    other.mkdir()
    for path in (built.root / HERE).rglob("*"):
        if path.is_file():
            target = other / path.relative_to(built.root / HERE)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    built.edit(f"{HERE}/facts.yaml", "value: 154", "value: many")
    before = built.outputs()
    done = built.run("build", built.slug, "another", "--format", "html")
    assert done.exit_code == 1
    after = built.outputs()
    assert {name: after[name] for name in before} == before
    assert sorted(after.keys() - before.keys()) == [
        "output/another/another.html",
        "output/another/evidence.json",
        "output/another/exhibits.xlsx",
        "output/another/manifest.json",
    ]


def test_only_what_was_asked_for_is_made(built: Desk, tmp_path: Path) -> None:
    done = built.run("build", built.slug, "--format", "html", "--output", str(tmp_path / "there"))
    assert done.exit_code == 0
    made = sorted(path.name for path in (tmp_path / "there" / built.slug).iterdir())
    data = ["evidence.json", "exhibits.xlsx"]
    assert made == [*data, "manifest.json", f"{built.slug}.html"]
    record = json.loads((tmp_path / "there" / built.slug / "manifest.json").read_bytes())
    assert list(record["outputs"]) == [*data, f"{built.slug}.html"]
