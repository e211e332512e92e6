"""Who is signed in, as the type checker may know it too."""

from __future__ import annotations

from django.http import HttpRequest

from portal.accounts.models import User


def user_of(request: HttpRequest) -> User:
    """For views that nobody reaches without signing in; raises TypeError where a view forgot to ask for that."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("nobody is signed in here")
    return user
