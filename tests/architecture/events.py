"""The events of the authorisation matrix: for everybody, and in ecosystems of others."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.utils import timezone

from network.conversations.services import set_post_state
from network.ecosystems.models import Ecosystem
from network.events.models import MATERIAL, Event, EventMaterial, EventQuestion, Registration
from network.events.services import Details, begin_talk, plan_event, publish_event, put_shown
from portal.accounts.models import User
from portal.media.services import keep_file
from tests.factories.media import pdf_bytes, upload


def name_events() -> dict[str, Any]:
    """One of the portal itself; of the ecosystem that a participant manages one in each state; and where they only take
    part one, with what is said about another that began."""
    host = User.objects.get(email="gastheer@portaal.example")
    staff = User.objects.create_user("agenda@portaal.example", is_staff=True)
    named = {"open_event": _plan("open", staff).pk}
    for name in ("eigen", "eigen_cancel", "eigen_draft", "eigen_drop", "stil", "stil_begun"):
        ecosystem = Ecosystem.objects.get(name=name.partition("_")[0])
        is_draft = name.endswith(("_draft", "_drop"))
        named[f"{name}_event"] = _plan(name, host, ecosystem, publish=not is_draft).pk
    own = Event.objects.get(pk=named["eigen_event"])
    named["event_question"] = EventQuestion.objects.create(event=own, number=1, label="Wat eet je?").pk
    named["event_material"] = EventMaterial.objects.create(
        event=own, title="Dia's", url="https://voorbeeld.example/"
    ).pk
    named["event_registration"] = Registration.objects.create(event=own, user=staff, state="cancelled").pk
    # Who manages the one gets its file; for the other nobody can register any more.
    for name in ("eigen", "stil_begun"):
        file = keep_file(upload(f"{name}.pdf", pdf_bytes(name)), owner=host, purpose=MATERIAL)
        EventMaterial.objects.create(event_id=named[f"{name}_event"], title="Verslag", file=file)
        named[f"{name}_event_file"] = str(file.uuid)
    begun = Event.objects.filter(pk=named["stil_begun_event"])
    begun.update(starts_at=timezone.now() - datetime.timedelta(hours=1))
    talk = begin_talk(begun.get(), by=host, text="Wat was dat leerzaam.", token=uuid.uuid4())
    set_post_state(talk.posts.get().pk, "visible")
    named["stil_talk"] = talk.pk
    return named


def _plan(name: str, by: User, ecosystem: Ecosystem | None = None, *, publish: bool = True) -> Event:
    begin = timezone.now() + datetime.timedelta(days=10)
    details = Details(
        title=f"Middag van {name}",
        kind="workshop",
        text=f"Kom kijken wat {name} ervan maakte.",
        audience="ecosystem" if ecosystem is not None else "public",
        starts_at=begin,
        ends_at=begin + datetime.timedelta(hours=2),
    )
    event = plan_event(ecosystem, details=details, by=by, token=uuid.uuid4())
    if publish:
        # A moderator let it through: its author is new.
        put_shown(publish_event(event, by=by).pk, "visible")
    return event
