from __future__ import annotations

import io

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import CommandError, call_command

from portal.http.maintenance import Mode, current_mode
from portal.operations.staff import generate_password

pytestmark = pytest.mark.django_db
STRONG = "vier-woorden-over-fietsen"


def told(*arguments: str, **options: object) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_the_first_administrator_is_made_once(settings):
    settings.FIRST_ADMIN_EMAIL, settings.FIRST_ADMIN_PASSWORD = "baas@portaal.example", STRONG
    assert "is gemaakt" in told("create_first_admin")
    user = get_user_model().objects.get(is_superuser=True)
    assert (user.email, user.check_password(STRONG)) == ("baas@portaal.example", True)
    settings.FIRST_ADMIN_EMAIL, settings.FIRST_ADMIN_PASSWORD = (
        "ander@portaal.example",
        "een-heel-ander-wachtwoord",
    )
    assert "niets veranderd" in told("create_first_admin")
    assert list(get_user_model().objects.filter(is_superuser=True)) == [user]


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [("baas@portaal.example", "", "allebei"), ("", STRONG, "allebei"), ("baas", STRONG, "geldig e-mailadres"),
     ("baas@portaal.example", "kort", "12")],
)  # fmt: skip
def test_a_wrong_first_administrator_is_refused(settings, email, password, sentence):
    settings.FIRST_ADMIN_EMAIL, settings.FIRST_ADMIN_PASSWORD = email, password
    with pytest.raises(CommandError, match=sentence):
        told("create_first_admin")
    assert not get_user_model().objects.filter(is_superuser=True).exists()


def test_nothing_given_makes_nobody():
    assert "leeg" in told("create_first_admin")


def test_generated_passwords_are_long_readable_and_different():
    passwords = {generate_password() for _ in range(100)}
    assert len(passwords) == 100
    assert all(len(password) == 23 and not set(password) & set("0O1lI") for password in passwords)


def test_a_test_mail_is_sent():
    assert "is aangenomen" in told("send_test_mail", "jij@voorbeeld.example")
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["jij@voorbeeld.example"], "Proefmail van Slimmer Werken")


def test_a_test_mail_that_cannot_go_says_why(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(CommandError, match="127.0.0.1:1 nam de proefmail niet aan"):
        told("send_test_mail", "jij@voorbeeld.example")
    with pytest.raises(CommandError, match="geen e-mailadres"):
        told("send_test_mail", "jij")


def test_maintenance_on_and_off(settings, tmp_path):
    settings.MAINTENANCE_FLAG = tmp_path / "maintenance"
    assert "open" in told("maintenance")
    assert "alleen te lezen" in told("maintenance", "read-only")
    assert current_mode() is Mode.READ_ONLY
    assert "alleen te lezen" in told("maintenance")
    told("maintenance", "closed")
    assert current_mode() is Mode.CLOSED
    told("maintenance", "open")
    assert current_mode() is Mode.OPEN
