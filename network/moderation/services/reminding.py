"""One mail a day to who has cases before them, and none where there is nothing."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from network.moderation.audiences_managed import managers_of
from network.moderation.letters import address_of, send_letter
from network.moderation.models import ModerationCase, Objection
from network.moderation.moderators import portal_moderators
from portal.accounts.models import User


def remind(at: datetime) -> int:
    """Everybody reads numbers of what they themselves may see; how many mails. A second time on a day sends nothing."""
    sent = 0
    for user in _who_decides():
        cases = ModerationCase.objects.open().visible_to(user)
        objections = Objection.objects.open().visible_to(user).exclude(by=user)
        facts = {
            "open": cases.count(),
            "overdue": cases.overdue(at).count(),
            "objections": objections.count(),
        }
        if facts["open"] or facts["objections"]:
            key = f"{user.pk}:{timezone.localdate(at).isoformat()}"
            send_letter("reminder", to=user.email, key=key, url=address_of("queue"), **facts)
            sent += 1
    return sent


def _who_decides() -> list[User]:
    terms = ModerationCase.objects.open().exclude(audience="").order_by().values_list("audience", flat=True)
    managers = {pk for term in set(terms.distinct()) for pk in managers_of(term)}
    people = {user.pk: user for user in portal_moderators()}
    people |= {user.pk: user for user in User.objects.filter(pk__in=managers, is_active=True)}
    return list(people.values())
