"""One event, and who comes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.conversations.models import Conversation
from network.conversations.views.pages import breadcrumb, for_members_of_the_portal
from network.ecosystems.views.pages import page_number
from network.events import rules
from network.events.clock import local
from network.events.models import Event, EventNotice, Registration, Removal
from network.events.shapes import as_html, badge_of, day_text, facts_of, hours_text, people_views, place_text
from network.events.structured_data import event_data
from network.events.views.pages import rules_before, seen_event, to_event, to_list
from portal.design.components.finding import page_numbers

PEOPLE_A_PAGE = 50
MOST_NOTICES = 10
State = Registration.State


@never_cache
@require_safe
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    event = seen_event(request, pk)
    if (first := rules_before(request, event)) is not None:
        return first
    at, reader = timezone.now(), request.user
    mine = Registration.objects.filter(user=reader, event=event).first() if reader.is_authenticated else None
    may_manage = rules.can_manage(reader, event)
    is_in = rules.takes_part(mine)
    state = mine.state if mine is not None else ""
    badge, badge_kind = badge_of(event, state)
    is_involved = state in Registration.IN
    removal = _removal(mine)
    may_register = rules.takes_registrations(event, at) and not is_involved and removal is None
    context = {
        "event": event,
        "mine": mine,
        "badge": badge,
        "badge_kind": badge_kind,
        "day": day_text(event.starts_at),
        "hours": hours_text(event),
        "place": place_text(event),
        "text": as_html(event.text),
        # When it is stands above already.
        "facts": facts_of(
            event, is_in=is_in or may_manage, themes=event.themes.all(), sectors=event.sectors.all()
        )[1:],
        "is_in": is_in,
        "is_waiting": state == State.WAITING,
        "before_me": _before(mine) if mine is not None and state == State.WAITING else 0,
        "offer_until": local(mine.offer_until) if mine is not None and mine.offer_until is not None else None,
        "may_accept": rules.can_accept(mine, event, at),
        "may_register": may_register,
        "removal": removal,
        "may_withdraw": rules.can_withdraw(mine, event, at),
        "asks": event.questions.exists() if may_register else False,
        "is_full": event.free is not None and event.free <= 0,
        "is_over": rules.is_over(event, at),
        "notices": _notices(event, "" if may_manage else state) if is_involved or may_manage else [],
        "materials": event.materials.select_related("file") if is_in or may_manage else [],
        "may_manage": may_manage,
        "may_publish": may_manage and rules.can_publish(event, at),
        "may_talk": rules.can_talk(event, at),
        "talk": _talk(event, reader) if rules.can_talk(event, at) else None,
        "structured_data": event_data(event),
        "breadcrumb": breadcrumb(*to_list(event)),
        "robots": "noindex" if event.is_private or event.state == Event.State.DRAFT else "",
    }
    return render(request, "events/event.html", context)


def _removal(mine: Registration | None) -> Removal | None:
    """Only who isn't on the list any more can have been taken off it."""
    if mine is None or mine.state != State.CANCELLED:
        return None
    return mine.removals.filter(ended_at=None).first()


def _before(mine: Registration) -> int:
    """How many wait longer than this person."""
    return (
        Registration.objects.filter(event=mine.event_id)
        .waiting()
        .filter(queued_at__lt=mine.queued_at)
        .count()
    )


def _notices(event: Event, state: str) -> list[dict[str, Any]]:
    """What went to people in this state; of who organises it (empty) all."""
    found = event.notices.all()
    if state:
        groups = EventNotice.Group
        found = found.filter(
            group__in=[groups.ALL, groups.COMING if state == State.REGISTERED else groups.WAITING]
        )
    rows: list[EventNotice] = list(found[:MOST_NOTICES])
    words = {
        EventNotice.Kind.CHANGED: "",
        EventNotice.Kind.MATERIAL: _("Nieuw materiaal: "),
        EventNotice.Kind.MESSAGE: "",
    }
    return [
        {
            "pk": each.pk,
            "title": f"{words[EventNotice.Kind(each.kind)]}{each.subject}",
            "at": local(each.at),
            "text": as_html(each.text) if each.text else "",
        }
        for each in rows
    ]


def _talk(event: Event, reader: Any) -> Any:
    if event.conversation_id is None:
        return None
    rows = Conversation.objects.visible_to(reader).with_post_count()
    return rows.filter(pk=event.conversation_id).first()


@require_safe
@for_members_of_the_portal
def participant_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes, for who does so too and who organises it."""
    event = seen_event(request, pk)
    if (first := rules_before(request, event)) is not None:
        return first
    mine = Registration.objects.filter(user=request.user, event=event).first()  # type: ignore[misc]
    if not (rules.takes_part(mine) or rules.can_manage(request.user, event)):
        raise Http404
    rows = Registration.objects.visible_to(request.user).filter(event=event, state=State.REGISTERED)
    paginator = Paginator(rows.holding(timezone.localdate()).order_by("user__name", "pk"), PEOPLE_A_PAGE)
    number = page_number(request, paginator)
    context = {
        "event": event,
        "total": paginator.count,
        "people": people_views(list(paginator.page(number)), request.user),
        "pages": page_numbers(number, paginator.num_pages, lambda page: f"{request.path}?pagina={page}")
        if paginator.num_pages > 1
        else None,
        "breadcrumb": breadcrumb(*to_event(event)),
        "robots": "noindex",
    }
    return render(request, "events/participants.html", context)
