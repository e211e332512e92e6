"""What lacks in the registry: fields that point at a person or an organisation, or hold an address, without an entry."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from portal.accounts.models import User
from portal.privacy.registry import find

# Written by code for one short moment, or of another place that has an entry. Each with its reason.
EXCUSED = {
    # Of allauth's sign-up by a link; the portal signs up by a code, so the table stays empty.
    "account.EmailConfirmation.email_address",
}


def personal_fields() -> Iterator[str]:
    """Every column that must have an entry, as "app.Model.field"."""
    organisation = apps.get_model("organisations", "Organisation")
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_fields:
            # A child of a page has the fields of the page in another table.
            is_link = field.is_relation and field.remote_field is not None and field.remote_field.parent_link
            points = field.related_model in (User, organisation) and not is_link
            holds = isinstance(field, models.EmailField | models.GenericIPAddressField)
            if points or holds:
                yield f"{model._meta.label}.{field.name}"


def lacking() -> list[str]:
    """A sentence for each that has no entry."""
    return [
        f"{name} wijst naar een persoon of organisatie, of bevat een adres: schrijf er een PersonalData voor in "
        f"personal_data.py van de kamer (zie portal/privacy/registry.py)."
        for name in sorted(personal_fields())
        if name not in EXCUSED and find(name) is None
    ]
