"""Founding an organisation, changing what it says of itself, and staff who say that it is real."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.http.page_cache import bump_generation
from portal.organisations import rules
from portal.organisations.letters import address_of, send_letter
from portal.organisations.models import RESERVED_SLUGS, Membership, Organisation, OrganisationEvent
from portal.organisations.names import fold_name
from portal.organisations.services.refusals import ChangedMeanwhile, NameTaken, Refused
from portal.organisations.services.standing import (
    Kind,
    current_managers,
    locked,
    locked_standing,
    membership_of,
    record,
    require_allowed,
    require_reason,
)

if TYPE_CHECKING:
    from portal.taxonomy.models import Region, Sector, SizeClass

TRIES = 5
LONGEST_SLUG = 190


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an organisation says of itself."""

    name: str
    kind: str = Organisation.Kind.COMPANY
    kvk_number: str = ""
    website: str = ""
    description: str = ""
    sector: Sector | None = None
    size_class: SizeClass | None = None
    region: Region | None = None

    @classmethod
    def of(cls, organisation: Organisation) -> Details:
        return cls(**{each.name: getattr(organisation, each.name) for each in fields(cls)})

    def digest(self) -> str:
        """Equal for equal details: by which a form knows whether somebody saved meanwhile."""
        values = [getattr(self, each.name) for each in fields(self)]
        text = repr([getattr(value, "pk", value) for value in values])
        return hashlib.sha256(text.encode()).hexdigest()[:32]


@transaction.atomic
def found_organisation(details: Details, *, by: User) -> Organisation:
    """A new organisation that `by` manages. Founding the same again gives the same; raises NameTaken or Refused.

    Until staff verified it, only its own people and staff know of it.
    """
    if not any(sign.isalnum() for sign in fold_name(details.name)):
        raise Refused(_("In de naam staat geen letter of cijfer."))
    for _attempt in range(TRIES):
        known = _same(details)
        if known is not None:
            return _founded_before(known, by)
        _refuse_many(by)
        try:
            with transaction.atomic():
                return _found(details, by)
        except IntegrityError:
            continue  # somebody founded it, or took the address, at this moment
    raise Refused(_("Het lukte niet. Probeer het nog eens."))


def _found(details: Details, by: User) -> Organisation:
    values = {each.name: getattr(details, each.name) for each in fields(details)}
    organisation = Organisation.objects.create(
        **values, slug=free_slug(details.name), origin=Organisation.Origin.MEMBER
    )
    Membership.objects.create(organisation=organisation, user=by, role=Membership.Role.MANAGER)
    record(organisation, Kind.FOUNDED, actor=by, subject=by)
    return organisation


def free_slug(name: str) -> str:
    """The part of the address for `name`, with the first number that makes it one of its own."""
    wanted = slugify(name)[:LONGEST_SLUG].strip("-") or "organisatie"
    slugs = itertools.chain([wanted], (f"{wanted}-{number}" for number in itertools.count(2)))
    return next(
        slug
        for slug in slugs
        if slug not in RESERVED_SLUGS and not Organisation.objects.filter(slug=slug).exists()
    )


def _same(details: Details, but: Organisation | None = None) -> Organisation | None:
    """The organisation of this name or KvK number, or what it went into."""
    others = Organisation.objects.select_related("merged_into")
    if but is not None:
        others = others.exclude(pk=but.pk)
    found = others.named(details.name).first()
    if found is None and details.kvk_number:
        found = others.filter(kvk_number=details.kvk_number).first()
    return (found.merged_into or found) if found is not None else None


def _founded_before(known: Organisation, by: User) -> Organisation:
    """The same form sent twice founds once."""
    founded = OrganisationEvent.objects.filter(organisation=known, kind=Kind.FOUNDED, actor=by)
    if founded.exists() and membership_of(by, known) is not None:
        return known
    raise NameTaken(known)


