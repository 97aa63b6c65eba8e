"""Continuous integration does what a person does: its steps run here, in a copy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Desk

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

NOT_RUN_HERE = {
    ".ci/install run": "it installs packages",
    ".ci/run": "it is this suite",
    "make briefings": "it installs packages, and builds what other tests build",
}
"""Steps that the test below leaves out, and why."""

WRITES = {
    ("ci", "check"): {"security-events"},
    ("publish", "publish"): {"contents", "id-token", "attestations"},
    ("publish", "deploy"): {"pages", "id-token"},
}
"""What jobs may write."""


def read(workflow: Path) -> dict[str, Any]:
    """A workflow with all its scalars as text: `on` is no truth value there."""
    return dict(yaml.load(workflow.read_text("utf-8"), Loader=yaml.BaseLoader))


def jobs(workflow: Path) -> dict[str, Any]:
    return dict(read(workflow)["jobs"])


def runs(workflow: Path) -> list[tuple[str, dict[str, Any]]]:
    """The steps that run something, each with its job."""
    return [
        (name, step)
        for name, job in jobs(workflow).items()
        for step in job["steps"]
        if "run" in step
    ]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_one(workflow: Path) -> None:
    checked = subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema"),
            *("--builtin-schema", "vendor.github-workflows", str(workflow)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_do_what_it_must_and_no_more(workflow: Path) -> None:
    assert read(workflow)["permissions"] == {}
    assert read(workflow)["concurrency"]["group"]
    for name, job in jobs(workflow).items():
        assert int(job["timeout-minutes"]) <= 120
        writing = {what for what, how in job["permissions"].items() if how == "write"}
        assert writing == WRITES.get((workflow.stem, name), set())
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40}", step["uses"])
            assert "${{" not in step.get("run", ""), "texts of others come in by `env`"


def test_what_is_left_out_below_is_there() -> None:
    ran = {step["run"].strip() for workflow in WORKFLOWS for _, step in runs(workflow)}
    assert ran >= NOT_RUN_HERE.keys()


def test_the_time_is_that_of_the_job(desk: Desk) -> None:
    done = desk.run("schedule", "export", "github", "morning")
    assert done.exit_code == 0, done.output
    (told,) = re.findall(r"^ +- cron: (.*)$", done.stdout, re.MULTILINE)
    (line,) = read(ROOT / ".github/workflows/publish.yml")["on"]["schedule"]
    assert f'"{line["cron"]}"' == told


class Runner:
    """A clone of the repository with one briefing, as a runner has it."""

    def __init__(self, folder: Path, built: Desk) -> None:
        self.origin, self.copy = folder / "origin.git", folder / "copy"
        self.copy.mkdir(parents=True)
        for name in (".ci", ".github", ".gitignore", "Makefile"):
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.copy / name)
            else:
                shutil.copy(source, self.copy / name)
        shutil.copytree(built.root / "data", self.copy / "data")
        shutil.copytree(built.root / ".cache", self.copy / ".cache")
        (self.copy / ".venv/bin").mkdir(parents=True)
        program = Path(sys.executable).with_name("briefgen")
        (self.copy / ".venv/bin/briefgen").symlink_to(program)
        self.git("init", "--quiet", "--bare", str(self.origin))
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("remote", "add", "origin", str(self.origin))
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "a state")

    def git(self, *arguments: str) -> str:
        author = ("-c", "user.name=test", "-c", "user.email=test@localhost")
        return subprocess.run(
            ["git", *author, *arguments], cwd=self.copy, capture_output=True, text=True, check=True
        ).stdout

    def published(self) -> set[str]:
        """The files of the site as they were pushed."""
        self.git("fetch", "origin", "site")
        return set(self.git("ls-tree", "-r", "--name-only", "FETCH_HEAD").split())

    def fresh(self) -> None:
        """The next run begins: nothing of the site is there."""
        self.git("worktree", "remove", "--force", "site")
        shutil.rmtree(self.copy / "output")

    def step(self, step: dict[str, Any], told: dict[str, str]) -> dict[str, str]:
        """Run a step; what it outputs. `told` gives what expressions stand for."""
        outputs = self.copy.parent / "outputs"
        outputs.write_text("")
        given = {name: told[value] for name, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=self.copy,
            env={**os.environ, **given, "GITHUB_OUTPUT": str(outputs)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{step['run']}\n{done.stdout}{done.stderr}"
        return dict(line.split("=", 1) for line in outputs.read_text().split())


CHANGED = "${{ steps.site.outputs.changed == 'true' }}"
FAILED = "${{ steps.morning.outcome == 'failure' || steps.now.outcome == 'failure' }}"


def run_publish(runner: Runner, event: str) -> str:
    """All steps of the job that publishes; whether the site changed."""
    told = {"${{ github.event.schedule }}": "30 23 * * *"}
    changed = "unknown"
    for job, step in runs(ROOT / ".github/workflows/publish.yml"):
        assert job == "publish"
        holds = {
            None: True,
            "${{ github.event_name == 'schedule' }}": event == "schedule",
            "${{ github.event_name != 'schedule' }}": event != "schedule",
            CHANGED: changed == "true",
            FAILED: False,
        }[step.get("if")]
        if holds and step["run"].strip() not in NOT_RUN_HERE:
            changed = runner.step(step, told).get("changed", changed)
    return changed


@pytest.mark.slow
def test_the_steps_of_the_workflows_run(built: Desk, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "runner", built)
    for _, step in runs(ROOT / ".github/workflows/ci.yml"):
        if step["run"].strip() not in NOT_RUN_HERE:
            runner.step(step, {})
    assert '"version": "2.1.0"' in (runner.copy / "check.sarif").read_text("utf-8")

    assert run_publish(runner, "workflow_dispatch") == "true"
    first = runner.published()
    assert {"index.html", "SHA256SUMS", f"{built.slug}/index.html"} <= first

    runner.fresh()
    assert run_publish(runner, "workflow_dispatch") == "false"

    title = runner.copy / built.briefing / "briefing.yaml"
    text = title.read_text("utf-8")
    title.write_text(re.sub("^title: .*$", "title: 改过的标题", text, flags=re.MULTILINE), "utf-8")
    runner.fresh()
    assert run_publish(runner, "workflow_dispatch") == "true"
    assert first < runner.published(), "what was published before is kept"

    runner.fresh()
    run_publish(runner, "schedule")
