"""Continuous integration does what a person does: its steps run here, in a copy."""

from __future__ import annotations

import hashlib
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
from gallery_made import gallery_cache, with_gallery

from briefgen.publish.manifest import as_json

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

READS = {("ci", "check"): {"contents", "actions"}}
"""What jobs may read beside the code: in a private repository, `upload-sarif` asks for its run."""


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
        reading = {what for what, how in job["permissions"].items() if how == "read"}
        assert reading <= READS.get((workflow.stem, name), {"contents"})
        assert "upload-sarif@" not in str(job) or "actions" in reading
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
        shutil.rmtree(self.copy / "output", ignore_errors=True)

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


FAILED = "${{ steps.morning.outcome == 'failure' || steps.now.outcome == 'failure' }}"


def run_publish(runner: Runner, event: str, withdraw: str = "") -> str:
    """All steps of the jobs that build and publish, each on a machine; whether the site changed."""
    told = {
        "${{ github.event.schedule }}": "30 23 * * *",
        "${{ inputs.withdraw }}": withdraw,
        "${{ inputs.reason }}": "a mistake of ours" if withdraw else "",
    }
    changed, artifact = "unknown", runner.copy.parent / "artifact"
    shutil.rmtree(artifact, ignore_errors=True)
    for job, step in runs(ROOT / ".github/workflows/publish.yml"):
        holds = {
            None: True,
            "${{ github.event_name == 'schedule' }}": event == "schedule",
            "${{ github.event_name != 'schedule' }}": event != "schedule",
            FAILED: False,
        }[step.get("if")]
        if job == "publish":
            if changed == "false":
                break
            if not artifact.exists():
                shutil.copytree(runner.copy / "site", artifact, ignore=lambda *_: [".git"])
                runner.fresh()
        if holds and step["run"].strip() not in NOT_RUN_HERE:
            changed = runner.step(step, told).get("changed", changed)
        if step["run"] == "rm -rf site/*":
            shutil.copytree(artifact, runner.copy / "site", dirs_exist_ok=True)
    return changed


def index_of(job: dict[str, Any], text: str) -> int:
    """Which step of a job it is that has this text."""
    (found,) = (n for n, step in enumerate(job["steps"]) if text in str(step))
    return int(found)


def test_what_goes_out_is_what_the_site_has() -> None:
    for workflow in WORKFLOWS:
        for job in jobs(workflow).values():
            for step in job["steps"]:
                for name in ("path", "subject-path", "subject-checksums"):
                    assert "output" not in step.get("with", {}).get(name, ""), workflow.stem


def test_only_what_was_pushed_is_deployed() -> None:
    made = jobs(ROOT / ".github/workflows/publish.yml")
    publish, deploy = made["publish"], made["deploy"]
    assert index_of(publish, ".ci/site push") < index_of(publish, "upload-pages-artifact")
    page = publish["steps"][index_of(publish, "upload-pages-artifact")]
    assert publish["outputs"] == {"page": f"${{{{ steps.{page['id']}.outputs.artifact_id }}}}"}
    assert deploy["needs"] == "publish"
    assert deploy["if"] == "${{ !cancelled() && needs.publish.outputs.page }}"


def test_the_job_that_installs_may_write_nothing_and_runs_on_the_default_branch_only() -> None:
    made = jobs(ROOT / ".github/workflows/publish.yml")
    (installs,) = (name for name, job in made.items() if ".ci/install" in str(job))
    assert made[installs]["permissions"] == {"contents": "read"}
    assert "github.event.repository.default_branch" in made[installs]["if"]
    assert made["publish"]["needs"] == installs


def test_of_a_build_only_reconstructions_are_uploaded(tmp_path: Path) -> None:
    (step,) = (
        step
        for job, step in runs(ROOT / ".github/workflows/ci.yml")
        if "mkdir reconstructions" in step["run"]
    )
    (tmp_path / "output").mkdir()
    (tmp_path / "output/ledger.sqlite3").write_text("user@host")
    for issuance in ("issued", "draft", "reconstruction"):
        folder = tmp_path / "output" / issuance
        folder.mkdir()
        (folder / "manifest.json").write_bytes(as_json({"slug": "a", "issuance": issuance}))
    subprocess.run(["bash", "-e", "-c", step["run"]], cwd=tmp_path, check=True)
    assert [path.name for path in (tmp_path / "reconstructions").iterdir()] == ["reconstruction"]


