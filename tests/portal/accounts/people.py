"""What the tests of accounts share: people, their second steps, the mail they get and the forms they send."""

from __future__ import annotations

import re
import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from portal.accounts.models import User
from portal.mail.models import Mail

PASSWORD = "vier-woorden-over-fietsen"
NEW_PASSWORD = "vijf-woorden-over-wandelen"
CODE = re.compile(r"^    (\S+)$", re.MULTILINE)

SIGN_IN = "/inloggen/"
SIGN_UP = "/aanmelden/"
SECOND_STEP = "/inloggen/tweede-stap/"
ACCOUNT = "/account/"
HOME = "/mijn/"
REQUEST_CODE = "/inloggen/code/"
LOGIN_CODE = "/inloggen/code/invullen/"
ADDRESS_CODE = "/e-mailadres/bevestigen/"
FORGOTTEN = "/wachtwoord/vergeten/"
FORGOTTEN_CODE = "/wachtwoord/vergeten/code/"
NEW = "/wachtwoord/nieuw/"
PROVE = "/account/bevestigen/"


def make_person(email: str = "sanne@bedrijf.example", password: str | None = PASSWORD, **fields: Any) -> User:
    """Somebody who proved the address and has been here before."""
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_administrator(email: str = "baas@bedrijf.example") -> User:
    return make_person(email, is_staff=True, is_superuser=True)


def give_app(user: User) -> Authenticator:
    authenticator: Authenticator = TOTP.activate(user, generate_totp_secret()).instance
    return authenticator


def give_recovery_codes(user: User) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def app_code(authenticator: Authenticator, *, steps_ago: int = 0) -> str:
    """What the app shows now, or showed some half minutes ago."""
    secret: str = authenticator.data["secret"]
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 - steps_ago))
    return code


def sign_in(
    client: Client, email: str = "sanne@bedrijf.example", password: str = PASSWORD, **extra: Any
) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password}, **extra)


def prove(client: Client, password: str = PASSWORD) -> None:
    response = client.post(PROVE, {"password": password})
    assert response.status_code == 302


def is_signed_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


def sign_up(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(SIGN_UP, {"name": "Sanne", "email": email, "password1": password, "terms": "on"})


def mails_to(email: str) -> list[Mail]:
    return list(Mail.objects.filter(to=email).order_by("pk"))


def last_mail(email: str) -> Mail:
    return mails_to(email)[-1]


def code_in_mail(email: str) -> str:
    found = CODE.search(last_mail(email).text)
    assert found is not None, last_mail(email).text
    return found.group(1)


def new_account(client: Client, email: str = "sanne@bedrijf.example", password: str = PASSWORD) -> User:
    """As a person makes one: the form, and the code from the mail."""
    sign_up(client, email, password)
    client.post(ADDRESS_CODE, {"code": code_in_mail(email)})
    return User.objects.get(email=email)
