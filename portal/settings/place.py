"""Where the portal stands: its directory for data, its name and its address."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import as_list, as_text, declare

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
