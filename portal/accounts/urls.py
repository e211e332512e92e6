"""Signing in and one's own account: Dutch addresses under the names that allauth asks for.

All of it is a person's own, so nothing is cached; and all of it is asked with GET or POST.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern, include, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.views import company, door, own, passkeys, proof, second_step

READ = ("GET", "HEAD")
BOTH = (*READ, "POST")
SEND = ("POST",)


def page(route: str, view: Callable[..., Any], name: str, methods: Sequence[str] = BOTH) -> URLPattern:
    return path(route, never_cache(require_http_methods(list(methods))(view)), name=name)


account = (
    [
        page("", own.overview, "overview", READ),
        page("opnieuw-inloggen/", proof.sign_in_again, "sign-in-again"),
    ],
    "account",
)

# Before Wagtail's own, under the names that it asks for.
staff_door = [
    page("beheer/logout/", own.sign_out, "wagtailadmin_logout", SEND),
    page("beheer/login/", own.staff_sign_in, "wagtailadmin_login", READ),
]

urlpatterns = [
    page("inloggen/", door.sign_in, "account_login"),
    page("inloggen/code/", door.request_code, "account_request_login_code"),
    page("inloggen/code/invullen/", door.login_code, "account_confirm_login_code"),
    page("inloggen/passkey/", passkeys.sign_in, "mfa_login_webauthn"),
    page("inloggen/tweede-stap/", second_step.authenticate, "mfa_authenticate"),
    page("inloggen/gesloten/", door.closed, "account_inactive", READ),
    page("inloggen/via/afgebroken/", company.cancelled, "socialaccount_login_cancelled", READ),
    page("inloggen/via/mislukt/", company.failed, "socialaccount_login_error", READ),
    page("inloggen/via/aanmelden/", company.sign_up, "socialaccount_signup"),
    page("inloggen/via/<slug:provider_id>/", company.sign_in, "company_login", SEND),
    page("inloggen/via/<slug:provider_id>/terug/", company.callback, "company_callback", READ),
    page("uitloggen/", own.sign_out, "account_logout", SEND),
    page("aanmelden/", door.new_account, "account_signup"),
    page("e-mailadres/bevestigen/", door.address_code, "account_email_verification_sent"),
    page("wachtwoord/vergeten/", door.forgotten, "account_reset_password"),
    page("wachtwoord/vergeten/code/", door.forgotten_code, "account_confirm_password_reset_code"),
    page("wachtwoord/nieuw/", door.new_password, "account_complete_password_reset"),
    page("wachtwoord/klaar/", door.new_password_done, "account_password_reset_completed", READ),
    path("account/", include(account)),
    page("account/bevestigen/", proof.by_password, "account_reauthenticate"),
    page("account/bevestigen/code/", second_step.prove, "mfa_reauthenticate"),
    page("account/bevestigen/passkey/", passkeys.prove, "mfa_reauthenticate_webauthn"),
    page("account/e-mail/", own.address, "account_email"),
    page("account/wachtwoord/", own.password, "account_change_password"),
    page("account/wachtwoord/kiezen/", own.first_password, "account_set_password"),
    page("account/inlogmanieren/", company.connections, "socialaccount_connections"),
    page("account/inlogmanieren/<slug:provider_id>/", company.connect, "company_connect", SEND),
    page("account/apparaten/", own.sessions, "usersessions_list"),
    page("account/tweede-stap/", second_step.index, "mfa_index", READ),
    page("account/tweede-stap/app/", second_step.activate_app, "mfa_activate_totp"),
    page("account/tweede-stap/app/qr.svg", second_step.app_qr, "app-qr", READ),
    page("account/tweede-stap/app/weg/", second_step.deactivate_app, "mfa_deactivate_totp"),
    page("account/tweede-stap/noodcodes/", second_step.recovery_codes, "mfa_view_recovery_codes"),
    page(
        "account/tweede-stap/noodcodes/nieuw/", second_step.new_recovery_codes, "mfa_generate_recovery_codes"
    ),
    page(
        "account/tweede-stap/noodcodes/bestand/",
        second_step.recovery_codes_file,
        "mfa_download_recovery_codes",
        READ,
    ),
    page("account/tweede-stap/passkeys/", passkeys.listing, "mfa_list_webauthn", READ),
    page("account/tweede-stap/passkeys/nieuw/", passkeys.add, "mfa_add_webauthn"),
    page("account/tweede-stap/passkeys/<int:pk>/weg/", passkeys.remove, "mfa_remove_webauthn"),
    page("account/tweede-stap/passkeys/<int:pk>/naam/", passkeys.rename, "mfa_edit_webauthn"),
]
