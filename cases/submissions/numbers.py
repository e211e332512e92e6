"""Numbers as a Dutch reader types them: 1.234,5. What can be read in two ways is refused with how to write it."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

MINUS_SIGNS = "\u2212\u2013"
SPACES = " \u00a0\u202f"
MOST_DIGITS = 9
MOST_DECIMALS = 3
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")
PLAIN = re.compile(r"[+-]?[0-9]+(,[0-9]+)?")
WITH_POINT = re.compile(r"[+-]?[0-9]+\.[0-9]+")


class NotANumber(ValueError):
    """The message tells who typed it how to write it."""


def read_number(text: str) -> Decimal:
    """Raises NotANumber."""
    typed = text.strip()
    found = typed
    for sign in MINUS_SIGNS:
        found = found.replace(sign, "-")
    for space in SPACES:
        found = found.replace(space, "")
    if re.search(r"[%\u20ac$a-zA-Z]", found):
        raise NotANumber(_("Schrijf alleen het getal, zonder % of euroteken en zonder woorden."))
    if WITH_POINT.fullmatch(found) and not GROUPED.fullmatch(found):
        comma = found.replace(".", ",")
        raise NotANumber(_("Schrijf een komma voor de decimalen: %(number)s.") % {"number": comma})
    if not GROUPED.fullmatch(found) and not PLAIN.fullmatch(found):
        raise NotANumber(_("Dit is geen getal. Schrijf het zo: 1.234,5 of -8."))
    whole, _comma, decimals = found.replace(".", "").partition(",")
    if len(whole.lstrip("+-").lstrip("0")) > MOST_DIGITS:
        raise NotANumber(
            _("Dit getal is te groot. Het mag hoogstens %(most)s cijfers hebben.") % {"most": MOST_DIGITS}
        )
    if len(decimals) > MOST_DECIMALS:
        raise NotANumber(
            _("Rond het getal af op hoogstens %(most)s cijfers achter de komma.") % {"most": MOST_DECIMALS}
        )
    return Decimal(f"{whole}.{decimals or 0}")
