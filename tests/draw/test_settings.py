"""What a machine says of matplotlib and of fonts: the one changes nothing, the other is noticed."""

import matplotlib as mpl
import pytest
from shipped import opened

from briefgen import pipeline
from briefgen.cache.remember import Memory
from briefgen.toolchain import fonts


def test_settings_of_the_machine_change_no_drawing() -> None:
    task = pipeline.prepare(opened(), "tfzq-kimi-2024-03-25", ("html",)).value
    assert task is not None
    theme = opened().templates.themes[task.briefing.front.theme]

    def drawings() -> object:
        out = pipeline.Collector()
        return pipeline.drawings_of(task.briefing, theme, task.places, Memory(), out)

    plain = drawings()
    with mpl.rc_context({"patch.linewidth": 9, "axes.grid": True, "lines.linewidth": 9}):
        assert drawings() == plain


def test_how_fonts_are_chosen_is_part_of_the_listing(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = fonts.listing.__wrapped__()
    config = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>'
        '<match target="font"><edit name="embolden"><bool>true</bool></edit></match></fontconfig>'
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    assert fonts.listing.__wrapped__() != before
