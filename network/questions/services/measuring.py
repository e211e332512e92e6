"""Counting what was shown and opened while somebody asked. Of nobody: a number a day and nothing else."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from network.questions.models import AskingDay

KEPT = datetime.timedelta(days=396)  # thirteen months


def note_shown() -> None:
    _add(shown=1)


def note_opened() -> None:
    _add(opened=1)


def note_asked(*, was_shown: bool, was_opened: bool) -> None:
    _add(asked=1, asked_after_shown=int(was_shown), asked_after_opening=int(was_opened))


def forget_old_days(at: datetime.datetime) -> int:
    number: int = AskingDay.objects.filter(day__lt=timezone.localdate(at) - KEPT).delete()[0]
    return number


@transaction.atomic
def _add(**numbers: int) -> None:
    today = timezone.localdate()
    AskingDay.objects.get_or_create(day=today)
    AskingDay.objects.filter(day=today).update(
        **{name: F(name) + number for name, number in numbers.items() if number}
    )
