"""What one agrees to when making an account; rooms above offer theirs in an `agreements.py`, found like `admin.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Agreement:
    """A box to tick at the door, also for who comes by their company or with an invitation.

    `accept` writes it down, in the transaction that makes the account. `withdraw` takes it back: somebody else had ticked
    it, with an address that wasn't theirs.
    """

    name: str
    field: Callable[[], forms.Field]
    accept: Callable[[User], None]
    withdraw: Callable[[User], None]


_agreements: list[Agreement] = []


def register(agreement: Agreement) -> Agreement:
    _agreements.append(agreement)
    return agreement


def fields() -> dict[str, forms.Field]:
    return {agreement.name: agreement.field() for agreement in _agreements}


def accept_all(user: User) -> None:
    for agreement in _agreements:
        agreement.accept(user)


def withdraw_all(user: User) -> None:
    for agreement in _agreements:
        agreement.withdraw(user)
