"""What can be wrong with a family: it is said where it stands, and the others are as they were."""

import pytest

from briefgen.diagnostics.show import show
from tests.load.families.conftest import HERE, PRICES, ROWS, Watch

FRONT, PACKAGE = f"{HERE}/briefing.yaml", f"{HERE}/tables/datapackage.yaml"
DECLARED = "for_each: {table: prices, by: vendor_id}"

PATH = "    path: prices.csv\n"
BROKEN = [
    (FRONT, "table: prices", "table: prizes", "1:19: LOD501 there is no table `prizes`"),
    (
        *(FRONT, "by: vendor_id", "by: vend"),
        "1:31: LOD501 the table `prices` has no column `vend`",
    ),
    (FRONT, "by: ven", "bye: ven", "1:27: LOD103 unknown key `bye` in `for_each`"),
    (FRONT, DECLARED, "for_each: {}", "1:1: LOD106 `for_each` needs either `table` or `list`"),
    (
        *(FRONT, DECLARED, "for_each: prices"),
        "1:11: LOD106 expected a mapping (`key: value`), found `prices`",
    ),
    (FRONT, DECLARED, "for_each: {list: [], by: a}", "1:18: LOD106 must not be empty"),
    (
        *(FRONT, DECLARED, "for_each: {list: [{id: true}]}"),
        "1:24: LOD106 expected text, found `true`",
    ),
    (
        *(FRONT, DECLARED, "for_each: {list: [{name: k}]}"),
        "1:19: LOD502 the entry has no `id`, which names its edition",
    ),
    (FRONT, DECLARED, "for_each: {list: [{id: ../k}]}", "1:24: LOD502 `../k` names no edition"),
    (
        *(PRICES, ROWS, ROWS.partition("k-1")[0]),
        f"{FRONT}:1:19: LOD501 the table `prices` has no rows, so there are no editions",
    ),
    (PRICES, ROWS, "", "1:1: LOD301 the table is empty"),
    (PACKAGE, PATH, "    path: no.csv\n", "4:11: LOD101 there is no file `tables/no.csv`"),
    (PACKAGE, PATH, "", "3:5: LOD501 the table `prices` has no `path`"),
    (PACKAGE, PATH, "    path: ../../x.csv\n", "4:11: LOD109 `tables/../../x.csv` leaves"),
    (PACKAGE, PATH, "    format: sql\n", "4:13: LOD501 the rows of a query make no editions"),
    (PACKAGE, "name: watch\n", "name: [\n", "3:3: LOD102 not YAML"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN)
def test_a_family_that_nobody_knows_the_editions_of(
    watch: Watch, file: str, old: str, new: str, said: str
) -> None:
    watch.desk.edit(file, old, new)
    assert watch.slugs() == ["watch"]
    found = watch.finding("watch")
    told = f"{found.place}: {found.code} {found.message}"
    assert told.startswith(said if said.startswith("data/") else f"{file}:{said}")
    assert watch.briefing(watch.desk.slug)


def test_front_matter_that_is_no_yaml_is_one_briefing_with_a_finding(watch: Watch) -> None:
    watch.desk.edit(FRONT, "title: ${vendor}", "title: [${vendor}")
    assert watch.slugs() == ["watch"]
    assert watch.finding("watch").code == "LOD102"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("Kimi AI", "`Kimi AI` names no edition"),
        ("../../etc", "`../../etc` names no edition"),
        ("", "the row has no `vendor_id`"),
        ("en", "`en` names another briefing, or ends like a language of this one"),
        ("kimi.en", "`kimi.en` names another briefing, or ends like a language of this one"),
        ("taken", "`taken` names another briefing, or ends like a language of this one"),
    ],
)
def test_a_row_that_names_no_edition(watch: Watch, key: str, message: str) -> None:
    watch.desk.write(f"{HERE}/briefing.en.yaml", watch.desk.read(FRONT).replace(DECLARED, ""))
    watch.desk.write("data/briefings/watch.taken/briefing.yaml", "title: 别的\n")
    watch.desk.edit(PRICES, "b-1,byte", f"b-1,{key}")
    assert {"watch", "watch.kimi", "watch.rich"} <= set(watch.slugs())
    found = watch.finding("watch")
    assert (found.code, found.message) == ("LOD502", message)
    assert str(found.place) == f"{PRICES}:4:5"
    assert watch.briefing("watch.kimi").front.title == "月之暗面价格日报"


def test_an_entry_that_is_there_twice(watch: Watch) -> None:
    twice = "for_each: {list: [{id: a, vendor: 甲, model_id: k-1, vendor_id: k}, {id: a}]}"
    watch.desk.edit(FRONT, DECLARED, twice)
    assert watch.slugs() == ["watch", "watch.a"]
    assert watch.finding("watch").message == "duplicate edition `a`"
    assert watch.briefing("watch.a").front.title == "甲价格日报"


def test_an_edition_that_is_gone_is_said(watch: Watch) -> None:
    found = watch.finding("watch.kimmi")
    assert (found.code, str(found.place)) == ("LOD501", f"{FRONT}:1:1")
    assert "`watch.kimmi` is none of them" in found.message


