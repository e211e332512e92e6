"""The account, how one signs in to it, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.utils.encoding import force_str
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.services import UNCONFIRMED_TERM, end_sessions
from portal.privacy.registry import (
    DELETE,
    WITH_ACCOUNT,
    AsLong,
    Departure,
    Ground,
    NotTaken,
    Own,
    PersonalData,
    Purpose,
    Term,
    register,
)
from portal.privacy.rows import columns, plain
from portal.privacy.services.retention import INACTIVE_TERM


def _account(**said: Any) -> PersonalData:
    return PersonalData(**{"purpose": Purpose.ACCOUNT, "ground": Ground.AGREEMENT, **said})


def second_steps(user: User) -> Iterator[Mapping[str, object]]:
    """Which ones, never what opens the account."""
    for step in Authenticator.objects.filter(user=user).order_by("pk"):
        yield {
            _now("soort"): force_str(Authenticator.Type(step.type).label),
            _now("sinds"): plain(step.created_at),
            _now("laatst gebruikt"): plain(step.last_used_at),
        }


def end_all_sessions(departure: Departure) -> None:
    end_sessions(departure.user)


register(
    _account(
        field="accounts.User.email",
        name=_("Je account"),
        why=_("Zodat je kunt inloggen en we je mail kunnen sturen."),
        term=Term(INACTIVE_TERM, since="last_login", job="privacy.erase-inactive", only=Q(is_staff=False)),
        export=columns("email", "name", "date_joined", "last_login", "is_staff", "is_active"),
        erasure=DELETE,
        person="pk",
    ),
    _account(
        field="accounts.User.name",
        name=_("Je naam"),
        why=_("Zodat anderen weten met wie ze te maken hebben. Je kiest zelf wie je naam ziet."),
        term=AsLong(_("zolang je account bestaat")),
        export=NotTaken(_("Je naam staat bij je account.")),
        erasure=DELETE,
        person="pk",
    ),
    _account(
        field="accounts.User.password",
        name=_("Je wachtwoord"),
        why=_(
            "Om in te loggen. We bewaren alleen een afdruk ervan, waar niemand het wachtwoord uit kan lezen."
        ),
        term=WITH_ACCOUNT,
        export=NotTaken(_("Wie de afdruk heeft, kan proberen het wachtwoord te raden.")),
        erasure=DELETE,
        person="pk",
    ),
    _account(
        field="accounts.User_groups.user",
        name=_("Je groepen in het beheer"),
        why=_("Zodat medewerkers kunnen doen wat bij hun werk hoort."),
        term=WITH_ACCOUNT,
        export=columns("group", group__name=_("naam van de groep")),
        erasure=DELETE,
    ),
    _account(
        field="accounts.User_user_permissions.user",
        name=_("Je losse rechten in het beheer"),
        why=_("Zodat medewerkers kunnen doen wat bij hun werk hoort."),
        term=WITH_ACCOUNT,
        export=columns(permission=_("recht")),
        erasure=DELETE,
    ),
    _account(
        field="account.EmailAddress.user",
        name=_("Je e-mailadressen"),
        why=_("Zodat we weten dat een adres van jou is."),
        term=WITH_ACCOUNT,
        export=columns(email=_("e-mailadres"), verified=_("bevestigd"), primary=_("je adres nu")),
        erasure=DELETE,
    ),
    _account(
        field="account.EmailAddress.email",
        name=_("Een adres dat nooit bevestigd is"),
        why=_("Zodat wie zich aanmeldt het adres nog kan bevestigen."),
        term=Term(
            UNCONFIRMED_TERM,
            since="user__date_joined",
            job="accounts.forget-unconfirmed",
            only=Q(verified=False, user__last_login=None, user__is_staff=False)
            & ~Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX),
        ),
        export=NotTaken(_("Je adres staat bij je e-mailadressen.")),
        erasure=DELETE,
        person="user",
    ),
    _account(
        field="mfa.Authenticator.user",
        name=_("Je tweede stap en je passkeys"),
        why=_("Zodat niemand anders in je account komt."),
        term=WITH_ACCOUNT,
        export=second_steps,
        erasure=DELETE,
    ),
    _account(
        field="socialaccount.SocialAccount.user",
        name=_("Inloggen via je bedrijf"),
        why=_("Zodat je met eHerkenning kunt inloggen."),
        term=WITH_ACCOUNT,
        export=columns(
            provider=_("dienst"),
            uid=_("nummer bij die dienst"),
            extra_data=_("wat die dienst doorgaf"),
            date_joined=_("sinds"),
        ),
        erasure=DELETE,
    ),
    _account(
        field="usersessions.UserSession.user",
        name=_("Waar je bent ingelogd"),
        why=_("Zodat je ziet of er een apparaat bij is dat niet van jou is."),
        ground=Ground.INTEREST,
        term=AsLong(_("tot je uitlogt, en hoogstens 30 dagen")),
        export=columns(
            ip=_("internetadres"),
            user_agent=_("browser"),
            created_at=_("ingelogd"),
            last_seen_at=_("laatst gezien"),
        ),
        erasure=Own(_("Je wordt overal uitgelogd, en dit wissen we."), end_all_sessions),
    ),
    _account(
        field="usersessions.UserSession.ip",
        name=_("Het internetadres waarmee je inlogde"),
        why=_("Zodat je ziet of er een apparaat bij is dat niet van jou is."),
        ground=Ground.INTEREST,
        term=AsLong(_("tot je uitlogt, en hoogstens 30 dagen")),
        export=NotTaken(_("Het staat bij waar je bent ingelogd.")),
        erasure=DELETE,
        person="user",
    ),
)
