"""Where a person is signed in, read without changing anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from portal.accounts.models import User

# The first that fits: browsers pretend to be each other.
BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrom(?:e|ium)/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"CrOS", "Chromebook"),
    (r"Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    device: str
    address: str
    since: datetime
    is_current: bool


def open_sessions(user: User, current_key: str | None) -> list[OpenSession]:
    """Sessions in which `user` is signed in now, the present one first and then the newest. Three questions at most."""
    listed = list(UserSession.objects.filter(user_id=user.pk).order_by("-created_at"))
    keys = [line.session_key for line in listed]
    stored = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    alive = {session.session_key for session in stored if _is_of_now(session, user)}
    found = [
        OpenSession(device_of(line.user_agent), line.ip, line.created_at, line.session_key == current_key)
        for line in listed
        if line.session_key in alive
    ]
    return sorted(found, key=lambda session: not session.is_current)


def _is_of_now(session: Session, user: User) -> bool:
    """A session from before the last password has ended, though it is still kept."""
    return constant_time_compare(
        session.get_decoded().get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
    )


def device_of(user_agent: str) -> str:
    """'Firefox op Windows', as far as the browser tells."""
    browser = next((name for pattern, name in BROWSERS if re.search(pattern, user_agent)), "")
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, user_agent)), "")
    if browser and system:
        return _("%(browser)s op %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Onbekend apparaat")
