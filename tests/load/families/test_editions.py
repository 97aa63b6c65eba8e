"""The editions of a family: which there are, what each holds, and what it was made from."""

import hashlib
import io

import pytest

from briefgen import pipeline
from briefgen.cli.console import complete_slug
from briefgen.load import yaml_nodes
from briefgen.workspace import select
from tests.load.families.conftest import FRONT, HERE, PRICES, Watch

PART = f"{PRICES}#vendor_id=kimi"
LIST = "for_each: {list: [{id: kimi, vendor: 月之暗面, model_id: k-1, vendor_id: k}]}"


def test_each_group_of_rows_is_an_edition(watch: Watch) -> None:
    assert watch.slugs() == ["watch.byte", "watch.kimi", "watch.rich"]


def test_the_name_of_the_family_means_all_of_them(watch: Watch) -> None:
    root = watch.desk.root
    assert select(root, ["watch", "watch.kimi"]).value == ["watch.byte", "watch.kimi", "watch.rich"]
    assert select(root, ["watch.kimi"]).value == ["watch.kimi"]
    (finding,) = select(root, ["watch.kimmi"]).findings
    assert (finding.code, finding.help) == ("WSP101", "did you mean `watch.kimi`?")


def test_the_shell_completes_both(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(watch.desk.root)
    found = complete_slug(None, None, "wat")  # type: ignore[arg-type]
    assert found == ["watch", "watch.byte", "watch.kimi", "watch.rich"]


def test_parameters_stand_in_yaml_prose_and_expressions(watch: Watch) -> None:
    kimi = watch.briefing("watch.kimi")
    assert kimi.slug == "watch.kimi"
    assert kimi.front.title == "月之暗面价格日报"
    assert kimi.front.tags == ("daily", "kimi")
    assert kimi.front.for_each is None
    assert kimi.exhibits["quotes"].caption == "月之暗面的报价"
    assert "月之暗面的输出价为" in kimi.prose["overview.md"]
    assert kimi.numbers['prices["k-1"].output'].number.value == 60  # type: ignore[union-attr]


def test_the_table_holds_the_rows_of_the_edition_and_another_name_all(watch: Watch) -> None:
    tables = watch.briefing("watch.byte").tables
    assert tables["prices"].row_keys == ("b-1",)
    assert tables["all"].row_keys == ("k-1", "b-1", "dear")


def test_without_a_column_the_key_names_the_editions(watch: Watch) -> None:
    watch.desk.edit(f"{HERE}/briefing.yaml", "prices, by: vendor_id", "prices")
    assert watch.slugs() == ["watch.b-1", "watch.dear", "watch.k-1"]


def test_what_was_read_are_its_own_rows(watch: Watch) -> None:
    watch.without_comparison()
    before = watch.load("watch.kimi")
    rows = "model_id,vendor_id,vendor,output\nk-1,kimi,月之暗面,60\n".encode()
    assert before.contents[PART] == rows
    assert before.reads[PART] == hashlib.sha256(rows).hexdigest()
    assert PRICES not in before.reads
    watch.desk.write(PRICES, watch.desk.read(PRICES).replace("字节跳动,2\n", "字节跳动,3\n"))
    watch.desk.write(PRICES, watch.desk.read(PRICES).replace("k-1,", "new,next,新,7\nk-1,", 1))
    after = watch.load("watch.kimi")
    assert (after.reads, after.made) == (before.reads, before.made)
    assert watch.briefing("watch.byte").tables["prices"].cell("b-1", "output") == "3"
    watch.desk.edit(PRICES, "月之暗面,60", "月之暗面,61")
    assert watch.load("watch.kimi").reads[PART] != before.reads[PART]


def test_a_comparison_reads_the_whole_table(watch: Watch) -> None:
    assert {PRICES, PART} <= watch.load("watch.kimi").reads.keys()


def test_a_list_gives_parameters(watch: Watch) -> None:
    watch.desk.edit(f"{HERE}/briefing.yaml", "for_each: {table: prices, by: vendor_id}", LIST)
    assert watch.slugs() == ["watch.kimi"]
    kimi = watch.briefing("watch.kimi")
    assert kimi.front.title == "月之暗面价格日报"
    assert kimi.tables["prices"].row_keys == ("k-1", "b-1", "dear")


def test_a_second_language_is_a_family_of_its_own(watch: Watch) -> None:
    english = FRONT.replace("zh-CN", "en").replace("${vendor}价格日报", "Prices of ${vendor_id}")
    watch.desk.write(f"{HERE}/briefing.en.yaml", english)
    assert watch.slugs() == sorted(
        f"watch.{key}{ending}" for key in ("byte", "kimi", "rich") for ending in ("", ".en")
    )
    assert watch.briefing("watch.kimi.en").front.title == "Prices of kimi"
    english_ones = ["watch.byte.en", "watch.kimi.en", "watch.rich.en"]
    assert select(watch.desk.root, ["watch.en"]).value == english_ones


def test_tags_choose_editions(watch: Watch) -> None:
    workspace = watch.opened()
    assert workspace.tagged({"daily"}) == watch.slugs()
    assert workspace.tagged({"kimi", "rich", "none"}) == ["watch.kimi", "watch.rich"]


def test_a_workbook_gives_editions_too(watch: Watch) -> None:
    from openpyxl import Workbook as Book

    rows = [line.split(",") for line in watch.desk.read(PRICES).splitlines() if line]
    book, content = Book(), io.BytesIO()
    for row in rows:
        assert book.active is not None
        book.active.append(row)
    book.save(content)
    watch.without_comparison()
    watch.desk.write(PRICES.replace(".csv", ".xlsx"), content.getvalue())
    package = f"{HERE}/tables/datapackage.yaml"
    watch.desk.edit(package, "path: prices.csv", "path: prices.xlsx\n    format: xlsx")
    assert watch.slugs() == ["watch.byte", "watch.kimi", "watch.rich"]
    loaded = watch.load("watch.kimi")
    assert loaded.made.value is not None
    assert loaded.made.value.tables["prices"].row_keys == ("k-1",)
    assert PRICES.replace(".csv", ".xlsx") in loaded.reads


def test_what_does_not_change_is_parsed_once(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = watch.opened()
    assert pipeline.load(workspace, "watch.kimi").made.value
    monkeypatch.setattr(yaml_nodes, "_parsed", None)
    assert pipeline.load(workspace, "watch.byte").made.value
    assert len(workspace.slugs()) == 4


def test_where_nothing_is_a_family_a_parameter_is_text(watch: Watch) -> None:
    title = "title: Kimi 走红之后"
    front = f"{watch.desk.briefing}/briefing.yaml"
    watch.desk.edit(front, title, title + " ${vendor}")
    assert "${vendor}" in watch.briefing(watch.desk.slug).front.title


def test_the_environment_keeps_its_names(watch: Watch) -> None:
    package = f"{HERE}/tables/datapackage.yaml"
    sql = "format: sql, query: select 1 order by 1, url: 'sqlite:///${NO_SUCH_NAME}.db'"
    watch.desk.edit(package, "{name: all, path: prices.csv", f"{{name: all, {sql}")
    codes = {finding.code: finding.message for finding in watch.load("watch.kimi").made.findings}
    assert codes["LOD309"] == "the environment variable `NO_SUCH_NAME` is not set"
    assert "LOD503" not in codes


def test_an_attestation_is_of_one_edition(watch: Watch) -> None:
    words = ("--by", "li-01", "--role", "compliance", "--date", "2024-06-01", "--statement", "可")
    refused = watch.desk.run("attest", "watch", "CHK101", *words)
    assert refused.exit_code == 2
    assert "`watch` has 3 editions, such as `watch.byte`: name one" in refused.output
    done = watch.desk.run("attest", "watch.kimi", "CHK101", *words)
    assert done.output.endswith(f"written to {HERE}/attestations.kimi.yaml\n")
    assert len(watch.load("watch.kimi").release.attestations) == 1
    assert watch.load("watch.byte").release.attestations == ()
