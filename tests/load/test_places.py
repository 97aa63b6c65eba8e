"""Whatever data file of the shipped briefing is broken, the finding names its line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Desk

HERE = "data/briefings/tfzq-kimi-2024-03-25"
DATA = Path(__file__).parents[2]

BREAKS = [
    # file, what is there, what is written instead
    ("data/workspace.yaml", "names_with_digits:", "names_with_digit:"),
    ("data/units.yaml", "responses: {kind: count", "responses: {kind: counts"),
    ("data/sources.yaml", "kind: survey", "kind: survy"),
    ("data/securities.csv", "hundsun,恒生电子,,,,", "hundsun,恒生电子,,,"),
    ("data/brokerages/tfzq.yaml", "legal_name:", "legal_nam:"),
    (f"{HERE}/briefing.yaml", "issuance: reconstruction", "issuance: published"),
    (f"{HERE}/exhibits.yaml", "group_by: vendor", "group_by: seller"),
    (f"{HERE}/facts.yaml", "value: 128000", "value: 128k"),
    (f"{HERE}/recommendations.yaml", "security: yonyou", "security: yongyou"),
    (f"{HERE}/chain.md", ":::{figure} cause-chain", ":::{figure} chain"),
    (f"{HERE}/competition.md", "{{ iaas_decade }}", "{{ iaas_years }}"),
    (f"{HERE}/overview.md", "{{ recommendations.securities }}", "{{ recommendations.shares }}"),
    (f"{HERE}/pricing.md", "{{ context_length }}", "{{ context_lenght }}"),
    (f"{HERE}/recommendations.md", "{{ recommendations.office }}", "{{ recommendations.ofice }}"),
    (f"{HERE}/relations.yaml", "gpt4_turbo_list_input_cny]", "gpt4_turbo_list_input_cn]"),
    (f"{HERE}/survey.md", "(#risks)", "(#risk)"),
    (f"{HERE}/tables/datapackage.yaml", "primaryKey: model_id", "primaryKey: model_ids"),
    (f"{HERE}/tables/prices.csv", ",72,217", ",72,217元"),
]


@pytest.mark.parametrize(("file", "old", "new"), BREAKS, ids=[case[0] for case in BREAKS])
def test_breaking_a_file_is_found_in_its_line(desk: Desk, file: str, old: str, new: str) -> None:
    desk.edit(file, old, new)
    line = desk.read(file).split(new)[0].count("\n") + 1
    found = [(f.place.file, f.place.line) for f in desk.findings() if f.place]
    assert found == [(file, line)]


def test_every_data_file_of_the_briefing_is_broken_once() -> None:
    shared = ["workspace.yaml", "units.yaml", "sources.yaml", "securities.csv"]
    used = {*(f"data/{name}" for name in shared), "data/brokerages/tfzq.yaml"}
    files = [path for path in (DATA / HERE).rglob("*") if path.is_file()]
    used |= {path.relative_to(DATA).as_posix() for path in files}
    assert {file for file, _, _ in BREAKS} == used
