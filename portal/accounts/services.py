"""What happens to accounts: sessions end, an address changes hands, second steps are removed, what is over is tidied."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.accounts.agreements import withdraw_all
from portal.accounts.letters import written
from portal.accounts.models import User
from portal.mail.services import queue_mail

logger = logging.getLogger(__name__)

SECOND_STEPS_REMOVED = "accounts.remove_second_steps"  # in Wagtail's log, with who and why
# An address that was never confirmed is free again after so long.
UNCONFIRMED_TERM = timedelta(days=7)


@transaction.atomic
def end_sessions(user: User) -> None:
    """Everybody who is signed in as `user` signs in again, and who was halfway begins anew."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    listed = UserSession.objects.filter(user_id=user.pk)
    Session.objects.filter(session_key__in=list(listed.values_list("session_key", flat=True))).delete()
    listed.delete()


@transaction.atomic
def take_possession(user: User, *, email: str) -> None:
    """Whoever reads the mail of `email` has just proved it; an account that somebody else began with it becomes theirs.

    Anybody can begin an account with another's address. So as long as nobody ever came in, all that was set on it goes:
    password, second steps, company sign-ins, sessions, what was agreed to, and the name that was typed.
    """
    address = EmailAddress.objects.filter(user_id=user.pk, email=email.lower()).first()
    if user.last_login is not None or (address is not None and address.verified):
        return
    user.set_unusable_password()
    if not user.is_staff:
        user.name = ""
    user.save(update_fields=["password", "name"])
    Authenticator.objects.filter(user_id=user.pk).delete()
    SocialAccount.objects.filter(user_id=user.pk).delete()
    withdraw_all(user)
    end_sessions(user)


@transaction.atomic
def release_address(email: str, *, to: User) -> None:
    """`to` proved `email`: accounts that somebody began with it and nobody ever entered stand no longer in the way."""
    begun_and_left().filter(email__iexact=email).exclude(pk=to.pk).delete()


def begun_and_left() -> QuerySet[User]:
    """Accounts that somebody began at the door, whose address nobody proved. What staff made, isn't one of them."""
    by_somebody = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(socialaccount__isnull=False)
    never_in = User.objects.filter(last_login=None, is_staff=False, is_superuser=False)
    begun = never_in.filter(by_somebody, emailaddress__verified=False).exclude(emailaddress__verified=True)
    return User.objects.filter(pk__in=begun.values("pk"))


@transaction.atomic
def record_staff_address(user: User) -> None:
    """After staff made or changed an account: its one address is that of the account, and is proved at sign-in."""
    known = EmailAddress.objects.filter(user_id=user.pk)
    known.exclude(email=user.email).delete()
    if not known.filter(email=user.email).exists():
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)


@transaction.atomic
def note_staff(user: User, *, enters_staff_admin: bool) -> None:
    """Who may enter the staff admin is staff, and nobody else."""
    if user.is_staff != enters_staff_admin:
        user.is_staff = enters_staff_admin
        user.save(update_fields=["is_staff"])


@transaction.atomic
def remove_second_steps(user: User, *, reason: str, by: User | None) -> int:
    """For who lost telephone and recovery codes; how many were removed. Ends all sessions and tells the owner by mail.

    Wagtail's log keeps who did it (`by`, None for who may run commands) and why. Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError(_("Noem een reden, bijvoorbeeld hoe je weet dat zij het is."))
    removed: int
    removed, _by_model = Authenticator.objects.filter(user_id=user.pk).delete()
    if not removed:
        return 0
    end_sessions(user)
    log(user, SECOND_STEPS_REMOVED, user=by, data={"reason": reason.strip()})
    logger.warning("second steps removed", extra={"data": {"user": user.pk, "removed": removed}})
    subject, text = written("accounts/mail/second_steps_removed", user.email)
    queue_mail(to=user.email, subject=subject, text=text, kind="second_steps_removed")
    return removed


def forget_ended_sessions(at: datetime) -> int:
    """Lines of the list of sessions whose session is over; how many."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    number: int = UserSession.objects.exclude(session_key__in=alive).delete()[0]
    return number


def forget_unconfirmed(at: datetime) -> int:
    """Accounts that somebody began and whose address nobody confirmed; how many."""
    number: int = begun_and_left().filter(date_joined__lt=at - UNCONFIRMED_TERM).delete()[0]
    return number
