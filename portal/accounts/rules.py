"""Who needs a second step, who has one, and who may go where."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings

from portal.accounts.models import User
from portal.accounts.roles import needs_second_step

# Recovery codes stand in for a second step; they are none themselves.
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_step(user: User) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_STEPS).exists())


def enters_staff_admin(user: User) -> bool:
    """What Wagtail itself asks before it opens its admin."""
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


def must_set_up_second_step(user: User, *, at_staff_admin: bool) -> bool:
    """A role of `user` asks for a second step, and there is none.

    Who may enter the staff admin has such a role, also where that came by a group's new right and nobody noted it yet.
    """
    if not settings.MFA_REQUIRED or not user.is_active:
        return False
    needs = needs_second_step(user) or (at_staff_admin and enters_staff_admin(user))
    return needs and not has_second_step(user)


def can_lose(authenticator: Authenticator) -> bool:
    """The last second step of who needs one is replaced, not removed."""
    if not settings.MFA_REQUIRED or authenticator.type not in SECOND_STEPS:
        return True
    user = authenticator.user
    if not (needs_second_step(user) or enters_staff_admin(user)):
        return True
    others = Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_STEPS).exclude(pk=authenticator.pk)
    return bool(others.exists())