class Kept:
    """A repository whose branch `site` has one edition, with a clone where a run goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "clone"
        (self.folder / ".ci").mkdir(parents=True)
        shutil.copy(ROOT / ".ci/site", self.folder / ".ci/site")
        self.git("init", "--quiet", "--bare", str(folder / "origin.git"))
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("remote", "add", "origin", str(folder / "origin.git"))
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "a state")
        self.run("fetch")
        self.write("a/1/a.pdf")
        self.run("push")

    def git(self, *arguments: str) -> None:
        author = ("-c", "user.name=test", "-c", "user.email=test@localhost")
        subprocess.run(["git", *author, *arguments], cwd=self.folder, check=True)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [".ci/site", *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)

    def write(self, name: str) -> None:
        site = self.folder / "site"
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
        digest = hashlib.sha256(name.encode()).hexdigest()
        with (site / "SHA256SUMS").open("a") as sums:
            sums.write(f"{digest}  {name}\n")


def test_what_is_attested_are_new_pdfs_and_the_sums(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.write("b/1/b.pdf")
    told = kept.run("subjects").stdout.splitlines()
    assert [line.split("  ")[1] for line in told] == ["SHA256SUMS", "b/1/b.pdf"]
    (kept.folder / "site/a/1/a.pdf").write_text("altered")
    assert kept.run("subjects").returncode == 1


def test_a_push_loses_nothing_and_may_be_done_once_more(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    assert kept.run("push").returncode == 0
    (kept.folder / "site/a/1/a.pdf").unlink()
    done = kept.run("push")
    assert done.returncode == 1
    assert "would be lost" in done.stderr
    assert "a/1/a.pdf" in done.stderr


@pytest.mark.parametrize(
    ("withdrawn", "lost"),
    [
        ("", {"a/1/a.pdf", "a/a.en/a.en.html", "a/index.html", "b/1/b.pdf", "b/2/b.pdf"}),
        ("a", {"a/index.html", "b/1/b.pdf", "b/2/b.pdf"}),
        ("b@2", {"a/1/a.pdf", "a/a.en/a.en.html", "a/index.html", "b/1/b.pdf"}),
        ("a@1", {"a/index.html", "b/1/b.pdf", "b/2/b.pdf"}),
    ],
)
def test_of_a_withdrawal_only_the_files_of_that_edition_may_go(
    withdrawn: str, lost: set[str], tmp_path: Path
) -> None:
    kept, site = Kept(tmp_path), tmp_path / "clone/site"
    names = ["a/1/a.pdf", "a/a.en/a.en.html", "a/index.html", "b/1/b.pdf", "b/2/b.pdf"]
    for name in (*names, "gallery/index.html"):
        kept.write(name)
    assert kept.run("push").returncode == 0
    for name in (*names, "gallery/index.html"):
        (site / name).unlink()
    done = kept.run("push", withdrawn)
    assert done.returncode == 1
    assert set(done.stderr.splitlines()[1:]) == lost
    for name in lost:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    assert kept.run("push", withdrawn).returncode == 0
    assert kept.run("push", "a b").returncode == 2


@pytest.mark.slow
def test_the_steps_of_the_workflows_run(
    built: Desk, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with_gallery(built.root, gallery_cache(tmp_path_factory))
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

    runner.fresh()
    assert run_publish(runner, "workflow_dispatch", withdraw=built.slug) == "true"
    left = {name for name in runner.published() if name.startswith(f"{built.slug}/")}
    assert left == {f"{built.slug}/index.html"}
    runner.fresh()
    assert run_publish(runner, "workflow_dispatch") == "false", "it does not come back"
