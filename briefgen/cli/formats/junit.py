"""Verdicts as JUnit XML: a suite per briefing, a case per rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from briefgen.diagnostics.finding import Finding, Severity, in_order
from briefgen.model.verdict import Outcome, Verdict
from briefgen.pipeline import Checked

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(results: Mapping[str, Checked]) -> str:
    """A rule that fails is a failure; one that needs a human or data is skipped, with the reason.

    What loading found is a case per code. Of what is waived or explained, the case only tells.
    """
    root = ElementTree.Element("testsuites", name="briefgen")
    for slug, checked in results.items():
        suite = ElementTree.SubElement(root, "testsuite", name=slug)
        for case in _cases(slug, checked):
            suite.append(case)
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("errors", "0")
        suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _cases(slug: str, checked: Checked) -> Iterator[ElementTree.Element]:
    by_code: dict[str, list[Finding]] = {}
    for finding in in_order(checked.findings):
        by_code.setdefault(finding.code, []).append(finding)
    verdicts = {v.code: v for v in checked.report.verdicts} if checked.report else {}
    for code in dict.fromkeys((*verdicts, *by_code)):
        verdict, findings = verdicts.get(code), by_code.get(code, [])
        name = f"{code} {verdict.name}" if verdict else code
        group = verdict.pack if verdict else "files"
        case = ElementTree.Element("testcase", classname=f"{slug}.{group}", name=name)
        _outcome(case, verdict, findings)
        yield case


def _outcome(case: ElementTree.Element, verdict: Verdict | None, findings: list[Finding]) -> None:
    failing = [finding for finding in findings if finding.severity is not Severity.NOTE]
    reasons = verdict.reasons if verdict else ()
    if verdict and verdict.outcome in {Outcome.NEEDS_HUMAN, Outcome.NOT_EVALUABLE}:
        message = f"{verdict.outcome}: {'; '.join(reasons)}"
        ElementTree.SubElement(case, "skipped", message=_clean(message))
    elif failing:
        worst = min(failing, key=lambda finding: list(Severity).index(finding.severity))
        failure = ElementTree.SubElement(
            case, "failure", type=worst.severity, message=_clean(worst.message)
        )
        failure.text = _told(failing)
    elif findings:
        ElementTree.SubElement(case, "system-out").text = _told(findings)


def _told(findings: list[Finding]) -> str:
    lines = []
    for finding in findings:
        where = f"{finding.place}: " if finding.place else ""
        lines.append(f"{where}{finding.severity}[{finding.code}]: {finding.message}")
        lines += [f"  help: {finding.help}"] if finding.help else []
    return _clean("\n".join(lines))


def _clean(text: str) -> str:
    """Text without the characters that XML does not allow."""
    return _NOT_XML.sub("\ufffd", text)
