"""What an organiser sets up and writes down: questions at registration, who was there, and talking about it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations.models import Conversation
from network.conversations.services import move_draft, post_reply, start_conversation
from network.conversations.services.posting import draft_place
from network.events import rules
from network.events.models import EVENT, Event, EventQuestion, Registration
from network.events.services.refusals import NotAllowed, Refused
from network.events.services.standing import locked_managed, locked_seen
from portal.accounts.models import User


@transaction.atomic
def add_question(
    event: Event, *, label: str, kind: str, options: str = "", is_required: bool = False, by: User
) -> EventQuestion:
    """Who registers from now on is asked it; the same words twice are one question. Raises NotAllowed, Refused."""
    row = locked_managed(event, by=by)
    label = " ".join(label.split())
    known = row.questions.filter(label=label).first()
    if known is not None:
        return known
    if row.questions.count() >= rules.MOST_QUESTIONS:
        raise Refused(
            _("Er zijn al %(most)s vragen. Haal er eerst een weg.") % {"most": rules.MOST_QUESTIONS}
        )
    lines = list(dict.fromkeys(line.strip() for line in options.splitlines() if line.strip()))
    if kind == EventQuestion.Kind.CHOICE and len(lines) < 2:
        raise Refused(_("Geef ten minste twee keuzes, elk op een eigen regel."))
    last = row.questions.aggregate(last=Max("number"))["last"] or 0
    return EventQuestion.objects.create(
        event=row,
        number=last + 1,
        kind=kind,
        label=label,
        options="\n".join(lines) if kind == EventQuestion.Kind.CHOICE else "",
        is_required=is_required,
    )


@transaction.atomic
def remove_question(event: Event, *, question: int, by: User) -> None:
    """What was answered to it goes too. Raises NotAllowed."""
    locked_managed(event, by=by).questions.filter(pk=question).delete()


@transaction.atomic
def note_attendance(
    event: Event,
    *,
    listed: Collection[int],
    present: Collection[int],
    by: User,
    at: datetime.datetime | None = None,
) -> int:
    """Of these registrations, who was there and who wasn't; the others stay as they are. Raises NotAllowed, Refused."""
    row = locked_managed(event, by=by)
    if row.state != Event.State.PLANNED or row.starts_at > (at or timezone.now()):
        raise Refused(_("De bijeenkomst is nog niet begonnen."))
    rows = Registration.objects.filter(event=row, pk__in=listed, state=Registration.State.REGISTERED)
    rows.exclude(pk__in=present).update(attended=False)
    return rows.filter(pk__in=present).update(attended=True)


@transaction.atomic
def begin_talk(
    event: Event,
    *,
    by: User,
    text: str,
    token: uuid.UUID,
    address: str = "",
    draft: str = "",
    at: datetime.datetime | None = None,
) -> Conversation:
    """The first word about it begins the conversation; who comes second at the same moment answers there.

    `draft`: the place of the draft that it was, whose pictures go along either way. Raises NotAllowed, Refused.
    """
    at = at or timezone.now()
    row = locked_seen(event, by=by)
    if not rules.can_talk(row, at):
        raise NotAllowed
    if row.conversation is not None and row.conversation.state == Conversation.State.VISIBLE:
        if draft:
            move_draft(by, place=draft, to=draft_place(row.conversation))
        post_reply(row.conversation, by=by, text=text, token=token, address=address, at=at)
        return row.conversation
    if row.conversation is not None and row.conversation.state == Conversation.State.HELD:
        raise Refused(_("Iemand schreef net het eerste bericht. Dat wacht nog op een moderator."))
    place = row.ecosystem if row.stays_inside else None
    conversation, _is_new = start_conversation(
        EVENT,
        by=by,
        ecosystem=place,
        title=row.title,
        text=text,
        token=token,
        address=address,
        draft=draft,
        at=at,
    )
    if conversation.kind != EVENT:
        raise NotAllowed
    row.conversation = conversation
    row.save(update_fields=["conversation"])
    return conversation
