"""Where things are kept: database, caches, files."""

from __future__ import annotations

import dj_database_url

from portal.settings.environment import declare
from portal.settings.place import DATA_DIR

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
        "BACKEND": "portal.http.file_cache.ExactFileCache",
        "LOCATION": str(DATA_DIR / "cache"),
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 20000},
    },
    # Whole pages apart, so that many of them never push out a rate limit.
    "pages": {
        "BACKEND": "portal.http.file_cache.ExactFileCache",
        "LOCATION": str(DATA_DIR / "cache-pages"),
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
PAGE_CACHE_SECONDS = 600
PAGE_CACHE_EXCLUDED_PREFIXES = [
    "/beheer/",
    "/zoeken/",
    "/api/",
    "/documenten/",
    "/media/",
    "/beelden/",
    "/mensen/",
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

# --- files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Outside the media folder: who may see a member's image is asked each time.
MEMBER_IMAGES_ROOT = DATA_DIR / "member-images"
# Files of members, in their ecosystems and elsewhere; as the images, and apart from them.
MEMBER_FILES_ROOT = DATA_DIR / "member-files"
# What people take along of themselves, for a week; in no backup.
TAKEAWAYS_ROOT = DATA_DIR / "takeaways"
# Which accounts were erased: beside the database, so that putting a backup back doesn't bring them back.
ERASURES_FILE = DATA_DIR / "erasures.jsonl"
# Documents that members send as proof; apart, so that what sweeps up left images never meets them.
PROOF_FILES_ROOT = DATA_DIR / "proof-files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "member_images": {
        "BACKEND": "portal.media.storage.MemberFileStorage",
        "OPTIONS": {"location": MEMBER_IMAGES_ROOT},
    },
    "member_files": {
        "BACKEND": "portal.media.storage.MemberFileStorage",
        "OPTIONS": {"location": MEMBER_FILES_ROOT},
    },
    "proof_files": {
        "BACKEND": "portal.media.storage.MemberFileStorage",
        "OPTIONS": {"location": PROOF_FILES_ROOT},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Wagtail's page editor posts a field for each part of each block; Django's default of 1,000 is too low for a long page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
