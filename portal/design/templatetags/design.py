"""`{% load design %}`: every component, chart and number filter."""

from __future__ import annotations

from portal.design.charts import tags as _charts  # noqa: F401  (registers its tags)
from portal.design.components import (  # noqa: F401  (each registers its tags)
    content,
    finding,
    forms,
    listing,
    measuring,
    messages,
    people,
    site,
    strip,
)
from portal.design.library import register
from portal.design.numbers import format_change, format_number, format_signed, format_value

register.filter("number", format_number)
register.filter("signed", format_signed)
register.filter("with_unit", format_value)
register.filter("change", format_change)
