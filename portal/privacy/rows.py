"""What an export shows of a row: its own columns, by their Dutch names, and of other people nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.encoding import force_str

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Columns:
    """`names`: fields, or lookups to a plain field of another row ("conversation__title")."""

    names: tuple[str, ...]

    def check(self, model: type[models.Model]) -> None:
        """Raises where a name is no field of the model, or leads to another person."""
        for name in self.names:
            field_at(model, name)

    def rows(self, queryset: models.QuerySet[Any]) -> Iterator[Mapping[str, object]]:
        labels = [(name, label_of(queryset.model, name)) for name in self.names]
        related = [name.rpartition("__")[0] for name in self.names if "__" in name]
        for row in queryset.select_related(*related).order_by("pk") if related else queryset.order_by("pk"):
            yield {label: value_of(row, name) for name, label in labels}


def columns(*names: str) -> Columns:
    """For `export=`: these fields of the rows of the person. Raises ValueError for one that leads to another person.

    Of somebody else nothing is taken along but what is shown to everybody; so say that in a callable of your own.
    """
    return Columns(names)


def field_at(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    first, _sep, rest = name.partition("__")
    found = model._meta.get_field(first)
    if rest:
        assert found.related_model is not None  # noqa: S101 - a lookup goes on from a relation
        return field_at(found.related_model, rest)  # type: ignore[arg-type]
    if found.related_model is User:
        raise ValueError(f"{model._meta.label}.{name} leads to a person; an export shows no other people")
    return found  # type: ignore[return-value]


def label_of(model: type[models.Model], name: str) -> str:
    return force_str(field_at(model, name).verbose_name)


def value_of(row: Any, name: str) -> object:
    """Plain: a word, a number, a moment in local time; of a choice its label, of another row how it is called."""
    while "__" in name:
        first, _sep, name = name.partition("__")
        row = getattr(row, first)
        if row is None:
            return None
    if display := getattr(row, f"get_{name}_display", None):
        return force_str(display())
    return plain(getattr(row, name))


def plain(value: Any) -> object:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {force_str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, models.Manager):
        return [force_str(each) for each in value.all()]
    return force_str(value)
