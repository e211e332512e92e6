"""What browsers are told to refuse, what cookies may do, who may read the figures, and what is logged."""

from __future__ import annotations

from csp.constants import NONE, SELF

from portal.settings.environment import as_choice, as_contact, as_networks, declare
from portal.settings.place import DATA_DIR

# --- security ---------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
# Only here may Wagtail's own inline scripts and styles run.
STAFF_ADMIN_PREFIX = "/beheer/"
# While this file exists the portal is in maintenance; see docs/beheer.md.
MAINTENANCE_FLAG = DATA_DIR / "maintenance"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

SECURITY_CONTACT = declare(
    "PORTAL_SECURITY_CONTACT",
    as_contact,
    default="",
    explanation="Waar je een lek meldt, voor /.well-known/security.txt. Zonder: geen security.txt.",
)
TRUSTED_PROXIES = declare(
    "PORTAL_TRUSTED_PROXIES",
    as_networks,
    default="",
    explanation="Netwerken van je eigen proxy's. Alleen van hen gelooft het portaal in X-Forwarded-For wie er vraagt.",
)
PROMETHEUS_ALLOWED_NETWORKS = declare(
    "PORTAL_METRICS_NETWORKS",
    as_networks,
    default="127.0.0.0/8,::1/128",
    explanation="Netwerken die /metrics mogen lezen.",
)

# --- logging ----------------------------------------------------------------------------------------------------------

LOG_LEVEL = declare(
    "PORTAL_LOG_LEVEL",
    as_choice("DEBUG", "INFO", "WARNING", "ERROR"),
    default="INFO",
    explanation="Wat het log toont.",
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "portal.http.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "portal.http.logs.JsonFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]}
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Every 404 is a warning there; the request log has them already.
        "django.request": {"level": "ERROR"},
        # One line at the start of each batch, every time there is a task.
        "django_tasks_db": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        # A line for every request, and for every failure, which the search engine tells of itself.
        "elastic_transport": {"level": "ERROR"},
    },
}
