"""Who people are and how they sign in: passwords, codes, a second step, and the company's own sign-in."""

from __future__ import annotations

from portal.settings.environment import as_text, declare
from portal.settings.place import SITE_NAME

AUTH_USER_MODEL = "accounts.User"
# It is Django's own as well, for permissions; Django's beside it would compute every password's hash a second time.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
FIRST_ADMIN_EMAIL = declare(
    "PORTAL_ADMIN_EMAIL",
    as_text,
    default="",
    explanation="E-mailadres van de eerste beheerder, voor `create_first_admin`.",
)
FIRST_ADMIN_PASSWORD = declare(
    "PORTAL_ADMIN_PASSWORD",
    as_text,
    default="",
    explanation="Wachtwoord van de eerste beheerder, ten minste 12 tekens. Alleen nodig bij de eerste start.",
)

# --- what somebody agrees to at the door -------------------------------------------------------------------------------

TERMS_URL = declare(
    "PORTAL_TERMS_URL",
    as_text,
    default="/gedragsregels/",
    explanation="Pagina met de regels waarmee iemand akkoord gaat die een account maakt.",
)
TERMS_VERSION = declare(
    "PORTAL_TERMS_VERSION",
    as_text,
    default="2026-11",
    explanation="Versie van die regels. Een andere versie: iedereen krijgt bij het inloggen opnieuw de vraag.",
)
PRIVACY_URL = "/privacy/"

# --- one door for everybody -------------------------------------------------------------------------------------------

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard:home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "portal.accounts.forms.details.SignupDetailsForm"
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.door.SignInForm",
    "signup": "portal.accounts.forms.door.NewAccountForm",
    "request_login_code": "portal.accounts.forms.door.RequestCodeForm",
    "confirm_login_code": "portal.accounts.forms.door.LoginCodeForm",
    "reset_password": "portal.accounts.forms.door.ForgottenForm",
    "confirm_password_reset_code": "portal.accounts.forms.door.ForgottenCodeForm",
    "reset_password_from_key": "portal.accounts.forms.door.NewPasswordForm",
    "confirm_email_verification_code": "portal.accounts.forms.door.AddressCodeForm",
    "add_email": "portal.accounts.forms.own.OwnAddressForm",
    "change_password": "portal.accounts.forms.own.OwnPasswordForm",
    "set_password": "portal.accounts.forms.own.FirstPasswordForm",
    "reauthenticate": "portal.accounts.forms.own.ProveForm",
}
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True  # one address; the old one holds until the new one is confirmed
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code that is typed over, not a link: mail scanners follow links, and a code works in the browser where one began.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 60 * 60  # seconds
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Not in the same sign-up: who begins with an address that has an account has nothing to change, and the page would tell.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 60 * 60  # as long as the longest code holds
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# The others are allauth's own. By the hour too: a code a minute all day long is a nuisance to who gets the mail.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
    "confirm_email": "1/10s/key,10/h/key",
    "manage_email": "10/m/user,30/h/user",
}
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60  # seconds

MFA_ADAPTER = "portal.accounts.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.second_step.SecondStepForm",
    "authenticate_webauthn": "portal.accounts.forms.second_step.SecondStepPasskeyForm",
    "reauthenticate": "portal.accounts.forms.second_step.ProveBySecondStepForm",
    "reauthenticate_webauthn": "portal.accounts.forms.second_step.ProveByPasskeyForm",
    "login_webauthn": "portal.accounts.forms.second_step.SignInPasskeyForm",
    "activate_totp": "portal.accounts.forms.second_step.AddAppForm",
    "add_webauthn": "portal.accounts.forms.second_step.AddPasskeyForm",
    "edit_webauthn": "portal.accounts.forms.second_step.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # the code before and after: clocks of telephones differ
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey stands for both steps only where it asks who holds it

# Written at sign-in only: a request that reads never writes.
USERSESSIONS_TRACK_ACTIVITY = False

# --- a company's own sign-in (eHerkenning through a broker) -----------------------------------------------------------

SOCIALACCOUNT_ADAPTER = "portal.accounts.company_adapter.CompanySignInAdapter"
SOCIALACCOUNT_FORMS = {
    "signup": "portal.accounts.forms.own.CompanySignupForm",
    "disconnect": "portal.accounts.forms.own.CompanyDisconnectForm",
}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_AUTO_SIGNUP = False
# An address that another party says proves nothing about an account here.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_ISSUER = declare(
    "PORTAL_OIDC_ISSUER",
    as_text,
    default="",
    explanation="Adres van de OpenID Connect-dienst (een makelaar voor eHerkenning). Leeg: die knop is er niet.",
)
OIDC_CLIENT_ID = declare(
    "PORTAL_OIDC_CLIENT_ID", as_text, default="", explanation="Naam van het portaal bij die dienst."
)
OIDC_CLIENT_SECRET = declare(
    "PORTAL_OIDC_CLIENT_SECRET", as_text, default="", explanation="Geheim van het portaal bij die dienst."
)
OIDC_NAME = declare(
    "PORTAL_OIDC_NAME", as_text, default="eHerkenning", explanation="Hoe de knop naar die dienst heet."
)
SOCIALACCOUNT_PROVIDERS = {
    "company": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "bedrijf",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
