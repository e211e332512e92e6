"""Fields that the forms of this room share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.submissions.models import MOST_TEXT
from cases.submissions.numbers import NotANumber, read_number
from portal.design.numbers import format_number
from portal.evidence.models import Indicator

TOO_LONG = _("Je tekst is %(show_value)d tekens lang. Het mogen er hoogstens %(limit_value)d zijn.")


class NumberField(forms.CharField):
    """A number as people type it here: 1.234,5."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=40, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_number(text)
        except NotANumber as error:
            raise ValidationError(str(error)) from None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return format_number(value).replace("\u2212", "-")


def long_text(label: Any, *, help_text: Any = "", lacks: Any = "", rows: int = 6) -> forms.CharField:
    """Plain text, with room; optional where nothing says what lacks without it."""
    return forms.CharField(
        label=label, max_length=MOST_TEXT, required=bool(lacks), help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": lacks, "max_length": TOO_LONG},
    )  # fmt: skip


def short_text(label: Any, *, most: int, help_text: Any = "", lacks: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=bool(lacks), help_text=help_text,
        error_messages={"required": lacks, "max_length": TOO_LONG},
    )  # fmt: skip


def indicator_choices(indicators: Iterable[Indicator]) -> list[tuple[str, Any]]:
    """By family, each with its unit."""
    families: dict[str, list[tuple[str, str]]] = {}
    for each in indicators:
        family = str(each.get_family_display()).capitalize()
        families.setdefault(family, []).append((str(each.pk), f"{each.name} ({each.unit})"))
    return [("", _("Kies wat je hebt gemeten")), *families.items()]