def _refuse_many(by: User) -> None:
    recent = OrganisationEvent.objects.filter(
        actor=by, kind=Kind.FOUNDED, at__gt=timezone.now() - timedelta(days=1)
    )
    if recent.count() >= rules.MOST_FOUNDED_A_DAY:
        raise Refused(_("Je maakte vandaag al genoeg organisaties. Probeer het morgen weer."))


@transaction.atomic
def change_details(
    organisation: Organisation, *, details: Details, by: User, known: str = ""
) -> Organisation:
    """Change what it says of itself. `known`: the digest of how it stood when the form was opened.

    Raises ChangedMeanwhile where it stands otherwise now, and NameTaken.
    """
    row = locked_standing(organisation)
    membership = membership_of(by, row)
    require_allowed(rules.can_edit_organisation(membership))
    before = Details.of(row)
    if details == before:
        return row
    if known and known != before.digest():
        raise ChangedMeanwhile(row)
    if details.name != before.name:
        require_allowed(rules.can_rename(membership, row))
    if details.kvk_number != before.kvk_number:
        require_allowed(rules.can_fill_kvk_number(membership, row))
    same = _same(details, but=row)
    if same is not None:
        raise NameTaken(same)
    for each in fields(details):
        setattr(row, each.name, getattr(details, each.name))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NameTaken(_same(details, but=row) or row) from None
    record(row, Kind.CHANGED, actor=by)
    bump_generation()
    return row


@transaction.atomic
def set_holding(
    organisation: Organisation, *, holding: Organisation | None, by: User, reason: str
) -> Organisation:
    """Staff say under which holding it falls, or under none. Refuses a circle."""
    require_allowed(rules.can_verify(by))
    text = require_reason(reason)
    # All at once: two changes that are right apart may make a circle together.
    rows = {row.pk: row for row in Organisation.objects.select_for_update().order_by("pk")}
    row = rows[organisation.pk]
    if row.parent_id == (holding.pk if holding else None):
        return row
    if holding is not None:
        if rows[holding.pk].merged_into_id is not None:
            raise Refused(_("Die organisatie is opgegaan in een andere."))
        if makes_circle(row, holding, {pk: each.parent_id for pk, each in rows.items()}):
            raise Refused(_("Dat kan niet: deze organisatie staat zelf boven die holding."))
    row.parent = holding
    row.save(update_fields=["parent"])
    record(row, Kind.HOLDING_CHANGED, actor=by, text=text)
    bump_generation()
    return row


def makes_circle(organisation: Organisation, holding: Organisation, parents: dict[int, int | None]) -> bool:
    """Whether `organisation` stands above `holding`, or is it."""
    above: int | None = holding.pk
    while above is not None:
        if above == organisation.pk:
            return True
        above = parents.get(above)
    return False


@transaction.atomic
def verify_organisation(organisation: Organisation, *, by: User, reason: str) -> bool:
    """Staff looked at it: from now on everybody may know of it. False where somebody did so before."""
    require_allowed(rules.can_verify(by))
    text = require_reason(reason)
    row = locked_standing(organisation)
    if row.verified_at is not None:
        return False
    row.verified_at, row.verified_by = timezone.now(), by
    row.save(update_fields=["verified_at", "verified_by"])
    record(row, Kind.VERIFIED, actor=by, text=text)
    for manager in current_managers(row):
        send_letter(
            "verified",
            to=manager.email,
            organisation=row,
            key=f"verified:{row.pk}:{manager.pk}:{row.verified_at.timestamp():.0f}",
            url=address_of("page", row.slug),
        )
    bump_generation()
    return True


@transaction.atomic
def withdraw_verification(organisation: Organisation, *, by: User, reason: str) -> bool:
    """What a member founded is hidden again by it; what staff made stays in sight, without the mark."""
    require_allowed(rules.can_verify(by))
    text = require_reason(reason)
    row = locked(organisation)
    if row.verified_at is None:
        return False
    row.verified_at, row.verified_by = None, None
    row.save(update_fields=["verified_at", "verified_by"])
    record(row, Kind.UNVERIFIED, actor=by, text=text)
    bump_generation()
    return True
