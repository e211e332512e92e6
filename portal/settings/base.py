"""What every environment shares. Values come from the environment where an operator must choose."""

from __future__ import annotations

from portal.settings.cms import *  # noqa: F403 - together these modules are the settings
from portal.settings.environment import as_bool, as_int, as_text, declare
from portal.settings.people import *  # noqa: F403
from portal.settings.place import *  # noqa: F403
from portal.settings.protection import *  # noqa: F403
from portal.settings.search import *  # noqa: F403
from portal.settings.storage import *  # noqa: F403

INSTALLED_APPS = [
    "portal.operations",
    "portal.content",
    "portal.home",
    "portal.sharing",
    "portal.dashboard",
    "cases.submissions",
    "cases",
    "network.forum",
    "network.questions",
    "network.events",
    "network.documents",
    "network.conversations",
    "network.ecosystems",
    "network.moderation",
    "portal.figures",
    "portal.visitors",
    "portal.newsletters",
    "portal.saved_searches",
    "portal.pages",
    "search",
    "search.steering",
    "search.journal",
    "portal.people",
    "portal.organisations",
    "portal.media",
    "portal.notifications",
    "portal.privacy",
    "portal.accounts",
    "portal.taxonomy",
    "portal.evidence",
    "portal.mail",
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
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
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
    "portal.http.encoding.Utf8Middleware",
    "portal.http.numbers_in_addresses.NumbersInAddressesMiddleware",
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
    "portal.accounts.middleware.SecondStepMiddleware",
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
                "portal.accounts.context_processors.account",
                "portal.notifications.context_processors.notifications",
            ],
        },
    }
]

# --- language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- mail -------------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = "portal.mail.smtp.EmailBackend"
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

# --- background -------------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": True}}
