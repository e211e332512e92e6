"""Roles that ask more of who signs in. Rooms above offer theirs in a `roles.py` of their own, found like `admin.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Role:
    """`held_by` says whether a signed-in, active person has it; asked at every request of theirs, so it must be cheap."""

    code: str
    label: str | Promise
    held_by: Callable[[User], bool]
    needs_second_step: bool = False


_roles: dict[str, Role] = {}


def register(role: Role) -> Role:
    """Raises ValueError when the code is taken."""
    if role.code in _roles:
        raise ValueError(f"role {role.code!r} is registered twice")
    _roles[role.code] = role
    return role


def roles_of(user: User) -> Iterable[Role]:
    return [role for role in _roles.values() if role.held_by(user)]


def needs_second_step(user: User) -> bool:
    """Does a role of `user` ask for a second step at sign-in?"""
    return any(role.needs_second_step and role.held_by(user) for role in _roles.values())


STAFF = register(Role("staff", _("medewerker"), lambda user: user.is_staff or user.is_superuser, True))
