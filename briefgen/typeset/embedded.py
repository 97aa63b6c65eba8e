"""Chinese fonts in a PDF without the room of glyphs that it does not use.

WeasyPrint keeps the numbers of glyphs, so a font keeps a place for each of its 60,000, which is
most of a file. A CFF font that is keyed by CID names its glyphs itself: here those that are used
stay, as a bare CFF, and the codes in the text still find them.

Fonts are read where they lie: WeasyPrint would copy each whole file, 20 megabytes.

This rests on WeasyPrint's private API: `install` looks first whether it is as expected.
Source: ISO 32000-1, 9.7.4.2 and 9.9.
"""

from __future__ import annotations

import inspect
from functools import cache, partial
from io import BytesIO
from typing import Any

_EXPECTED = {
    "__init__": ["self", "pango_font", "description", "font_size"],
    "clean": ["self", "to_unicode", "hinting"],
    "subset": ["self", "to_unicode", "hinting"],
}
"""The methods of fonts in WeasyPrint 70 that are relied on, with their parameters."""

_OLDEST_HARFBUZZ = (4, 1, 0)
"""The version that knows how to choose glyphs by a list."""


class Bare(bytes):
    """A CFF font program that stands for itself, without the tables of a file."""


@cache
def install() -> bool:
    """Have WeasyPrint make fonts compact, once per process; False if its API is another."""
    from weasyprint.pdf import fonts, stream
    from weasyprint.text.ffi import harfbuzz, harfbuzz_subset

    if not is_as_expected() or harfbuzz_subset is None:
        return False
    if not harfbuzz.hb_version_atleast(*_OLDEST_HARFBUZZ):
        return False

    class CompactFont(fonts.Font):  # type: ignore[misc]
        """A font whose file is read when it is asked for, and that is made bare where it can be."""

        _content: Any

        @property
        def file_content(self) -> Any:
            if callable(self._content):
                self._content = self._content()
            return self._content

        @file_content.setter
        def file_content(self, content: Any) -> None:
            self._content = content

        @property
        def type(self) -> str:
            return "otf" if isinstance(self.file_content, Bare) else super().type

        def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
            table = _subset(self, sorted(to_unicode)) if to_unicode else None
            if table and (bare := _with_plain_widths(table)):
                self.file_content = Bare(bare)
            else:
                super().subset(to_unicode, hinting)

    fonts.get_hb_object_data = partial(partial, fonts.get_hb_object_data)
    stream.Font = CompactFont
    return True


def is_as_expected() -> bool:
    """Whether all of WeasyPrint's private API is there that is relied on."""
    from weasyprint.pdf import fonts, stream

    if not hasattr(fonts, "get_hb_object_data") or not hasattr(stream, "Font"):
        return False
    font = getattr(fonts, "Font", None)
    methods = {name: getattr(font, name, None) for name in _EXPECTED}
    return isinstance(getattr(font, "type", None), property) and all(
        callable(method) and list(inspect.signature(method).parameters) == _EXPECTED[name]
        for name, method in methods.items()
    )


def name_kinds(pdf: Any) -> None:
    """Say of each bare font in a PDF that it is one, before the PDF is written."""
    import pydyf

    for part in pdf.objects:
        if isinstance(part, pydyf.Stream) and isinstance(next(iter(part.stream), None), Bare):
            part.extra["Subtype"] = "/CIDFontType0C"


def _subset(font: Any, glyphs: list[int]) -> bytes | None:
    """The `CFF ` table with these glyphs alone, for a font that has no other outlines."""
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    if "CFF " not in font.tables or font.bitmap or font.png or font.svg or font.colr:
        return None
    glyphs = [glyph for glyph in glyphs if glyph < font.glyph_count]
    wanted = ffi.gc(
        harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy
    )
    tables = sorted(harfbuzz.hb_tag_from_string(name, -1) for name in (b"GSUB", b"GPOS"))
    kind = harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG
    for chosen, numbers in (
        (harfbuzz_subset.hb_subset_input_glyph_set(wanted), glyphs),
        (harfbuzz_subset.hb_subset_input_set(wanted, kind), tables),
    ):
        given = ffi.new(f"hb_codepoint_t[{len(numbers)}]", numbers)
        harfbuzz.hb_set_add_sorted_array(chosen, given, len(numbers))
    plain = harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
    harfbuzz_subset.hb_subset_input_set_flags(wanted, plain)
    made = harfbuzz_subset.hb_subset_or_fail(font.hb_face, wanted)
    if made == ffi.NULL:
        return None
    face = ffi.gc(made, harfbuzz.hb_face_destroy)
    tag = harfbuzz.hb_tag_from_string(b"CFF ", -1)
    blob = ffi.gc(harfbuzz.hb_face_reference_table(face, tag), harfbuzz.hb_blob_destroy)
    length = ffi.new("unsigned int *")
    start = harfbuzz.hb_blob_get_data(blob, length)
    return bytes(ffi.unpack(start, length[0]))


def _with_plain_widths(table: bytes) -> bytes | None:
    """The font with widths as they are, not as differences, which not all readers add up.

    None for a font that is not keyed by CID, or has a glyph that begins as none should.
    """
    from fontTools.cffLib import CFFFontSet
    from fontTools.ttLib import TTFont

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(table), None)
    top = fonts.topDictIndex[0]
    if not hasattr(top, "ROS"):
        return None
    try:
        for name in top.charset:
            _settle_width(top.CharStrings[name])
    except KeyError:
        return None
    for part in top.FDArray:
        part.Private.nominalWidthX = part.Private.defaultWidthX = 0
    written = BytesIO()
    fonts.compile(written, TTFont(recalcBBoxes=False), isCFF2=False)
    return written.getvalue()


_ODD_WITH_WIDTH = dict.fromkeys(
    ("hstem", "vstem", "hstemhm", "vstemhm", "hintmask", "cntrmask", "rmoveto", "endchar"), True
) | dict.fromkeys(("hmoveto", "vmoveto"), False)
"""The operators that a glyph begins with: whether an odd number of arguments holds a width.

Source: Adobe Technical Note 5177, 3.1 and 4.
"""


def _settle_width(glyph: Any) -> None:
    """Put the width itself in front of a glyph's program; the rest of its bytes stays as it is."""
    from fontTools.misc.psCharStrings import encodeFixed

    arguments, ends = [], []
    token, is_operator, end = glyph.getToken(0)
    while not is_operator:
        arguments.append(token)
        ends.append(end)
        token, is_operator, end = glyph.getToken(end)
    has_width = len(arguments) % 2 == _ODD_WITH_WIDTH[token]
    private = glyph.private
    width = private.nominalWidthX + arguments[0] if has_width else private.defaultWidthX
    outline = glyph.bytecode[ends[0] :] if has_width else glyph.bytecode
    glyph.setBytecode(encodeFixed(width) + outline)
