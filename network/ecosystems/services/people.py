"""People who come and go, what they accept and what they may."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.ecosystems.letters import address_of, send_letter
from network.ecosystems.models import (
    CompanyMembership,
    Ecosystem,
    EcosystemInvitation,
    JoinRequest,
    Participation,
)
from network.ecosystems.rules import MOST_GUEST_DAYS, can_manage, can_take_part
from network.ecosystems.services.companies import bring_company
from network.ecosystems.services.refusals import Closed, NotAllowed, Refused
from network.ecosystems.services.standing import locked, require_allowed, require_rules
from portal.accounts.models import User
from portal.joining.services import withdraw_of
from portal.organisations.models import Membership, Organisation
from portal.privacy.services import Agreed, record_consent


@transaction.atomic
def take_part(
    ecosystem: Ecosystem,
    *,
    user: User,
    by: User,
    through: Organisation | None = None,
    guest_until: datetime.date | None = None,
    accepted_rules: int = 0,
) -> Participation:
    """`user` takes part from now on; the same row where they did already.

    By oneself where the ecosystem is open, else by who manages it. Through a company of theirs that belongs (`through`,
    or any), or as a guest until a day that a manager chose. `accepted_rules`: the version of the house rules that the
    person saw and accepted; who lets oneself in needs that of now. Raises NotAllowed, Refused.
    """
    row = locked(ecosystem)
    is_own_doing = by == user and guest_until is None and can_take_part(user, row)
    require_allowed(is_own_doing or can_manage(by, row))
    if by == user:
        require_rules(row, accepted_rules)
        bring_company(row, through, by)
    return let_in(row, user, through=through, guest_until=guest_until, accepted_rules=accepted_rules)


def let_in(
    ecosystem: Ecosystem,
    user: User,
    *,
    through: Organisation | None = None,
    guest_until: datetime.date | None = None,
    accepted_rules: int = 0,
    reason: str = "",
) -> Participation:
    """The same for who was found to be allowed; the ecosystem's row is locked. Who is new gets a welcome by mail."""
    if ecosystem.closed_at is not None:
        raise Closed
    if not user.is_active:
        raise Refused(_("Deze persoon kan niet meer inloggen."))
    known = Participation.objects.filter(ecosystem=ecosystem, user=user, ended_at=None)
    row = Participation.objects.active(timezone.localdate()).filter(pk__in=known.values("pk")).first()
    if row is None:
        company, guest_until = _way_in(ecosystem, user, through, guest_until)
        # One that holds no longer: role and house rules of then count for nothing any more.
        known.update(ended_at=timezone.now())
        row = Participation.objects.create(
            ecosystem=ecosystem,
            user=user,
            company=company,
            guest_until=guest_until,
            rules_version=accepted_rules,
        )
        note_rules(user, ecosystem, version=accepted_rules)
        send_letter(
            "welcome",
            to=user.email,
            ecosystem=ecosystem,
            key=str(row.pk),
            reason=reason,
            url=address_of("home", ecosystem.slug),
        )
    elif accepted_rules > row.rules_version:
        row.rules_version = accepted_rules
        row.save(update_fields=["rules_version"])
        note_rules(user, ecosystem, version=accepted_rules)
    _close_requests(ecosystem, user)
    return row


def _close_requests(ecosystem: Ecosystem, user: User) -> None:
    """Who takes part asks no more."""
    open_ones = JoinRequest.objects.filter(ecosystem=ecosystem, user=user).open()
    open_ones.update(outcome=JoinRequest.Outcome.WITHDRAWN, decided_at=timezone.now())


def _way_in(
    ecosystem: Ecosystem, user: User, through: Organisation | None, guest_until: datetime.date | None
) -> tuple[CompanyMembership | None, datetime.date | None]:
    """Through which company, or as a guest until when; of a group as in its parent. Raises Refused."""
    today = timezone.localdate()
    if ecosystem.parent is not None:
        above = Participation.objects.active(today).filter(ecosystem=ecosystem.parent, user=user).first()
        if above is None:
            raise Refused(_("Wie meedoet in een werkgroep, doet eerst mee in het ecosysteem zelf."))
        return above.company, above.guest_until
    if guest_until is not None:
        _refuse_odd_day(guest_until)
        return None, guest_until
    mine = Membership.objects.current(today).filter(user=user)
    if through is not None:
        mine = mine.filter(organisation=through)
    company = (
        CompanyMembership.objects.current()
        .filter(ecosystem=ecosystem, organisation__in=mine.values("organisation"))
        .first()
    )
    if company is None:
        raise Refused(_("Je bedrijf is nog geen lid van dit ecosysteem."))
    return company, None