def test_unknown_parameters_are_shown_where_they_stand(watch: Watch) -> None:
    watch.desk.edit(FRONT, "title: ${vendor}价", "title: ${vendr}价")
    watch.desk.edit(f"{HERE}/exhibits.yaml", "${vendor}的", "${}的")
    found = [f for f in watch.load("watch.kimi").made.findings if f.code == "LOD503"]
    assert show(found, watch.desk.root) == (
        f"{FRONT}:3:8: error[LOD503]: unknown parameter `vendr`\n"
        "  |\n3 | title: ${vendr}价格日报\n  |        ^^^^^^^^\n"
        "  = help: did you mean `vendor`?\n\n"
        f"{HERE}/exhibits.yaml:2:12: error[LOD503]: `${{}}` names no parameter\n"
        "  |\n2 |   caption: ${}的报价\n  |            ^^^\n"
        "  = help: known: `model_id`, `output`, `vendor`, `vendor_id`\n"
    )


def test_unknown_parameters_in_prose_too(watch: Watch) -> None:
    watch.desk.edit(f"{HERE}/overview.md", "**对比。**${vendor}", "**对比。**${vendor}${vndor}")
    found = watch.finding("watch.kimi")
    assert (str(found.place), found.message) == (
        f"{HERE}/overview.md:3:17",
        "unknown parameter `vndor`",
    )


def test_a_column_that_differs_is_no_parameter(watch: Watch) -> None:
    watch.desk.edit(PRICES, "dear,rich", "k-2,kimi,月之暗面,30\ndear,rich")
    found = watch.load("watch.kimi").made.findings[0]
    assert (found.code, str(found.place)) == ("LOD503", f"{HERE}/overview.md:3:34")
    assert found.message.startswith("`model_id` is no parameter: its values differ")
    assert watch.briefing("watch.byte")


MARKUP = [
    *("*甲*", "`甲`", "[甲](https://a.example)", "a<b", "{{ x }}", "甲|乙", "$甲", "甲#", "甲'"),
    *("1. 甲", "- 甲", "~~甲", ":::甲", "_甲_", "&lt;", " 甲", "甲\\"),
]


@pytest.mark.parametrize("value", MARKUP)
def test_what_is_more_than_text_is_refused_at_its_cell(watch: Watch, value: str) -> None:
    watch.desk.edit(PRICES, "kimi,月之暗面", f"kimi,{value}")
    found = watch.finding("watch.kimi")
    assert (found.code, str(found.place)) == ("LOD504", f"{PRICES}:2:10")
    assert watch.briefing("watch.byte")


@pytest.mark.parametrize("value", ['"甲\n乙"', '"""甲"""', '""'])
def test_line_ends_quotes_and_nothing_are_refused_too(watch: Watch, value: str) -> None:
    watch.desk.edit(PRICES, "kimi,月之暗面", f"kimi,{value}")
    assert watch.finding("watch.kimi").code == "LOD504"


@pytest.mark.parametrize("value", ["R&D", "a_b", "甲（乙）", "5~10", "360 甲", "01.AI", "A-B: c"])
def test_plain_text_is_taken_as_it_is(watch: Watch, value: str) -> None:
    watch.desk.edit(PRICES, "kimi,月之暗面", f"kimi,{value}")
    assert watch.briefing("watch.kimi").front.title == f"{value}价格日报"


def test_in_cells_that_nothing_uses_anything_may_stand(watch: Watch) -> None:
    rows = watch.desk.read(PRICES).replace("output\n", "output,note\n").replace("60\n", "60,*甲*\n")
    watch.desk.write(PRICES, rows.replace(",2\n", ",2,\n").replace(",240\n", ",240,\n"))
    watch.desk.edit(
        PACKAGE, "        - {name: vendor}\n", "        - {name: vendor}\n        - {name: note}\n"
    )
    assert watch.briefing("watch.kimi")


def test_a_finding_on_a_filled_line_has_the_line_and_no_fix(watch: Watch) -> None:
    text = "**对比。**${vendor}的输出价,约为 {{ nothing }}。\n"
    watch.desk.write(f"{HERE}/overview.md", text)
    found = watch.finding("watch.kimi")
    assert (found.code, str(found.place)) == ("LOD402", f"{HERE}/overview.md:1:1")
    watch.desk.write(f"{HERE}/overview.md", text.replace(" {{ nothing }}", "零"))
    done = watch.desk.run("check", "watch.kimi", "--fix", "--select", "CHK5,CHK6")
    assert f"{HERE}/overview.md:1:1" in done.output
    assert watch.desk.read(f"{HERE}/overview.md").startswith("**对比。**${vendor}的输出价,")


def test_editions_that_compare_each_other_are_a_circle(watch: Watch) -> None:
    two = "for_each: {list: [{id: a, peer: b, <k>}, {id: b, peer: a, <k>}]}"
    keys = "vendor: 甲, vendor_id: k, model_id: k-1"
    watch.desk.edit(FRONT, DECLARED, two.replace("<k>", keys))
    watch.desk.edit(FRONT, "compares: {", 'compares: {peer: "watch.${peer}", ')
    assert watch.finding("watch.a").message == (
        "the compared briefing `watch.b` has errors: "
        "a circle of comparisons: watch.a → watch.b → watch.a"
    )
