"""What is known of a form's fields only when the form is made, or shown again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm, ChoiceField, ModelChoiceField
from django.http import QueryDict


def offer_choices(form: BaseForm, name: str, choices: Iterable[Any]) -> None:
    """The choices of this field, of which the class doesn't know them."""
    field = form.fields[name]
    if not isinstance(field, ChoiceField):
        raise TypeError(f"{name} is no field of choices")
    field.choices = choices


def offer_rows(form: BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """The same of a field whose choices are rows."""
    field = form.fields[name]
    if not isinstance(field, ModelChoiceField):
        raise TypeError(f"{name} is no field of rows")
    field.queryset = rows


def show_again_with(form: BaseForm, **values: object) -> None:
    """What was sent stays as it was, but for these: fields that nobody sees, and that have to move along."""
    if not isinstance(form.data, QueryDict):
        raise TypeError("nothing was sent")
    data = form.data.copy()
    for name, value in values.items():
        data[name] = str(value)
    form.data = data
