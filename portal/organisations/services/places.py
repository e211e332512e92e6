"""Where an organisation works."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.http.page_cache import bump_generation
from portal.organisations import rules
from portal.organisations.models import Establishment, Organisation
from portal.organisations.services.refusals import Refused
from portal.organisations.services.standing import locked_standing, membership_of, require_allowed

if TYPE_CHECKING:
    from portal.taxonomy.models import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    name: str
    place: str
    region: Region | None = None
    is_main: bool = False


@transaction.atomic
def add_establishment(organisation: Organisation, *, place: Place, by: User) -> Establishment:
    """The same again is the same one."""
    row = _editable(organisation, by)
    known = Establishment.objects.filter(organisation=row, name=place.name, place=place.place).first()
    if known is not None:
        return known
    if Establishment.objects.filter(organisation=row).count() >= rules.MOST_ESTABLISHMENTS:
        raise Refused(_("Er staan er al %(most)s.") % {"most": rules.MOST_ESTABLISHMENTS})
    return _save(Establishment(organisation=row), place)


@transaction.atomic
def change_establishment(establishment: Establishment, *, place: Place, by: User) -> Establishment:
    """A new main one takes the place of the one before."""
    _editable(establishment.organisation, by)
    row = Establishment.objects.filter(pk=establishment.pk).first()
    if row is None:
        raise Refused(_("Deze vestiging is intussen weggehaald."))
    return _save(row, place)


@transaction.atomic
def remove_establishment(establishment: Establishment, *, by: User) -> bool:
    _editable(establishment.organisation, by)
    bump_generation()
    return bool(Establishment.objects.filter(pk=establishment.pk).delete()[0])


def _editable(organisation: Organisation, by: User) -> Organisation:
    row = locked_standing(organisation)
    require_allowed(rules.can_edit_organisation(membership_of(by, row)))
    return row


def _save(row: Establishment, place: Place) -> Establishment:
    if place.is_main:
        others = Establishment.objects.filter(organisation=row.organisation_id, is_main=True)
        others.exclude(pk=row.pk).update(is_main=False)
    for each in fields(place):
        setattr(row, each.name, getattr(place, each.name))
    row.save()
    bump_generation()
    return row
