"""The theme's fonts against those of the machine, and the characters that they have."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.check.fonts import font_findings, used_faces
from briefgen.check.rules.fonts import _is_of_theme
from briefgen.diagnostics.finding import Finding, Severity
from briefgen.diagnostics.place import SourceMap
from briefgen.model.theme import Fonts, Pins
from briefgen.model.verdict import Outcome
from briefgen.toolchain import fonts as installed
from briefgen.toolchain.fonts import Face
from briefgen.workspace import bundled_templates, open_workspace

SMALL_DESK = Path(__file__).parents[1] / "small_desk"
CLASSIC = "templates/themes/classic.yaml"
SANS, SERIF = "Noto Sans CJK SC", "Noto Serif CJK SC"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The small desk with a theme of its own."""
    root = Path(shutil.copytree(SMALL_DESK, tmp_path / "desk"))
    (root / "templates/themes").mkdir(parents=True)
    shutil.copy(bundled_templates() / "themes/classic.yaml", root / CLASSIC)
    return root


@pytest.fixture
def with_fonts(desk: Path) -> Callable[[str], list[Finding]]:
    """What building the note finds where the theme has these lines in place of its fonts."""

    def rehearse(lines: str) -> list[Finding]:
        rest = (desk / CLASSIC).read_text("utf-8").partition("colours:")[2]
        (desk / CLASSIC).write_text(f"fonts:\n{lines}\ncolours:{rest}", "utf-8")
        opened = open_workspace(desk)
        if opened.value is None:
            return list(opened.findings)
        return list(pipeline.rehearse(opened.value, "note", ("html",)).findings)

    return rehearse


def told(findings: list[Finding]) -> list[str]:
    return [f"{f.severity} {f.code} {f.place}: {f.message}" for f in findings]


def test_an_unknown_font_is_an_error_at_its_name(with_fonts) -> None:
    (finding,) = with_fonts(f"  sans: Noto Sans CJKSC\n  serif: {SERIF}")
    message = "font `Noto Sans CJKSC` is not installed"
    assert told([finding]) == [f"error ENV101 {CLASSIC}:2:9: {message}"]
    assert finding.help == f"did you mean `{SANS}`? `briefgen doctor` says how to install it"


