"""What heads every edition: read without tables, prose and exhibits."""

from __future__ import annotations

from briefgen.load.editions import briefing_slugs, edition_folder, edition_folders
from briefgen.load.fronts import Headed, read_fronts
from tests.load.families.conftest import FRONT, HERE, PRICES, Watch


def heads(watch: Watch) -> dict[str, Headed | None]:
    workspace = watch.opened()
    found = dict(read_fronts(workspace.data, workspace.shared.data, workspace.templates))
    assert list(found) == workspace.slugs()
    return found


def test_titles_are_those_of_the_editions(watch: Watch) -> None:
    headed = heads(watch)["watch.kimi"]
    assert headed is not None
    front, house = headed
    assert front == watch.briefing("watch.kimi").front
    assert house == watch.briefing("watch.kimi").brokerage


def test_nothing_else_is_read(watch: Watch) -> None:
    workspace = watch.opened()
    data = workspace.data
    assert list(read_fronts(data, workspace.shared.data, workspace.templates))
    kinds = {name.rpartition("/")[2] for name in data.reads if "/brokerages/" not in name}
    assert "briefing.yaml" in kinds <= {"briefing.yaml", "briefing.en.yaml"}


def test_mistakes_in_front_matter_show_and_others_do_not(watch: Watch) -> None:
    watch.desk.write(f"{HERE}/overview.md", "{{ nothing }}")
    assert heads(watch)["watch.kimi"] is not None
    for old, new in (
        ("language: zh-CN", "language: xx"),
        ("brokerage: example", "brokerage: exampel"),
        ("{tfzq: tfzq-kimi-2024-03-25}", "{tfzq: tfzq-kimi}"),
        ("sector: ", "sektor: "),
    ):
        watch.desk.write(f"{HERE}/briefing.yaml", FRONT.replace(old, new))
        assert heads(watch)["watch.kimi"] is None, new


def test_a_parameter_that_names_nothing_concerns_its_edition(watch: Watch) -> None:
    watch.desk.edit(PRICES, "b-1,byte,字节跳动", "b-1,byte,字节*跳动")
    found = heads(watch)
    assert (found["watch.byte"], found["watch.kimi"] is None) == (None, False)


def test_a_family_with_mistakes_has_its_own_line(watch: Watch) -> None:
    watch.desk.edit(PRICES, "b-1,byte", "b-1,BYTE")
    assert heads(watch)["watch"] is None


def test_folders_are_those_that_are_found_by_name(watch: Watch) -> None:
    watch.desk.write(f"{HERE}/briefing.en.yaml", FRONT)
    data = watch.opened().data
    folders = edition_folders(data)
    assert list(folders) == briefing_slugs(data)
    assert {"watch.kimi", "watch.kimi.en"} <= folders.keys()
    assert {slug: edition_folder(data, slug) for slug in folders} == folders
