"""A running preview of the shipped data, for all tests of this folder."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import LONG, SHORT, Desk
from playwright.sync_api import Browser
from preview.live.looking import BRIEF, LATEST_S, Looking

ROOT = Path(__file__).parents[3]
LITTLE = {
    "briefing.yaml": """\
title: 一份很短的日报
kind: 日报
sector: 计算机
brokerage: example
date: 2024-06
language: zh-CN
issuance: reconstruction
original: {source: tfzq-kimi, title: 原报告}
sections:
  - {kind: overview, title: 核心观点, prose: overview.md}
  - kind: risks
    title: 风险提示
    items: [{name: 报价, text: 报价或变。}]
  - {kind: disclosures, title: 声明}
""",
    "overview.md": "**价格下降。**门槛持续走高。\n",
}
"""The files of a briefing of two pages."""


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The shipped data with the shortest and the longest briefing, and one that says little."""
    root = tmp_path_factory.mktemp("preview") / "desk"
    others = {path.name for path in (ROOT / "data/briefings").iterdir()} - {SHORT.slug, LONG.slug}
    shutil.copytree(ROOT / "data", root / "data", ignore=lambda *_: others)
    (root / "data/briefings" / BRIEF).mkdir()
    for name, text in LITTLE.items():
        (root / "data/briefings" / BRIEF / name).write_text(text, "utf-8")
    return Desk(root)


@pytest.fixture(scope="session")
def address(desk: Desk) -> Iterator[str]:
    """A running preview; in the end Ctrl-C ends it in order."""
    command = [sys.executable, "-m", "briefgen", "preview", "--no-open", "--port", "0"]
    with subprocess.Popen(
        [*command, "--editor", "cursor"],
        cwd=desk.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        found = re.match(r"(http://127\.0\.0\.1:\d+/) ", line)
        assert found, process.stderr.read()
        yield found[1]
        process.send_signal(signal.SIGINT)
        assert process.wait(LATEST_S) == 130
        assert process.stderr.read() == ""


@pytest.fixture
def looking(browser: Browser, address: str, desk: Desk) -> Iterator[Looking]:
    context = browser.new_context(viewport={"width": 1360, "height": 850})
    page = context.new_page()
    looking = Looking(page, address, desk)
    page.set_default_timeout(LATEST_S * 1000)
    page.on("console", lambda message: looking.said.append(message.text))
    page.on("pageerror", lambda error: looking.said.append(str(error)))
    page.on("request", lambda one: looking.said.extend([one.url][: not at_home(one.url, address)]))
    yield looking
    context.close()
    assert looking.said == []


def at_home(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:"))
