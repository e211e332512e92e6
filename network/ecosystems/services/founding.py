"""Making, changing and closing an ecosystem."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, fields
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.ecosystems.models import RESERVED_SLUGS, Ecosystem
from network.ecosystems.rules import can_manage, runs_organisation
from network.ecosystems.services.refusals import ChangedMeanwhile, Refused
from network.ecosystems.services.standing import locked, require_allowed
from portal.accounts.models import User
from portal.http.page_cache import bump_generation
from portal.organisations.models import Organisation
from search.indexing.outbox import record_documents

FOUND = "ecosystems.add_ecosystem"
Visibility, Joining = Ecosystem.Visibility, Ecosystem.Joining


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an ecosystem says of itself, and who sees it and comes in how."""

    name: str
    summary: str = ""
    about: str = ""
    visibility: str = Visibility.MEMBERS
    joining: str = Joining.REQUEST

    @classmethod
    def of(cls, ecosystem: Ecosystem) -> Details:
        return cls(**{each.name: getattr(ecosystem, each.name) for each in fields(cls)})

    def digest(self) -> str:
        """Equal for equal details: by which a form knows whether somebody saved meanwhile."""
        text = repr([str(getattr(self, each.name)) for each in fields(self)])
        return hashlib.sha256(text.encode()).hexdigest()[:32]


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
        parent = locked(parent)
        allowed, organisation = can_manage(by, parent), parent.organisation
        if parent.parent_id is not None:
            raise Refused(_("Een werkgroep kan geen werkgroepen hebben."))
        if allowed and parent.closed_at is not None:
            raise Refused(_("Dit ecosysteem is gesloten."))
    require_allowed(allowed)
    name = " ".join(name.split())
    _refuse_odd(name, details.get("visibility", ""), details.get("joining", ""), parent)
    try:
        with transaction.atomic():
            row = Ecosystem.objects.create(
                organisation=organisation, parent=parent, name=name, slug=_free_slug(name), **details
            )
    except IntegrityError:
        raise Refused(_("Er is al een ecosysteem of werkgroep met deze naam.")) from None
    bump_generation()
    return row


def _refuse_odd(
    name: str, visibility: str, joining: str, parent: Ecosystem | None, but: Ecosystem | None = None
) -> None:
    others = Ecosystem.objects.filter(parent=parent, name__iexact=name)
    if (others.exclude(pk=but.pk) if but is not None else others).exists():
        raise Refused(_("Er is al een ecosysteem of werkgroep met deze naam."))
    if visibility == Visibility.HIDDEN and joining != Joining.INVITATION:
        raise Refused(_("Wat verborgen is, is alleen op uitnodiging: anderen weten niet dat het er is."))


def _free_slug(name: str) -> str:
    base = slugify(name)[:110].strip("-") or "ecosysteem"
    slugs = itertools.chain([base], (f"{base}-{number}" for number in itertools.count(2)))
    return next(
        slug
        for slug in slugs
        if slug not in RESERVED_SLUGS and not Ecosystem.objects.filter(slug=slug).exists()
    )


@transaction.atomic
def change_details(ecosystem: Ecosystem, *, details: Details, by: User, known: str = "") -> Ecosystem:
    """`known`: the digest of how it stood when the form was opened. The address stays as it is.

    Raises NotAllowed, Refused, and ChangedMeanwhile where it stands otherwise now.
    """
    row = locked(ecosystem)
    require_allowed(can_manage(by, row))
    before = Details.of(row)
    if details == before:
        return row
    if known and known != before.digest():
        raise ChangedMeanwhile(row)
    _refuse_odd(details.name, details.visibility, details.joining, row.parent, but=row)
    for each in fields(details):
        setattr(row, each.name, getattr(details, each.name))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(_("Er is al een ecosysteem of werkgroep met deze naam.")) from None
    if details.visibility != before.visibility:
        groups = Ecosystem.objects.filter(parent=row).order_by().values_list("pk", flat=True)
        record_documents("ecosystem", [row.pk, *groups], narrows=True)
    bump_generation()
    return row


@transaction.atomic
def change_house_rules(ecosystem: Ecosystem, *, text: str, by: User, known: int | None = None) -> None:
    """Everybody is asked again, but not for the same text. `known`: the version that the form began with.

    Raises NotAllowed, and ChangedMeanwhile where there is a newer one.
    """
    row = locked(ecosystem)
    require_allowed(can_manage(by, row))
    if row.house_rules != text:
        if known is not None and known != row.rules_version:
            raise ChangedMeanwhile(row)
        row.house_rules, row.rules_version = text, row.rules_version + 1
        row.save(update_fields=["house_rules", "rules_version"])
        bump_generation()
    ecosystem.refresh_from_db(fields=["house_rules", "rules_version"])


@transaction.atomic
def close_ecosystem(ecosystem: Ecosystem, *, by: User) -> None:
    """Nobody joins any more; what was said stays to be read by who took part. Its groups close with it."""
    row = locked(ecosystem)
    require_allowed(can_manage(by, row))
    now = timezone.now()
    for each in Ecosystem.objects.open().filter(parent=row):
        each.closed_at = now
        each.save(update_fields=["closed_at"])
    if row.closed_at is None:
        row.closed_at = now
        row.save(update_fields=["closed_at"])
    bump_generation()
    ecosystem.refresh_from_db(fields=["closed_at"])
