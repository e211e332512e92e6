"""What an export shows of a row: its own columns, by their Dutch names, and of other people nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.functional import Promise

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Columns:
    """`names`: fields, or lookups to a plain field of another row ("conversation__title"). `labels`: where the field's
    own name won't do."""

    names: tuple[str, ...]
    labels: Mapping[str, str | Promise] = field(default_factory=dict)

    def label(self, model: type[models.Model], name: str) -> str:
        return force_str(self.labels[name]) if name in self.labels else label_of(model, name)

    def check(self, model: type[models.Model]) -> None:
        """Raises where a name is no field of the model, or leads to another person."""
        for name in self.names:
            field_at(model, name)
        labels = [self.label(model, name) for name in self.names]
        if len(set(labels)) != len(labels):
            raise ValueError(f"two columns of {model._meta.label} have one name: {labels}")

    def rows(self, queryset: models.QuerySet[Any]) -> Iterator[Mapping[str, object]]:
        labels = [(name, self.label(queryset.model, name)) for name in self.names]
        related = {name.rpartition("__")[0] for name in self.names if "__" in name}
        related |= {name for name in self.names if _is_relation(queryset.model, name)}
        ordered = queryset.order_by("pk")
        for row in ordered.select_related(*sorted(related)) if related else ordered:
            yield {label: value_of(row, name) for name, label in labels}


def columns(*names: str, **labelled: str | Promise) -> Columns:
    """For `export=`: these fields of the rows of the person; `labelled` are fields with a label of one's own.

    Raises ValueError for a field that leads to another person.

    Of somebody else nothing is taken along but what is shown to everybody; so say that in a callable of your own.
    """
    return Columns((*names, *labelled), labelled)


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
    """In Dutch; of a field of another row with what that row is: "gesprek (titel)"."""
    own = force_str(field_at(model, name).verbose_name)
    if "__" not in name:
        return own
    return f"{force_str(model._meta.get_field(name.partition('__')[0]).verbose_name)} ({own})"  # type: ignore[union-attr]


def _is_relation(model: type[models.Model], name: str) -> bool:
    found = field_at(model, name)
    return bool(found.many_to_one or found.one_to_one)


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
