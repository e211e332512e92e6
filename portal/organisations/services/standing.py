"""What all services of this room share: the lock, who somebody is here, and the log."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation, OrganisationEvent
from portal.organisations.querysets import is_person
from portal.organisations.services.refusals import LastManager, NotAllowed, Refused

Kind = OrganisationEvent.Kind
MOST_TEXT = 500


def locked(organisation: Organisation) -> Organisation:
    """The row as it is now, held until the transaction ends: what counts its people happens one after another."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def locked_standing(organisation: Organisation) -> Organisation:
    """The same, refused where it went into another one meanwhile."""
    row = locked(organisation)
    if row.merged_into_id is not None:
        raise NotAllowed
    return row


def membership_of(user: User, organisation: Organisation) -> Membership | None:
    """In force today."""
    if not is_person(user):
        return None
    rows = Membership.objects.filter(organisation=organisation, user=user)
    return rows.current(timezone.localdate()).first()


def current_managers(organisation: Organisation) -> list[User]:
    rows = Membership.objects.filter(organisation=organisation).managers().current(timezone.localdate())
    return [row.user for row in rows.select_related("user").order_by("pk")]


def refuse_without_manager(membership: Membership) -> None:
    """Raises LastManager where nobody would be left to manage. The organisation's row is locked."""
    if membership.role != Membership.Role.MANAGER:
        return
    managers = Membership.objects.filter(organisation_id=membership.organisation_id).managers()
    if not managers.current(timezone.localdate()).exclude(pk=membership.pk).exists():
        raise LastManager


def require_allowed(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed


def require_reason(reason: str) -> str:
    found = " ".join(reason.split())[:MOST_TEXT]
    if not found:
        raise Refused(_("Schrijf op waarom."))
    return found


def record(
    organisation: Organisation,
    kind: str,
    *,
    actor: User | None,
    subject: User | None = None,
    text: str = "",
) -> None:
    """A line in the log; `text` names nobody."""
    OrganisationEvent.objects.create(
        organisation=organisation, kind=kind, actor=actor, subject=subject, text=text[:MOST_TEXT]
    )
