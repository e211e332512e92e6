"""Numbers as a Dutch reader writes them: 1.234,5 · −8% · € 1.234, with a real minus sign and spaces that don't break."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
NBSP = "\u00a0"
EURO_UNITS = frozenset({"euro", "€", "eur"})

Number = Decimal | int | float


def as_decimal(value: Number) -> Decimal:
    """`value` as a Decimal without binary noise. Raises TypeError for anything that isn't a number."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | float):
        raise TypeError(f"not a number: {value!r}")
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    return number


def format_number(value: Number, decimals: int | None = None) -> str:
    """`value` with dots between thousands and a decimal comma.

    `decimals` fixes the digits after the comma (rounded half up); without it trailing zeros are left out.
    """
    number = as_decimal(value)
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(number):f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    text = f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")
    return f"{MINUS}{text}" if number < 0 and text.strip("0,.") else text


MILLION = Decimal(1_000_000)


def format_large(value: Number) -> str:
    """`value` in words of millions where that loses nothing: 30 miljoen · 1,5 miljoen; any other number as it is."""
    number = as_decimal(value)
    if abs(number) < MILLION or number % (MILLION / 10):
        return format_number(number)
    return f"{format_number(number / MILLION)}{NBSP}miljoen"


def format_signed(value: Number, decimals: int | None = None) -> str:
    """`value` with + or −; zero has no sign."""
    text = format_number(value, decimals)
    return f"+{text}" if as_decimal(value) > 0 and text.strip("0,.") else text


def format_value(value: Number, unit: str, *, signed: bool = False, decimals: int | None = None) -> str:
    """`value` with its unit: 8% · +8% · € 1.234 · 105 bedrijven. An empty unit or 'coefficient' adds nothing."""
    number = format_signed(value, decimals) if signed else format_number(value, decimals)
    if unit == "%":
        return f"{number}%"
    if unit.lower() in EURO_UNITS:
        sign = number[0] if number[0] in f"+{MINUS}" else ""
        return f"{sign}€{NBSP}{number[len(sign) :]}"
    if unit in ("", "coefficient"):
        return number
    return f"{number}{NBSP}{unit}"


def format_change(value: Number, unit: str) -> str:
    """A change with sign and unit: −8% · +12 stuks · +€ 1.000."""
    return format_value(value, unit, signed=True)
