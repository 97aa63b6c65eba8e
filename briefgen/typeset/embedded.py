"""Chinese fonts in a PDF without the room of glyphs that it does not use.

WeasyPrint keeps the numbers of glyphs, so a font keeps a place for each of its 60,000, which is
most of a file. A CFF font that is keyed by CID names its glyphs itself: here those that are used
stay, as a bare CFF, and the codes in the text still find them.

This rests on WeasyPrint's private API: what is not as expected raises, and the caller goes on.
Source: ISO 32000-1, 9.7.4.2 and 9.9.
"""

from __future__ import annotations

from io import BytesIO
from math import isnan, nan
from typing import Any


def compact(document: Any, pdf: Any) -> None:
    """Make the CID-keyed fonts of a PDF smaller, in place, before it is written."""
    fonts = {font.name: font for font in document.fonts.values()}
    uses: dict[int, tuple[Any, Any, set[int]]] = {}
    for part in pdf.objects:
        if isinstance(part, dict) and part.get("Subtype") == "/CIDFontType0":
            file = _at(pdf, _at(pdf, part["FontDescriptor"]).get("FontFile3"))
            if file is not None and part["BaseFont"] in fonts:
                uses.setdefault(id(file), (file, fonts[part["BaseFont"]], set()))[2].update(
                    _codes(part["W"])
                )
    for file, font, codes in uses.values():
        table = _subset(font, sorted(code for code in codes if code < font.glyph_count))
        if table and (bare := _with_plain_widths(table)):
            file.stream = [bare]
            file.extra["Subtype"] = "/CIDFontType0C"


def _at(pdf: Any, reference: bytes | None) -> Any:
    return pdf.objects[int(reference.split()[0])] if reference else None


def _codes(widths: list[Any]) -> list[int]:
    """The codes that an array of widths names: each first one is followed by the widths."""
    runs = zip(widths[::2], widths[1::2], strict=True)
    return [first + step for first, run in runs for step in range(len(run))]


def _subset(font: Any, glyphs: list[int]) -> bytes | None:
    """The `CFF ` table with these glyphs alone."""
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    if harfbuzz_subset is None:
        return None
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

    None for a font that is not keyed by CID.
    """
    from fontTools.cffLib import CFFFontSet
    from fontTools.misc.psCharStrings import T2WidthExtractor
    from fontTools.ttLib import TTFont

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(table), None)
    top = fonts.topDictIndex[0]
    if not hasattr(top, "ROS"):
        return None
    for name in top.charset:
        glyph = top.CharStrings[name]
        private = glyph.private
        glyph.decompile()
        found = T2WidthExtractor([], [], 0, nan)
        found.execute(glyph)
        if isnan(found.width):
            glyph.program.insert(0, private.defaultWidthX)
        else:
            glyph.program[0] += private.nominalWidthX
    for part in top.FDArray:
        part.Private.nominalWidthX = part.Private.defaultWidthX = 0
    written = BytesIO()
    fonts.compile(written, TTFont(), isCFF2=False)
    return written.getvalue()
