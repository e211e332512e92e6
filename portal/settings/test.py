"""For the test suite: real parts, a place of its own for every worker."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# A throw-away data directory for each test worker, so that indexes, media and caches never meet.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
_root = os.environ.setdefault("PORTAL_TEST_DIR", tempfile.mkdtemp(prefix="portal-test-"))
os.environ["PORTAL_DATA_DIR"] = str(Path(_root) / _worker)

from portal.settings.base import *  # noqa: E402, F403 - the data directory must be chosen before the base reads it
from portal.settings.base import DATA_DIR, DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

DEBUG = False
INSTALLED_APPS = ["portal.demo", *INSTALLED_APPS]
SEARCH_ENGINE = "embedded"  # whatever the environment says
SECRET_KEY = "a-key-for-tests-only-which-protects-nothing-and-never-leaves-here"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Nothing is collected for tests, but WhiteNoise looks there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# In memory there is no WAL and no busy timeout, so the test database is a real file.
if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
# Most tests are about something else than signing in; those of the second step and of the matrix switch it on.
MFA_REQUIRED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
LOGGING["root"]["level"] = "ERROR"  # type: ignore[index]
