"""What every environment shares. Values come from the environment where an operator must choose."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import (
    as_bool,
    as_choice,
    as_contact,
    as_int,
    as_list,
    as_networks,
    as_text,
    declare,
)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(
    declare(
        "PORTAL_DATA_DIR",
        as_text,
        default=str(BASE_DIR / "var"),
        explanation="Map voor database (SQLite), zoekindex, cache, media en verzamelde statische bestanden.",
    )
)
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"De gegevensmap {DATA_DIR} is niet te maken: {error.strerror}.") from error

SITE_NAME = "Slimmer Werken"
BASE_URL = declare(
    "PORTAL_BASE_URL",
    as_text,
    default="http://127.0.0.1:8000",
    explanation="Het openbare adres van het portaal, zonder schuine streep aan het eind.",
)
ALLOWED_HOSTS = declare(
    "PORTAL_ALLOWED_HOSTS",
    as_list,
    default="127.0.0.1,localhost,[::1]",
    explanation="Namen waaronder het portaal bereikbaar is.",
)

INSTALLED_APPS = [
    "portal.operations",
    "portal.content",
    "portal.home",
    "portal.sharing",
    "cases",
    "portal.figures",
    "portal.visitors",
    "portal.pages",
    "search",
    "search.steering",
    "search.journal",
    "portal.organisations",
    "portal.media",
    "portal.accounts",
    "portal.taxonomy",
    "portal.evidence",
    "portal.background",
    "portal.design",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.apps.StaffUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.http.request_id.RequestIdMiddleware",
    "portal.operations.metrics.MetricsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.http.security.SecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.http.maintenance.MaintenanceMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.http.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.http.transactions.UnsafeRequestTransactionMiddleware",
    "search.allowance.SearchAllowanceMiddleware",
    "portal.pages.redirects.VisibleRedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.pages.context_processors.site",
                "portal.visitors.context_processors.own",
                "portal.sharing.context_processors.sharing",
            ],
        },
    }
]

# --- database ---------------------------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # Write transactions take their lock at the start, so that two writers wait for each other instead of failing
    # halfway with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
        "PRAGMA foreign_keys=ON;PRAGMA cache_size=-16000;PRAGMA temp_store=MEMORY;"
    ),
}


def database_from(url: str) -> dict[str, object]:
    """A DATABASES entry for `url`; SQLite gets WAL and immediate transactions. Raises ValueError on a strange address."""
    try:
        config = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except Exception as error:
        raise ValueError(
            "een adres als postgresql://naam:wachtwoord@host:5432/database of sqlite:////pad"
        ) from error
    if str(config["ENGINE"]).endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
        config["CONN_MAX_AGE"] = None
        config["CONN_HEALTH_CHECKS"] = False
    elif not str(config["ENGINE"]).endswith("postgresql"):
        raise ValueError("alleen SQLite en PostgreSQL worden ondersteund")
    return config


database_from.__name__ = "databaseadres"

DATABASES = {
    "default": declare(
        "DATABASE_URL",
        database_from,
        default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}",
        explanation="Adres van de database. Zonder: SQLite in de gegevensmap. Met meer dan één machine: PostgreSQL.",
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache: shared by all processes; see docs/beheer.md -----------------------------------------------------------------

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "cache"),
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 20000},
    },
    # Whole pages apart, so that many of them never push out a rate limit.
    "pages": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "cache-pages"),
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
PAGE_CACHE_SECONDS = 600
PAGE_CACHE_EXCLUDED_PREFIXES = [
    "/beheer/",
    "/zoeken/",
    "/documenten/",
    "/media/",
    "/healthz",
    "/readyz",
    "/metrics",
]
# A page asked for with any other parameter is made anew, so that nobody can fill the cache with made-up addresses.
PAGE_CACHE_PARAMETERS = {
    "pagina",
    "thema",
    "doel",
    "sector",
    "regio",
    "grootte",
    "soort",
    "bewijs",
    "jaar",
    "sorteer",
}
# Cookies by which a visitor makes pages his own; whoever has one gets pages made for him.
PAGE_CACHE_VISITOR_COOKIES = {"bedrijf", "bewaard"}

# --- people -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
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
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True

# --- language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Wagtail's page editor posts a field for each part of each block; Django's default of 1,000 is too low for a long page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- mail -------------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = declare("EMAIL_HOST", as_text, default="localhost", explanation="Mailserver.")
EMAIL_PORT = declare("EMAIL_PORT", as_int, default="25", explanation="Poort van de mailserver.")
EMAIL_HOST_USER = declare("EMAIL_HOST_USER", as_text, default="", explanation="Naam bij de mailserver.")
EMAIL_HOST_PASSWORD = declare(
    "EMAIL_HOST_PASSWORD", as_text, default="", explanation="Wachtwoord bij de mailserver."
)
EMAIL_USE_TLS = declare("EMAIL_USE_TLS", as_bool, default="nee", explanation="STARTTLS gebruiken.")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = declare(
    "PORTAL_FROM_EMAIL",
    as_text,
    default="Slimmer Werken <noreply@localhost>",
    explanation="Afzender van de mails van het portaal.",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Wagtail ----------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = True
WAGTAILADMIN_USER_LOGIN_FORM = "portal.accounts.forms.StaffLoginForm"
WAGTAIL_FRONTEND_LOGIN_URL = "/beheer/login/"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands")]
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 10
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 2000
WAGTAILIMAGES_IMAGE_MODEL = "media.PortalImage"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.media.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "media.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.media.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
# One password for a group of people can't be taken back from one of them.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS

# --- background -------------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": True}}

# --- search -----------------------------------------------------------------------------------------------------------

SEARCH_ENGINE = declare(
    "PORTAL_SEARCH_ENGINE",
    as_choice("embedded"),
    default="embedded",
    explanation="Zoekmachine: de ingebouwde.",
)
SEARCH_INDEX_DIR = DATA_DIR / "search"
SEARCH_JOURNAL_DIR = DATA_DIR / "search-journal"
SEARCH_DEADLINE_SECONDS = 1.5

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
    },
}
