"""How a language writes numbers, units, days and periods."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from briefgen.model.number import Number, Shown, Style
from briefgen.model.unit import MULTIPLIERS, Unit, UnitName

MINUS = "\N{MINUS SIGN}"
THIN_GAP = "\N{NO-BREAK SPACE}"

_PRECISION = 100
"""Digits kept in rounding: more than any number has before and after the point together."""

_MAGNITUDES: dict[str, tuple[tuple[int, str], ...]] = {
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
    "en": ((12, "tn"), (9, "bn"), (6, "m"), (3, "k")),
}
_COUNTED = {
    "zh": {"1K": "千", "1M": "百万", "1B": "十亿", "1T": "万亿"},
    "en": {"1K": "1K", "1M": "1M", "1B": "1B", "1T": "1T"},
}


def write(shown: Shown, language: str, units: dict[str, UnitName]) -> str:
    """The text of an expression's result."""
    if shown.number is None:
        return write_period(shown.period or "", language)
    return write_number(shown.number, shown.style, language, units)


def write_number(number: Number, style: Style, language: str, units: dict[str, UnitName]) -> str:
    """A number as the language writes it, with its unit unless the style leaves it out."""
    if style.kind == "printed":
        return number.printed or ""
    if style.kind in {"percent", "change"}:
        digits = 1 if style.digits is None else style.digits
        signed = style.kind == "change"
        return f"{_figure(number.share() * 100, digits, signed)}%"
    if style.kind == "times":
        figure = _figure(number.share(), 1 if style.digits is None else style.digits)
        return f"{figure}{THIN_GAP}倍" if _tongue(language) == "zh" else f"{figure}x"
    value, unit, magnitude = number.value, number.unit, ""
    if number.is_derived and style.digits is None:
        value = _shortest(value)
    if style.kind == "compact":
        if unit.scale > 0:
            value, unit = value.scaleb(unit.scale), Unit(factors=unit.factors)
        value, magnitude = _magnitude(value, style.digits, language)
    figure = _figure(value, style.digits)
    if magnitude:
        figure = f"{figure}{THIN_GAP}{magnitude}"
    if style.kind == "value":
        return figure
    label = write_unit(unit, language, units)
    joins_magnitude = bool(magnitude) and _tongue(language) == "zh" and not label[:1].isascii()
    gap = "" if unit.is_pure or joins_magnitude else THIN_GAP
    return f"{figure}{gap}{label}"


def write_unit(unit: Unit, language: str, units: dict[str, UnitName]) -> str:
    """A unit as the language writes it: `元/百万 tokens`, `CNY per 1M tokens`."""
    if unit.is_pure:
        return "" if unit.scale == 0 else "%"
    tongue = _tongue(language)
    above = " ".join(_label(f, language, units) for f in unit.factors if f[1] > 0)
    below = " ".join(
        _label(f, language, units, is_one=not unit.scale) for f in unit.factors if f[1] < 0
    )
    word = next((w for w, power in MULTIPLIERS.items() if power == abs(unit.scale)), "")
    if word:
        counted = _COUNTED[tongue][word]
        above, below = (
            (_counted(counted, above), below)
            if unit.scale > 0
            else (above, _counted(counted, below))
        )
    joint = "/" if tongue == "zh" else " per "
    return f"{above or '1'}{joint}{below}" if below else above


def write_period(period: str, language: str) -> str:
    """A day, month, quarter or year, or a range of these: `2024 年 3 月 25 日`, `25 March 2024`."""
    dash = "\N{EN DASH}"
    return dash.join(_one_period(part, language) for part in period.split("/"))


def _one_period(part: str, language: str) -> str:
    chinese = _tongue(language) == "zh"
    if len(part) == 10:
        day = date.fromisoformat(part)
        return _chinese(day) if chinese else _babel(day, "d MMMM y")
    if len(part) == 7 and part[5:].isdigit():
        year, month = part.split("-")
        return (
            f"{year} 年 {int(month)} 月"
            if chinese
            else _babel(date(int(year), int(month), 1), "MMMM y")
        )
    if len(part) == 7:
        year, piece = part.split("-")
        if chinese:
            halves = {"H1": "上半年", "H2": "下半年"}
            return (
                f"{year} 年{halves[piece]}" if piece in halves else f"{year} 年第 {piece[1]} 季度"
            )
        return f"{piece} {year}"
    return f"{part} 年" if chinese else part


def _chinese(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _babel(day: date, pattern: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale="en")


def _tongue(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"


def _label(
    factor: tuple[str, int], language: str, units: dict[str, UnitName], *, is_one: bool = False
) -> str:
    """A unit's word; `is_one`: below the line and not counted, `CNY per hour`."""
    name, exponent = factor
    labels = units[name].labels | (units[name].per if is_one else {})
    label = labels.get(language) or next(iter(labels.values()))
    return label if abs(exponent) == 1 else f"{label}^{abs(exponent)}"


def _counted(word: str, label: str) -> str:
    """`百万 tokens`, but `百万元`: ideographs stand together."""
    return f"{word} {label}" if label[:1].isascii() or word.isascii() else word + label


def _figure(value: Decimal, digits: int | None, signed: bool = False) -> str:
    if digits is not None:
        value = _rounded(value, digits)
    size = value.copy_abs()  # `abs` would round
    text = f"{size:,f}" if size >= 10_000 else f"{size:f}"
    if value < 0 and value:
        return MINUS + text
    return f"+{text}" if signed and value else text


def _rounded(value: Decimal, digits: int) -> Decimal:
    with localcontext() as context:
        context.prec = _PRECISION
        return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _magnitude(value: Decimal, digits: int | None, language: str) -> tuple[Decimal, str]:
    """The value in its magnitude; what rounds up to the next one is written in that."""
    power, word = _largest(value, language)
    if digits is not None:
        value = _rounded(value, digits - power)
        power, word = _largest(value, language)
    return _shortest(value.scaleb(-power)) if power else value, word


def _largest(value: Decimal, language: str) -> tuple[int, str]:
    magnitudes = _MAGNITUDES[_tongue(language)]
    return next((m for m in magnitudes if abs(value) >= Decimal(1).scaleb(m[0])), (0, ""))


def _shortest(value: Decimal) -> Decimal:
    """The value without trailing zeros, never in exponent notation."""
    with localcontext() as context:
        context.prec = _PRECISION
        return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
