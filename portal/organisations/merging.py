"""What must move when two organisations become one. Rooms above offer theirs in an `organisation_links.py`.

A test walks all models and fails on a relation to an organisation that nobody registered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models

from portal.organisations.models import Organisation

# From the organisation that goes to the one that stays.
Mover = Callable[[Organisation, Organisation], None]

_movers: dict[str, Mover] = {}


def register(label: str, move: Mover | None = None) -> None:
    """`label` is "app.Model.field". Without `move` all its rows point to the other organisation from then on.

    A mover says itself what the search index must hear, where documents name the organisation. Raises ValueError where
    the label is taken.
    """
    if label in _movers:
        raise ValueError(f"{label} is registered twice")
    _movers[label] = move or point_over(label)


def movers() -> list[tuple[str, Mover]]:
    return sorted(_movers.items())


def point_over(label: str) -> Mover:
    """Rows of `label` point to the other organisation, in one statement."""

    def move(old: Organisation, new: Organisation) -> None:
        model_label, _dot, field = label.rpartition(".")
        apps.get_model(model_label)._base_manager.filter(**{field: old}).update(**{field: new})

    return move


def links() -> Iterator[str]:
    """Every relation to an organisation that there is, those of tables between two models too."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey) or field.related_model is not Organisation:
                continue
            if field.model is model:  # else it was inherited from a table of its own
                yield f"{model._meta.label}.{field.name}"


def unregistered() -> list[str]:
    return sorted(set(links()) - set(_movers))
