"""What is told on screen of invitations and requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, F, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.design.shapes import Task
from portal.joining.querysets import InvitationQuerySet, RequestQuerySet
from portal.joining.services import Invited

NEVER = Cast(Value(None), DateTimeField())  # PostgreSQL wants to know of what kind nothing is


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place that invites this person until `until`; or (then empty) where `number` people wait for their decision."""

    name: str
    slug: str
    number: int
    until: datetime | None


def waiting_for(
    user: User, *, invitations: InvitationQuerySet[Any], requests: RequestQuerySet[Any], place: str
) -> Iterator[Waiting]:
    """In one question. `requests`: those of others that this person may decide; `place`: the field that says where."""
    columns = (f"{place}__name", f"{place}__slug")
    invited = invitations.open(timezone.now()).filter(email__iexact=user.email).order_by()
    asked = requests.open().order_by().values(*columns).annotate(number=Count("pk"), until=NEVER)
    offered = invited.annotate(number=Value(0), until=F("expires_at"))
    rows = offered.values_list(*columns, "number", "until").union(
        asked.values_list(*columns, "number", "until"), all=True
    )
    return (Waiting(*row) for row in rows)


def invitation_task(label: str, until: datetime) -> Task:
    told = _("Klik op de link in de mail. De uitnodiging geldt tot %(day)s.")
    hint = told % {"day": date_format(timezone.localdate(until), "j F")}
    return Task(label=label, hint=hint, status=_("uitnodiging"), kind="wait")


def decision_task(label: str, url: str) -> Task:
    return Task(label=label, url=url, status=_("beslis"), kind="wait")


def invited_text(invited: Invited, *, already: str) -> str:
    """Who got a mail and who didn't; `already` holds %(who)s and says of who belongs to it that they do."""
    number = len(invited.sent)
    parts = [
        ngettext("%(number)s uitnodiging verstuurd.", "%(number)s uitnodigingen verstuurd.", number)
        % {"number": number}
    ]
    if invited.waiting:
        parts.append(_("Al uitgenodigd: %(who)s.") % {"who": ", ".join(invited.waiting)})
    if invited.members:
        parts.append(already % {"who": ", ".join(invited.members)})
    return " ".join(parts)