def _refuse_odd_day(guest_until: datetime.date) -> None:
    today = timezone.localdate()
    if not today <= guest_until <= today + datetime.timedelta(days=MOST_GUEST_DAYS):
        raise Refused(_("Een gast doet mee tot een dag binnen een jaar."))


@transaction.atomic
def end_participation(participation: Participation, *, by: User, reason: str = "") -> bool:
    """The person leaves, or is removed by a manager; out of the working groups too.

    Who is removed gets a mail with the reason. False where they took part no more. Raises NotAllowed.
    """
    ecosystem = locked(participation.ecosystem)
    require_allowed(by == participation.user or can_manage(by, ecosystem))
    now = timezone.now()
    rows = Participation.objects.filter(user=participation.user, ended_at=None)
    rows.filter(ecosystem__parent=ecosystem).update(ended_at=now)
    ended = rows.filter(ecosystem=ecosystem).update(ended_at=now)
    participation.refresh_from_db(fields=["ended_at"])
    if ended and by != participation.user:
        _take_invitations_back(ecosystem, participation.user)
        send_letter(
            "removed",
            to=participation.user.email,
            ecosystem=ecosystem,
            key=str(participation.pk),
            reason=reason,
        )
    return bool(ended)


def _take_invitations_back(ecosystem: Ecosystem, user: User) -> None:
    """Of who manages here no longer; who runs the organisation behind it still does."""
    for each in [ecosystem, *Ecosystem.objects.filter(parent=ecosystem)]:
        if not can_manage(user, each):
            withdraw_of(EcosystemInvitation.objects.filter(ecosystem=each), user)


@transaction.atomic
def set_role(participation: Participation, *, role: str, by: User) -> None:
    """Raises NotAllowed, and Refused for a guest: who manages belongs to a company that belongs."""
    require_allowed(can_manage(by, locked(participation.ecosystem)))
    if role == Participation.Role.MANAGER and participation.company_id is None:
        raise Refused(_("Een gast kan geen beheerder zijn."))
    if not Participation.objects.filter(pk=participation.pk, ended_at=None).update(role=role):
        raise Refused(_("Deze persoon doet niet meer mee."))
    if role != Participation.Role.MANAGER:
        _take_invitations_back(participation.ecosystem, participation.user)
    participation.refresh_from_db(fields=["role"])


@transaction.atomic
def set_guest_until(participation: Participation, *, day: datetime.date, by: User) -> None:
    """A guest stays longer or shorter. Raises NotAllowed, Refused."""
    ecosystem = locked(participation.ecosystem)
    require_allowed(can_manage(by, ecosystem))
    _refuse_odd_day(day)
    guests = Participation.objects.filter(
        user=participation.user, ended_at=None, company=None, guest_until__isnull=False
    )
    if not guests.filter(ecosystem=ecosystem).update(guest_until=day):
        raise Refused(_("Deze persoon doet niet meer mee als gast."))
    guests.filter(ecosystem__parent=ecosystem).update(guest_until=day)
    participation.refresh_from_db(fields=["guest_until"])


def accept_rules(participation: Participation, *, version: int, by: User) -> None:
    """`version` is the one that was shown: who saw an older text is asked again. Raises NotAllowed, Refused."""
    if by != participation.user:
        raise NotAllowed
    if participation.ended_at is not None:
        raise Refused(_("Je doet niet meer mee."))
    participation.ecosystem.refresh_from_db(fields=["rules_version"])
    seen = min(version, participation.ecosystem.rules_version)
    rows = Participation.objects.filter(pk=participation.pk, rules_version__lt=seen)
    if rows.update(rules_version=seen):
        note_rules(by, participation.ecosystem, version=seen)
    participation.refresh_from_db(fields=["rules_version"])


def note_rules(user: User, ecosystem: Ecosystem, *, version: int) -> None:
    """In the log of what people agreed to; nothing where there are no rules."""
    if version:
        record_consent(user, about=f"{Agreed.HOUSE_RULES}:{ecosystem.pk}", given=True, version=str(version))


@transaction.atomic
def end_lapsed(at: datetime.datetime) -> int:
    """End the rows that hold no longer: left the company, guest's day over, out of the parent. Returns how many."""
    on = timezone.localdate(at)
    lapsed = Participation.objects.filter(ended_at=None).exclude(
        pk__in=Participation.objects.active(on).values("pk")
    )
    return lapsed.update(ended_at=at)
