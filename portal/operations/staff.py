"""The first account that can enter the staff admin."""

from __future__ import annotations

import secrets

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

# Without letters and digits that look alike, since a person types it over.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def generate_password() -> str:
    """Four groups of five: about 99 bits."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(5)) for _ in range(4))


def first_administrator_email() -> str | None:
    """Who was made first, None where there is no administrator yet."""
    administrators = get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
    return administrators.order_by("pk").values_list("email", flat=True).first()


@transaction.atomic
def create_first_administrator(email: str, password: str) -> bool:
    """False where there was an administrator already; then nothing changes. Raises ValidationError on a weak password."""
    if first_administrator_email() is not None:
        return False
    user = get_user_model()(email=email)
    validate_password(password, user)
    administrator = get_user_model()._default_manager.create_superuser(email, password)
    # Who can start the portal needs no mail to prove it; the mail server may not be set up yet.
    EmailAddress.objects.create(user=administrator, email=administrator.email, verified=True, primary=True)
    return True
