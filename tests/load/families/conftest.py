"""A small family: the prices of three vendors in one table, an edition for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from briefgen import pipeline
from briefgen.diagnostics.finding import Finding, Severity
from briefgen.load.briefings import Loaded
from briefgen.model.briefing import Briefing
from briefgen.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from tests.conftest import Desk

HERE = "data/briefings/watch"
PRICES = f"{HERE}/tables/prices.csv"
FRONT = """\
for_each: {table: prices, by: vendor_id}
tags: [daily, "${vendor_id}"]
title: ${vendor}价格日报
kind: 日报
sector: 计算机
brokerage: example
date: 2024-06
language: zh-CN
issuance: reconstruction
compares: {tfzq: tfzq-kimi-2024-03-25}
sections:
  - {kind: overview, title: 核心观点, prose: overview.md}
  - kind: risks
    title: 风险提示
    items: [{name: 报价, text: "${vendor}的报价或变。"}]
  - {kind: disclosures, title: 声明}
"""
OVERVIEW = """\
**报价。**下文见[](#quotes)。

**对比。**${vendor}的输出价为 {{ prices["${model_id}"].output }}，占最高者的
{{ prices["${model_id}"].output / all["dear"].output | percent(0) }}。

:::{table} quotes
:::
"""
EXHIBITS = """\
quotes:
  caption: ${vendor}的报价
  view: {table: prices, columns: [{column: model_id}, {column: output}]}
  sources: [tfzq-kimi]
"""
PACKAGE = """\
name: watch
resources:
  - name: prices
    path: prices.csv
    title: ${vendor}的报价
    asOf: "2024-03-23"
    source: tfzq-kimi
    schema: &schema
      primaryKey: model_id
      fields:
        - {name: model_id}
        - {name: vendor_id}
        - {name: vendor}
        - {name: output, type: number, unit: CNY/1M tokens}
  - {name: all, path: prices.csv, asOf: "2024-03-23", source: tfzq-kimi, schema: *schema}
"""
ROWS = """\
model_id,vendor_id,vendor,output
k-1,kimi,月之暗面,60

b-1,byte,字节跳动,2
dear,rich,示例甲,240
"""


@dataclass(frozen=True, slots=True)
class Watch:
    """A desk with the family `watch`."""

    desk: Desk

    def opened(self) -> Workspace:
        made = open_workspace(self.desk.root)
        assert made.value is not None, made.findings
        return made.value

    def slugs(self) -> list[str]:
        return [slug for slug in self.opened().slugs() if slug.startswith("watch")]

    def load(self, slug: str) -> Loaded:
        return pipeline.load(self.opened(), slug)

    def briefing(self, slug: str) -> Briefing:
        loaded = self.load(slug)
        assert loaded.made.value is not None, loaded.made.findings
        return loaded.made.value

    def finding(self, slug: str) -> Finding:
        """The only thing that is wrong with an edition."""
        loaded = self.load(slug)
        assert loaded.made.value is None
        (found,) = (f for f in loaded.made.findings if f.severity is not Severity.NOTE)
        return found

    def without_comparison(self) -> None:
        """Only its own rows are read of the table."""
        self.desk.edit(
            f"{HERE}/overview.md", '/ all["dear"].output', '/ prices["${model_id}"].output'
        )
        package = self.desk.read(f"{HERE}/tables/datapackage.yaml")
        self.desk.write(f"{HERE}/tables/datapackage.yaml", package.partition("  - {name: all")[0])


@pytest.fixture
def watch(desk: Desk) -> Watch:
    for name, text in (
        ("briefing.yaml", FRONT),
        ("overview.md", OVERVIEW),
        ("exhibits.yaml", EXHIBITS),
        ("tables/datapackage.yaml", PACKAGE),
        ("tables/prices.csv", ROWS),
    ):
        desk.write(f"{HERE}/{name}", text)
    return Watch(desk)
