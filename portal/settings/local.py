"""On one's own machine: production's middleware without TLS; DEBUG only on request."""

from portal.settings.base import *  # noqa: F403 - a settings module extends the base by design
from portal.settings.base import BASE_URL, DATA_DIR, INSTALLED_APPS
from portal.settings.environment import as_bool, as_text, declare, refuse_unknown
from portal.settings.keys import local_secret_key

DEBUG = declare(
    "PORTAL_DEBUG",
    as_bool,
    default="nee",
    explanation="Foutpagina's voor ontwikkelaars. Nooit op een openbaar adres.",
)
SECRET_KEY = declare(
    "PORTAL_SECRET_KEY",
    as_text,
    default=local_secret_key(DATA_DIR),
    explanation="Geheime sleutel, ten minste 50 tekens. Lokaal wordt er een gemaakt en bewaard in de gegevensmap.",
)
INSTALLED_APPS = ["portal.demo", *INSTALLED_APPS]  # fictional people: never in production
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
MFA_REQUIRED = declare(
    "PORTAL_MFA_REQUIRED",
    as_bool,
    default="nee",
    explanation="Medewerkers en moderatoren moeten een tweede stap bij het inloggen hebben. Op een openbaar adres: ja.",
)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
refuse_unknown()
