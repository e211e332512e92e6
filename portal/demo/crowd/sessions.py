"""Members who are signed in already, so that a measurement of pages isn't one of passwords."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from portal.accounts.models import User


def sign_in(members: Sequence[User]) -> list[str]:
    """The session keys, one for each member."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys: list[str] = []
    for member in members:
        session = store()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.create()
        UserSession.objects.create(
            user=member, session_key=session.session_key, ip="127.0.0.1", user_agent=""
        )
        keys.append(session.session_key)
    return keys
