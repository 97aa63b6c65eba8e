"""Charts are measured with the font files that the PDF is set in."""

from dataclasses import replace

import pytest
from matplotlib.font_manager import FontProperties, fontManager

from briefgen.draw.style import Look, _register, register_fonts
from briefgen.toolchain.fonts import faces


def test_of_several_files_of_the_font_charts_take_the_one_of_the_pdf(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = look.theme.fonts.sans
    other = next(entry for entry in fontManager.ttflist if entry.name == "DejaVu Sans")
    monkeypatch.setattr(fontManager, "ttflist", [replace(other, name=family)])
    _register.cache_clear()
    register_fonts(look)
    found = {
        weight: fontManager.findfont(
            FontProperties(family=family, weight=weight), fallback_to_default=False
        )
        for weight in (400, 700)
    }
    assert found == {face.weight: str(face.file) for face in faces(family)}
