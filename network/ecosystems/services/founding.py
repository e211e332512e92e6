"""Making, changing and closing an ecosystem."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.ecosystems.models import Ecosystem
from network.ecosystems.rules import can_manage, runs_organisation
from network.ecosystems.services.refusals import NotAllowed, Refused
from portal.accounts.models import User
from portal.organisations.models import Organisation

FOUND = "ecosystems.add_ecosystem"


@transaction.atomic
def found_ecosystem(
    *, organisation: Organisation, name: str, by: User, parent: Ecosystem | None = None, **details: Any
) -> Ecosystem:
    """A new ecosystem of an organisation, or a working group within `parent`.

    Raises NotAllowed for who manages neither, Refused for a group within a group or a name that is taken.
    """
    if parent is None:
        allowed = by.has_perm(FOUND) or runs_organisation(by, organisation)
    else:
        allowed = can_manage(by, parent)
        organisation = parent.organisation
        if parent.parent_id is not None:
            raise Refused(_("Een werkgroep kan geen werkgroepen hebben."))
    if not allowed:
        raise NotAllowed
    name = " ".join(name.split())
    if Ecosystem.objects.filter(parent=parent, name__iexact=name).exists():
        raise Refused(_("Er is al een ecosysteem of werkgroep met deze naam."))
    return Ecosystem.objects.create(
        organisation=organisation, parent=parent, name=name, slug=_free_slug(name), **details
    )


def _free_slug(name: str) -> str:
    base = slugify(name)[:110] or "ecosysteem"
    taken = set(Ecosystem.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def change_house_rules(ecosystem: Ecosystem, *, text: str, by: User) -> None:
    """Everybody is asked again, but not for the same text. Raises NotAllowed."""
    if not can_manage(by, ecosystem):
        raise NotAllowed
    rows = Ecosystem.objects.filter(pk=ecosystem.pk).exclude(house_rules=text)
    rows.update(house_rules=text, rules_version=F("rules_version") + 1)
    ecosystem.refresh_from_db(fields=["house_rules", "rules_version"])


@transaction.atomic
def close_ecosystem(ecosystem: Ecosystem, *, by: User) -> None:
    """Nobody joins any more; what was said stays to be read by who took part. Its groups close with it."""
    if not can_manage(by, ecosystem):
        raise NotAllowed
    now = timezone.now()
    Ecosystem.objects.open().filter(parent=ecosystem).update(closed_at=now)
    Ecosystem.objects.open().filter(pk=ecosystem.pk).update(closed_at=now)
    ecosystem.refresh_from_db(fields=["closed_at"])
