"""People who come and go, what they accept and what they may."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.ecosystems.models import CompanyMembership, Ecosystem, Participation
from network.ecosystems.rules import can_manage, can_take_part
from network.ecosystems.services.refusals import NotAllowed, Refused
from portal.accounts.models import User
from portal.organisations.models import Membership

MOST_GUEST_DAYS = 366


@transaction.atomic
def take_part(
    ecosystem: Ecosystem,
    *,
    user: User,
    by: User,
    guest_until: datetime.date | None = None,
    accepted_rules: int = 0,
) -> Participation:
    """`user` takes part from now on; the same row where they did already.

    By oneself where the ecosystem is open, else by who manages it (who decides on a request, or invited). Through a
    company of theirs that belongs, or as a guest until a day that a manager chose. `accepted_rules`: the version of the
    house rules that the person saw and accepted. Raises NotAllowed, Refused.
    """
    manages = can_manage(by, ecosystem)
    if not manages and (by != user or guest_until is not None or not can_take_part(user, ecosystem)):
        raise NotAllowed
    if ecosystem.closed_at is not None:
        raise Refused(_("Dit ecosysteem is gesloten."))
    company, guest_until = _way_in(ecosystem, user, guest_until)
    row, _is_new = Participation.objects.get_or_create(
        ecosystem=ecosystem,
        user=user,
        ended_at=None,
        defaults={"company": company, "guest_until": guest_until, "rules_version": accepted_rules},
    )
    if not Participation.objects.active(timezone.localdate()).filter(pk=row.pk).exists():
        # A row of before that holds no longer: through another company now, or as a guest again.
        row.company, row.guest_until = company, guest_until
        row.save(update_fields=["company", "guest_until"])
    return row


def _way_in(
    ecosystem: Ecosystem, user: User, guest_until: datetime.date | None
) -> tuple[CompanyMembership | None, datetime.date | None]:
    """Through which company, or as a guest until when; of a group as in its parent. Raises Refused."""
    today = timezone.localdate()
    if ecosystem.parent is not None:
        above = Participation.objects.active(today).filter(ecosystem=ecosystem.parent, user=user).first()
        if above is None:
            raise Refused(_("Wie meedoet in een werkgroep, doet eerst mee in het ecosysteem zelf."))
        return above.company, above.guest_until
    if guest_until is not None:
        if not today <= guest_until <= today + datetime.timedelta(days=MOST_GUEST_DAYS):
            raise Refused(_("Een gast doet mee tot een dag binnen een jaar."))
        return None, guest_until
    mine = Membership.objects.current(today).filter(user=user).values("organisation")
    company = CompanyMembership.objects.current().filter(ecosystem=ecosystem, organisation__in=mine).first()
    if company is None:
        raise Refused(_("Je bedrijf is nog geen lid van dit ecosysteem."))
    return company, None


@transaction.atomic
def end_participation(participation: Participation, *, by: User) -> None:
    """The person leaves, or is removed by a manager; out of the working groups too. Raises NotAllowed."""
    if by != participation.user and not can_manage(by, participation.ecosystem):
        raise NotAllowed
    now = timezone.now()
    rows = Participation.objects.filter(user=participation.user, ended_at=None)
    rows.filter(ecosystem__parent=participation.ecosystem_id).update(ended_at=now)
    rows.filter(ecosystem=participation.ecosystem_id).update(ended_at=now)
    participation.refresh_from_db(fields=["ended_at"])


@transaction.atomic
def set_role(participation: Participation, *, role: str, by: User) -> None:
    """Raises NotAllowed, and Refused for a guest: who manages belongs to a company that belongs."""
    if not can_manage(by, participation.ecosystem):
        raise NotAllowed
    if role == Participation.Role.MANAGER and participation.company_id is None:
        raise Refused(_("Een gast kan geen beheerder zijn."))
    Participation.objects.filter(pk=participation.pk, ended_at=None).update(role=role)
    participation.refresh_from_db(fields=["role"])


def accept_rules(participation: Participation, *, version: int, by: User) -> None:
    """`version` is the one that was shown: who saw an older text is asked again. Raises NotAllowed."""
    if by != participation.user:
        raise NotAllowed
    seen = min(version, participation.ecosystem.rules_version)
    rows = Participation.objects.filter(pk=participation.pk, rules_version__lt=seen)
    rows.update(rules_version=seen)
    participation.refresh_from_db(fields=["rules_version"])


@transaction.atomic
def end_lapsed(at: datetime.datetime) -> int:
    """End the rows that hold no longer: left the company, guest's day over, out of the parent. Returns how many."""
    on = timezone.localdate(at)
    lapsed = Participation.objects.filter(ended_at=None).exclude(
        pk__in=Participation.objects.active(on).values("pk")
    )
    return lapsed.update(ended_at=at)
