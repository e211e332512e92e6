"""How an account stands, in words: what the overview and the page of second steps list."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.accounts.rules import SECOND_STEPS
from portal.design.shapes import SummaryItem, Task

Type = Authenticator.Type


def overview_items(user: User, *, sessions: int, has_company_doors: bool) -> list[SummaryItem]:
    """What one can change, with its state."""
    kinds = list(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    is_on = any(kind in SECOND_STEPS for kind in kinds)
    password = "account_change_password" if user.has_usable_password() else "account_set_password"
    devices = ngettext("%(number)d apparaat", "%(number)d apparaten", sessions) % {"number": sessions}
    items = [
        SummaryItem(term=_("E-mailadres"), text=user.email, change_url=reverse("account_email")),
        SummaryItem(
            term=_("Wachtwoord"),
            text=_("Ingesteld")
            if user.has_usable_password()
            else _("Nog niet gekozen; je logt in met een code"),
            change_url=reverse(password),
        ),
        SummaryItem(
            term=_("Tweede stap"), text=_("Aan") if is_on else _("Uit"), change_url=reverse("mfa_index")
        ),
        SummaryItem(
            term=_("Passkeys"),
            text=_passkeys(kinds.count(Type.WEBAUTHN)),
            change_url=reverse("mfa_list_webauthn"),
        ),
        SummaryItem(term=_("Ingelogd op"), text=devices, change_url=reverse("usersessions_list")),
    ]
    if has_company_doors:
        linked = SocialAccount.objects.filter(user_id=user.pk).exists()
        text = _("Gekoppeld") if linked else _("Niet gekoppeld")
        url = reverse("socialaccount_connections")
        items.append(SummaryItem(term=_("Inloggen via je bedrijf"), text=text, change_url=url))
    return items


def second_step_tasks(user: User) -> list[Task]:
    """The ways of a second step, each with where it is set up or removed."""
    found = {
        authenticator.type: authenticator for authenticator in Authenticator.objects.filter(user_id=user.pk)
    }
    passkeys = Authenticator.objects.filter(user_id=user.pk, type=Type.WEBAUTHN).count()
    app, codes = found.get(Type.TOTP), found.get(Type.RECOVERY_CODES)
    tasks = [
        Task(
            label=_("Authenticator-app"),
            hint=_("Een app op je telefoon maakt elke halve minuut een code."),
            url=reverse("mfa_deactivate_totp" if app else "mfa_activate_totp"),
            status=_("Aan") if app else _("Uit"),
            kind="done" if app else "open",
        ),
        Task(
            label=_("Passkeys"),
            hint=_("Je vinger, je gezicht of de pincode van je apparaat. Ook in plaats van je wachtwoord."),
            url=reverse("mfa_list_webauthn"),
            status=_passkeys(passkeys),
            kind="done" if passkeys else "open",
        ),
    ]
    if codes:
        left = len(codes.wrap().get_unused_codes())
        tasks.append(
            Task(
                label=_("Noodcodes"),
                hint=_("Voor als je je telefoon of passkey niet bij je hebt."),
                url=reverse("mfa_view_recovery_codes"),
                status=ngettext("nog %(number)d", "nog %(number)d", left) % {"number": left},
                kind="done" if left > 2 else "wait",
            )
        )
    return tasks


def _passkeys(number: int) -> str:
    return (
        ngettext("%(number)d passkey", "%(number)d passkeys", number) % {"number": number}
        if number
        else _("Geen")
    )
