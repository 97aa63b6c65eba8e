"""The benchmarks run; what they measure is the run that they say."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path

import batch
import overhead
import pytest
import run
from click.testing import CliRunner
from desks import ADVERBS, FAMILY, LONG, SHORT, Subject, generated, shipped
from figures import Figure, ratios, table
from justified import page_of
from processes import Sample, WrongRunError, measured
from psutil import Process

from briefgen import pipeline
from briefgen.cli.main import cli
from briefgen.workspace import open_workspace


def sample(wall: float) -> Sample:
    return Sample(wall, wall, 90, 200, {})


def test_the_generated_family_has_no_findings(tmp_path: Path) -> None:
    workspace = open_workspace(generated(tmp_path / "desk", 2).root).value
    assert workspace is not None
    assert workspace.slugs() == [f"{FAMILY}.model-001", f"{FAMILY}.model-002"]
    for slug in workspace.slugs():
        assert pipeline.check(workspace, slug).findings == ()


def test_other_rows_stay_when_some_are_changed(tmp_path: Path) -> None:
    desk = generated(tmp_path / "desk", 4)
    file = desk.root / "data" / "briefings" / FAMILY / "tables" / "prices.csv"
    before = file.read_text().splitlines()
    desk.write_rows(4, changed=1, by=1)
    once = file.read_text().splitlines()
    desk.write_rows(4, changed=1, by=2)
    again = file.read_text().splitlines()
    assert before[2:] == once[2:] == again[2:]
    assert len({before[1], once[1], again[1]}) == 3


@pytest.mark.parametrize("subject", [SHORT, LONG], ids=["short", "long"])
def test_word_and_cell_are_there_to_be_changed(subject: Subject, tmp_path: Path) -> None:
    desk = shipped(tmp_path / "desk")
    desk.change(subject, subject.word, ADVERBS[0])
    desk.change(subject, subject.cell, "1")
    workspace = open_workspace(desk.root).value
    assert workspace is not None
    prepared = pipeline.prepare(workspace, subject.slug, ("html",))
    assert prepared.value is not None, prepared.findings


def test_a_command_that_does_something_else_gives_no_figure(tmp_path: Path) -> None:
    assert measured(("-c", "print('{}')"), tmp_path).said == {}
    with pytest.raises(WrongRunError, match="ended with 3"):
        measured(("-c", "raise SystemExit(3)"), tmp_path)
    with pytest.raises(WrongRunError, match="no JSON"):
        measured(("-c", "print('built')"), tmp_path)


def test_figures_are_medians_against_bars() -> None:
    speed = ratios("times", [sample(6), sample(8)], [sample(3), sample(5)], "×", 1.8, is_least=True)
    assert speed.value == pytest.approx(1.8)
    assert speed.holds
    assert not Figure("share", (4, 9, 6), "%", 5).holds
    assert Figure("wall", (1, 2), "s").holds is None
    lines = table([speed, Figure("share", (4, 9, 6), "%", 5)]).splitlines()
    assert [line.split()[-1] for line in lines[1:]] == ["holds", "missed"]


@pytest.mark.slow
def test_batches_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that have workers are measured; the others are made in this process."""
    has_workers: list[bool] = []

    def run(words: tuple[str, ...], folder: Path, others: Sequence[Process]) -> Sample:
        has_workers.append("--jobs" in words and not (folder / "output").exists())
        if has_workers[-1]:
            return measured(words, folder, others)
        arguments = [*words[2:]]
        if "--jobs" in arguments:
            del arguments[(at := arguments.index("--jobs")) : at + 2]
        with chdir(folder):
            done = CliRunner().invoke(cli, list(map(str, arguments)))
        assert done.exit_code == 0, done.output
        return Sample(1, 1, 90, 0, json.loads(done.stdout))

    monkeypatch.setattr(batch, "REPEATS", 1)
    monkeypatch.setattr(batch, "why_not", lambda: "it is tested elsewhere")
    monkeypatch.setattr(batch, "measured", run)
    told: list[str] = []
    figures = batch.measure(tmp_path, 2, 1, "html", told.append)
    assert has_workers == [False, True, True, False, False]
    assert told[0] == "the cluster is left out: it is tested elsewhere"
    assert [figure.bar for figure in figures if figure.bar] == [1.8, 5, 300]
    memory = figures[-1]
    assert 50 < memory.value < 1000


@pytest.mark.slow
def test_the_overhead_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = generated(tmp_path / "desk", 1)
    monkeypatch.setattr(sys, "argv", ["overhead.py", str(desk.root), "--tasks", "3"])
    overhead.main()
    assert len(json.loads(capsys.readouterr().out)["milliseconds"]) == 3


def test_what_justification_costs_is_measured_on_a_page_that_is_justified(tmp_path: Path) -> None:
    workspace = open_workspace(shipped(tmp_path / "desk").root).value
    assert workspace is not None
    assert "align: justify" in page_of(workspace, SHORT.slug).html


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 1)])
def test_a_bar_that_is_missed_ends_with_1_when_that_is_asked_for(
    options: Sequence[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "_measured", lambda *_: [Figure("it", (2.0,), "s", bar=1.0)])
    monkeypatch.setattr(sys, "argv", ["run.py", "overhead", *options])
    assert run.main() == code
