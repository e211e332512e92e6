"""Signing in and one's own account: allauth's views under Dutch addresses, by the names that allauth asks for."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as company
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.urls import include, path

from portal.accounts import views

own = (
    [
        path("", views.overview, name="overview"),
    ],
    "account",
)

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("inloggen/code/", account.request_login_code, name="account_request_login_code"),
    path("inloggen/code/invullen/", account.confirm_login_code, name="account_confirm_login_code"),
    path("inloggen/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("inloggen/tweede-stap/", second_step.authenticate, name="mfa_authenticate"),
    path("inloggen/gesloten/", account.account_inactive, name="account_inactive"),
    path("inloggen/via/afgebroken/", company.login_cancelled, name="socialaccount_login_cancelled"),
    path("inloggen/via/mislukt/", company.login_error, name="socialaccount_login_error"),
    path("inloggen/via/aanmelden/", company.signup, name="socialaccount_signup"),
    path("inloggen/via/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("inloggen/via/<slug:provider_id>/terug/", openid.callback, name="openid_connect_callback"),
    path("uitloggen/", views.sign_out, name="account_logout"),
    path("aanmelden/", account.signup, name="account_signup"),
    path("aanmelden/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path(
        "wachtwoord/vergeten/code/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path("wachtwoord/nieuw/", account.complete_password_reset, name="account_complete_password_reset"),
    path("wachtwoord/klaar/", account.password_reset_from_key_done, name="account_password_reset_completed"),
    path("account/", include(own)),
    path("account/bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("account/bevestigen/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("account/bevestigen/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/e-mail/", account.email, name="account_email"),
    path("account/wachtwoord/", account.password_change, name="account_change_password"),
    path("account/wachtwoord/kiezen/", account.password_set, name="account_set_password"),
    path("account/inlogmanieren/", company.connections, name="socialaccount_connections"),
    path("account/apparaten/", sessions.list_usersessions, name="usersessions_list"),
    path("account/tweede-stap/", second_step.index, name="mfa_index"),
    path("account/tweede-stap/app/", views.activate_totp, name="mfa_activate_totp"),
    path("account/tweede-stap/app/weg/", views.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/tweede-stap/noodcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/tweede-stap/noodcodes/nieuw/",
        views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/tweede-stap/noodcodes/bestand/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/tweede-stap/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/tweede-stap/passkeys/nieuw/", views.add_passkey, name="mfa_add_webauthn"),
    path("account/tweede-stap/passkeys/<int:pk>/weg/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("account/tweede-stap/passkeys/<int:pk>/naam/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]
