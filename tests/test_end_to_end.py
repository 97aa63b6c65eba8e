"""The shipped briefing, built as a user builds it: what the edition says."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.check.rules import RULES

if TYPE_CHECKING:
    from tests.conftest import Desk

ROOT = Path(__file__).parents[1]
SLUG = "tfzq-kimi-2024-03-25"

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("end_to_end")]


@pytest.fixture(scope="module", name="edition")
def _built(_edition: Desk) -> Path:
    return _edition.root / "output" / SLUG


@pytest.fixture(scope="module")
def text(edition: Path) -> str:
    """The PDF's text, without spaces and line ends, so that line breaks hide nothing."""
    raw = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", edition / f"{SLUG}.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return re.sub(r"\s+", "", raw)


@pytest.mark.parametrize(
    "words",
    [
        # prices, as the source prints them, and what follows from them
        "60元/百万tokens",
        "72元/百万tokens",
        "217元/百万tokens",
        "7.23元/美元",
        "3.6倍",
        "16.7%",
        "72.4%",
        # dates
        "2024年3月25日",
        "2024年3月23日",
        "2024年3月18日",
        # the rating and both definition tables
        "强于大市维持",
        "上次评级强于大市",
        "买入+20%及以上",
        "增持+10%至+20%*",
        "持有−10%至+10%*",
        "卖出−10%及以下",
        "强于大市+5%及以上",
        "中性−5%至+5%*",
        "弱于大市−5%及以下",
        "6个月",
        "沪深300指数",
        # survey base, scale, offices, related reports, what is lost
        "154份",
        "1万亿参数",
        "100088",
        "570102",
        "200086",
        "518000",
        "重视Q1高景气方向：出海&算力",
        "KIMI再升级，长文本能力大幅超越GPT4.5",
        "地方出台政策支持规范数据跨境流通",
        "Mamba架构的推理效率大幅提升",
        "行业走势图",
    ],
)
def test_the_pdf_says(text: str, words: str) -> None:
    assert words in text


def test_the_pdf_names_all_securities(text: str) -> None:
    groups = (ROOT / "data" / "briefings" / SLUG / "recommendations.yaml").read_text("utf-8")
    picked = set(re.findall(r"security: ([a-z0-9-]+)", groups))
    rows = (ROOT / "data" / "securities.csv").read_text(encoding="utf-8").splitlines()[1:]
    names = [row.split(",")[1] for row in rows if row.split(",")[0] in picked]
    assert len(names) == len(picked) == 18
    assert [name for name in names if name not in text] == []


def test_every_page_says_that_it_is_a_reconstruction(edition: Path) -> None:
    pages = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", edition / f"{SLUG}.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\f")[:-1]
    assert len(pages) >= 5
    assert all("仅作示例，非天风证券发布" in page for page in pages)
    html = (edition / f"{SLUG}.html").read_text(encoding="utf-8")
    assert "仅作示例，非天风证券发布" in html.partition("</head>")[0]


def test_no_natural_person_is_in_the_edition(edition: Path, text: str) -> None:
    html = (edition / f"{SLUG}.html").read_text(encoding="utf-8")
    for document in (text, html):
        assert re.search(r"[SA]\d{13}", document) is None
        mails = set(re.findall(r"[\w.]+@[\w.]+\w", document, re.ASCII))
        assert mails <= {"research@tfzq.com"}


def test_the_html_is_one_self_contained_file(edition: Path) -> None:
    html = (edition / f"{SLUG}.html").read_text(encoding="utf-8")
    loaded = re.findall(r'(?:src|srcset)="([^"]+)"|url\(([^)]+)\)|@import', html)
    assert all((src or url).startswith(("data:", "#")) for src, url in loaded)
    assert "<link" not in html
    scripts = re.findall(r"<script([^>]*)>", html)
    assert scripts == [' type="application/ld+json"', ' type="module"'], "data, and our own"


def test_the_manifest_is_true(edition: Path) -> None:
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    made = {f"{SLUG}.html", f"{SLUG}.pdf", "evidence.json", "exhibits.xlsx"}
    assert made <= set(manifest["outputs"])
    for name, entry in manifest["outputs"].items():
        assert hashlib.sha256((edition / name).read_bytes()).hexdigest() == entry["sha256"]
    for name, digest in manifest["inputs"].items():
        if "#" not in name:  # of the settings, editions read a part
            assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == digest
    folder = ROOT / "data" / "briefings" / SLUG
    files = {path.relative_to(ROOT).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files <= set(manifest["inputs"])
    assert {finding["severity"] for finding in manifest["findings"]} <= {"note"}


def test_the_manifest_says_what_became_of_every_rule(edition: Path) -> None:
    check = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))["check"]
    outcomes = {verdict["code"]: verdict["outcome"] for verdict in check["verdicts"]}
    on_edition = [rule.code for rule in RULES if rule.code.startswith("CHK7")]
    assert {outcomes[code] for code in on_edition} == {"pass"}
    assert re.fullmatch(r"[0-9a-f]{64}", check["digest"])


def test_every_number_of_the_html_is_in_the_evidence(edition: Path) -> None:
    evidence = json.loads((edition / "evidence.json").read_text(encoding="utf-8"))
    html = (edition / f"{SLUG}.html").read_text(encoding="utf-8")
    bound = {Decimal(value) for value in re.findall(r'<data value="([^"]+)"', html)}
    assert bound
    assert bound <= {Decimal(number["value"]) for number in evidence["numbers"]}
    assert all(number["shown_in"] for number in evidence["numbers"] if "inputs" not in number)