def test_a_font_for_both_that_is_unknown_is_told_once(with_fonts) -> None:
    found = with_fonts("  sans: Qqqqqq\n  serif: Qqqqqq")
    assert told(found) == [f"error ENV101 {CLASSIC}:2:9: font `Qqqqqq` is not installed"]
    assert found[0].help == "`briefgen doctor` says how to install it"


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ((400,), "is installed without bold; there is Medium, Regular"),
        ((700,), "is installed without regular; there is Medium, Regular"),
        ((), "is installed without regular and bold; there is Medium, Regular"),
    ],
)
def test_a_font_without_a_weight_says_which_there_are(
    weights: tuple[int, ...], message: str, with_fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = installed.faces
    some = tuple(Face(SERIF, weight, Path("x.ttc")) for weight in weights)
    monkeypatch.setattr(installed, "faces", lambda name: some if name == SERIF else real(name))
    monkeypatch.setattr(installed, "styles", lambda _: ("Medium", "Regular"))
    monkeypatch.setattr(installed, "digest", lambda _: "0" * 64)
    found = with_fonts(f"  sans: {SANS}\n  serif: {SERIF}")
    assert told(found) == [f"error ENV101 {CLASSIC}:3:10: font `{SERIF}` {message}"]


def test_without_its_fonts_glyphs_are_not_evaluable(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "faces", lambda _: ())
    monkeypatch.setattr(installed, "styles", lambda _: ())
    opened = open_workspace(desk)
    assert opened.value is not None
    checked = pipeline.check(opened.value, "note")
    assert checked.report is not None
    (verdict,) = (v for v in checked.report.verdicts if v.code == "CHK801")
    assert verdict.outcome is Outcome.NOT_EVALUABLE
    assert verdict.reasons == (f"font `{SANS}` is not installed",)
    assert checked.findings == ()


def test_a_character_of_a_label_is_found_in_the_edition(desk: Path) -> None:
    (desk / "templates/labels").mkdir()
    for file in (bundled_templates() / "labels").glob("*.yaml"):
        text = file.read_text("utf-8").replace("contents: 目录", "contents: 目录🚀")
        (desk / "templates/labels" / file.name).write_text(text, "utf-8")
    opened = open_workspace(desk)
    assert opened.value is not None
    assert pipeline.check(opened.value, "note").findings == ()
    found = pipeline.rehearse(opened.value, "note", ("html",)).findings
    message = f"`🚀` (U+1F680 ROCKET) has no glyph in `{SANS}`, in the head of the page"
    assert [f for f in told(list(found)) if "CHK801" in f] == [
        f"error CHK801 note.html:1:1: {message}"
    ]


OTHER, DIGEST = "1" * 64, "0" * 64


@pytest.fixture
def one_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose fonts are all the build 000…"""
    monkeypatch.setattr(installed, "digest", lambda _: DIGEST)


def pinned(*builds: str) -> Fonts:
    pins = {SANS: Pins(regular=builds, bold=(DIGEST,))} if builds else {}
    return Fonts(sans=SANS, serif=SANS, pins=pins)


@pytest.mark.usefixtures("one_build")
def test_another_build_than_the_pinned_is_a_warning_with_its_digest(with_fonts) -> None:
    pins = f"  pins:\n    {SANS}:\n      regular: ['{OTHER}']\n      bold: ['{DIGEST}']"
    found = with_fonts(f"  sans: {SANS}\n  serif: {SERIF}\n{pins}")
    (finding,) = found
    assert (finding.code, finding.severity) == ("ENV103", Severity.WARNING)
    assert str(finding.place) == f"{CLASSIC}:6:7"
    assert finding.message.startswith(f"the regular face of `{SANS}` is another build than")
    assert finding.message.endswith(f" has SHA-256 {DIGEST}")
    assert finding.help == "install the pinned build, or add this digest to `regular` here"


@pytest.mark.usefixtures("one_build")
@pytest.mark.parametrize(
    ("fonts", "is_pinned"),
    [
        (pinned(DIGEST), [True, True]),
        (pinned(OTHER, DIGEST), [True, True]),
        (pinned(OTHER), [False, True]),
        (pinned(), [None, None]),
    ],
)
def test_each_face_says_whether_it_is_pinned(fonts: Fonts, is_pinned: list[bool | None]) -> None:
    faces = used_faces(fonts)
    assert [(face.family, face.weight) for face in faces] == [(SANS, 400), (SANS, 700)]
    assert {face.sha256 for face in faces} == {DIGEST}
    assert [face.is_pinned for face in faces] == is_pinned
    found = list(font_findings(fonts, "classic", SourceMap()))
    assert len(found) == is_pinned.count(False)


WRONG_PINS = {
    f"    {SANS}: {{regular: [abc], bold: ['{DIGEST}']}}": (
        "LOD106",
        "expected a SHA-256, 64 digits 0–9 and a–f, found `abc`",
    ),
    f"    {SANS}: {{regular: '{DIGEST}', bold: ['{DIGEST}']}}": (
        "LOD106",
        f"expected a list (`- item`), found `{DIGEST[:60]}…`",
    ),
    f"    {SANS}: {{regular: [], bold: ['{DIGEST}']}}": ("LOD106", "must not be empty"),
    f"    {SANS}: {{regular: ['{DIGEST}']}}": ("LOD104", f"missing key `bold` in `{SANS}`"),
    f"    {SANS}: {{regular: ['{DIGEST}'], bolt: []}}": (
        "LOD103",
        f"unknown key `bolt` in `{SANS}`",
    ),
    "    abc": ("LOD106", "expected a mapping (`key: value`), found `abc`"),
}


@pytest.mark.parametrize(("line", "finding"), WRONG_PINS.items(), ids=str)
def test_pins_of_the_wrong_shape(line: str, finding: tuple[str, str], with_fonts) -> None:
    (found,) = with_fonts(f"  sans: {SANS}\n  serif: {SERIF}\n  pins:\n{line}")
    assert (found.code, found.message) == finding
    assert str(found.place).startswith(f"{CLASSIC}:5:")


@pytest.mark.parametrize(
    ("name", "is_of_theme"),
    [
        ("Noto-Sans-CJK-SC", True),
        ("Noto-Sans-CJK-SC-Bold", True),
        ("Noto-Serif-CJK-SC-Bold-Oblique", True),
        ("Noto-Sans-CJK-SC-Medium", False),
        ("Noto-Sans-CJK-SCX", False),
        ("Noto-Sans-CJK-TC", False),
        ("Noto-Sans", False),
        ("DejaVu-Sans", False),
        ("Helvetica", False),
        ("", False),
    ],
)
def test_the_fonts_of_a_pdf_by_their_names(name: str, is_of_theme: bool) -> None:
    assert _is_of_theme(name, Fonts(sans=SANS, serif=SERIF)) is is_of_theme
