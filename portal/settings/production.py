"""On a public address: TLS, HSTS, `__Host-` cookies; nothing has a default that would be unsafe."""

from portal.settings.base import *  # noqa: F403 - a settings module extends the base by design
from portal.settings.environment import as_bool, as_list, declare, refuse_unknown

DEBUG = False


def as_secret(value: str) -> str:
    if len(value) < 50 or len(set(value)) < 5:
        raise ValueError("de sleutel heeft ten minste 50 willekeurige tekens nodig")
    return value


def as_https(value: str) -> str:
    if not value.startswith("https://") or value.endswith("/"):
        raise ValueError("het adres begint met https:// en eindigt niet met een schuine streep")
    return value


as_secret.__name__ = "tekst"
as_https.__name__ = "tekst"

SECRET_KEY = declare(
    "PORTAL_SECRET_KEY", as_secret, default=None, explanation="Geheime sleutel, ten minste 50 tekens."
)
BASE_URL = declare("PORTAL_BASE_URL", as_https, default=None, explanation="Het openbare adres, met https://.")
ALLOWED_HOSTS = declare(
    "PORTAL_ALLOWED_HOSTS", as_list, default=None, explanation="Namen waaronder het portaal bereikbaar is."
)
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    from django.core.exceptions import ImproperlyConfigured

    raise ImproperlyConfigured(
        "PORTAL_ALLOWED_HOSTS moet de namen noemen waaronder het portaal bereikbaar is."
    )
# Health checks ask the process itself. A visitor who sends this name gets pages that only he sees.
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1"]
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]

SECURE_SSL_REDIRECT = declare(
    "PORTAL_SSL_REDIRECT",
    as_bool,
    default="ja",
    explanation="http doorsturen naar https (nee als de proxy dat doet).",
)
# Health checks come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
if declare(
    "PORTAL_BEHIND_PROXY",
    as_bool,
    default="nee",
    explanation="Vertrouw X-Forwarded-Proto. Alleen als een eigen proxy die kop altijd zelf zet.",
):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
MFA_REQUIRED = declare(
    "PORTAL_MFA_REQUIRED",
    as_bool,
    default="ja",
    explanation="Medewerkers en moderatoren moeten een tweede stap bij het inloggen hebben.",
)

refuse_unknown()
