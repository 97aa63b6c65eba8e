"""What people settle: explanations, waivers, attestations; and what is void."""

import shutil
from pathlib import Path

import pytest
from case_pages import NOTE

from briefgen import pipeline
from briefgen.diagnostics.finding import Finding, Severity
from briefgen.model.digest import digest
from briefgen.model.verdict import Outcome, Report
from briefgen.workspace import open_workspace

HERE = Path(__file__).parents[1]
NO_RISKS = "  - kind: risks"


class Desk:
    """A copy of a desk of the tests; file names count from the folder of its briefing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "data" / NOTE

    def edit(self, name: str, old: str, new: str) -> None:
        file = self.folder / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def report(self) -> Report:
        opened = open_workspace(self.root)
        assert opened.value is not None, opened.findings
        checked = pipeline.check(opened.value, "note")
        assert checked.report is not None, checked.findings
        return checked.report

    def findings(self, code: str) -> list[Finding]:
        return [finding for finding in self.report().findings if finding.code == code]

    def digest(self) -> str:
        opened = open_workspace(self.root)
        assert opened.value is not None, opened.findings
        loaded = pipeline.load(opened.value, "note")
        assert loaded.made.value is not None
        return digest(loaded.made.value, loaded.release.waivers, opened.value.templates)


@pytest.fixture
def small(tmp_path: Path) -> Desk:
    desk = Desk(Path(shutil.copytree(HERE / "small_desk", tmp_path / "desk")))
    desk.edit("overview.md", "详见[](#prices)", "详见[](#prices)，价格 60 元")
    return desk


def waive(code: str = "CHK101", expires: str = "2024-06-30") -> str:
    return (
        f"- {{rule: {code}, reason: 排版阶段补绑定, by: li-01, role: supervisory-analyst, "
        f"expires: {expires}}}\n"
    )


def test_a_waiver_turns_a_finding_into_a_note_that_names_it(small: Desk) -> None:
    assert [finding.severity for finding in small.findings("CHK101")] == [Severity.ERROR]
    small.write("waivers.yaml", waive())
    (finding,) = small.findings("CHK101")
    assert finding.severity is Severity.NOTE
    told = "(waived by li-01 (supervisory-analyst) until 2024-06-30: 排版阶段补绑定)"
    assert finding.message == f"`60` is bound to nothing {told}"


def test_a_waived_rule_still_fails(small: Desk) -> None:
    small.write("waivers.yaml", waive())
    report = small.report()
    (verdict,) = (v for v in report.verdicts if v.code == "CHK101")
    assert verdict.outcome is Outcome.FAIL
    assert [waiver.rule for waiver in report.waivers] == ["CHK101"]


def test_a_waiver_ends_with_its_day(small: Desk) -> None:
    small.write("waivers.yaml", waive(expires="2024-03-24"))
    assert [f.severity for f in small.findings("CHK101")] == [Severity.ERROR]
    (finding,) = small.findings("REL101")
    assert finding.message == "the waiver of CHK101 expired on 2024-03-24"
    small.write("waivers.yaml", waive(expires="2024-03-25"))  # the day of the briefing
    assert small.findings("REL101") == []


def test_what_blocks_cannot_be_waived(small: Desk) -> None:
    small.edit("briefing.yaml", "sections:", "publication: {audience: [CN]}\nsections:")
    small.write("waivers.yaml", waive("CHK407"))
    assert [f.severity for f in small.findings("CHK407")] == [Severity.ERROR]
    (finding,) = small.findings("REL102")
    assert finding.message == "CHK407 cannot be waived: nothing may be issued against it"


def test_a_waiver_of_nothing_is_a_warning(small: Desk) -> None:
    small.write("waivers.yaml", waive("CHK403"))
    (finding,) = small.findings("REL103")
    assert (finding.severity, finding.message) == (
        Severity.WARNING,
        "the waiver of CHK403 waives nothing",
    )
    assert str(finding.place).endswith("waivers.yaml:1:3")


def test_an_explanation_of_nothing_is_a_warning(small: Desk) -> None:
    notes = "  - {kind: reconciliation, title: 勘误, explanations: {CHK202 sector 9%: 无此端点}}\n"
    small.edit("briefing.yaml", NO_RISKS, notes + NO_RISKS)
    (finding,) = small.findings("REL103")
    assert finding.message == "`CHK202 sector 9%` explains nothing that was found"


def attest(digest: str, rule: str = "CHK101") -> str:
    return (
        f"- {{rule: {rule}, statement: 已核对, by: li-01, role: compliance, date: 2024-03-25, "
        f"digest: {digest}}}\n"
    )


def test_an_attestation_is_void_after_any_change(small: Desk) -> None:
    small.write("attestations.yaml", attest(small.digest()))
    assert small.findings("REL104") == []
    assert [one.by for one in small.report().attestations] == ["li-01"]
    small.edit("pricing.md", "如下", "如下所示")
    (finding,) = small.findings("REL104")
    assert finding.message == ("the attestation of CHK101 by li-01 is void: the briefing changed")
    assert small.report().attestations == ()


def test_templates_belong_to_what_is_attested(small: Desk) -> None:
    before = small.digest()
    own = small.root / "templates" / "sections"
    own.mkdir(parents=True)
    (own / "risks.html.j2").write_text("<p>{{ section.title }}</p>", "utf-8")
    assert small.digest() != before


def test_waivers_belong_to_what_is_attested_and_attestations_do_not(small: Desk) -> None:
    before = small.digest()
    small.write("attestations.yaml", attest(before))
    assert small.digest() == before
    small.write("waivers.yaml", waive())
    assert small.digest() != before


def test_production_may_not_waive_an_error(small: Desk) -> None:
    small.write("waivers.yaml", waive().replace("supervisory-analyst", "production"))
    assert [f.severity for f in small.findings("CHK101")] == [Severity.ERROR]
    (finding,) = small.findings("REL102")
    assert finding.message == (
        "CHK101 cannot be waived: an error is waived by supervisory-analyst or compliance, "
        "not by production"
    )


def test_an_attestation_of_an_unknown_rule_is_a_warning(small: Desk) -> None:
    small.write("attestations.yaml", attest(small.digest(), "CN-99"))
    (finding,) = small.findings("REL103")
    assert finding.message == "no rule `CN-99` was asked of this briefing"
