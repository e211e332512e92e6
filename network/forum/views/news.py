"""The news of an ecosystem: read by who takes part, written by its managers."""

from __future__ import annotations

from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from network.conversations.views.pages import (
    FORM_METHODS,
    breadcrumb,
    for_members_of_the_portal,
    person,
)
from network.conversations.views.writing import Desk, write_at
from network.ecosystems.models import Ecosystem
from network.ecosystems.services import people_to_tell
from network.ecosystems.views.pages import LeftMeanwhile, managed_ecosystem, page_number, rules_first
from network.forum import rules, services
from network.forum.forms import NewsForm
from network.forum.models import ForumRoom
from network.forum.shapes import for_list, news_of, news_views
from network.forum.views.beginning import begin_at
from network.forum.views.places import to_ecosystem, to_rooms
from portal.accounts.models import User
from portal.design.components.finding import page_numbers

NEWS_A_PAGE = 10


def news_detail(request: HttpRequest, room: ForumRoom) -> HttpResponse:
    """The room for the news of an ecosystem, which the reader sees: the newest first."""
    rows = news_of(room.ecosystem, request.user)
    paginator = Paginator(rows, NEWS_A_PAGE)
    number = page_number(request, paginator)
    page = for_list(rows)[(number - 1) * NEWS_A_PAGE : number * NEWS_A_PAGE]

    def url_for(number: int) -> str:
        return f"{request.path}?pagina={number}" if number > 1 else request.path

    context = {
        "room": room,
        "news": news_views(list(page), request.user),
        "pages": page_numbers(number, paginator.num_pages, url_for) if paginator.num_pages > 1 else None,
        "may_write": rules.can_write_news(request.user, room.ecosystem),
        "breadcrumb": breadcrumb(*to_rooms(room)),
        "robots": "noindex",
    }
    return render(request, "forum/news.html", context)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def news_write(request: HttpRequest, slug: str) -> HttpResponse:
    """A manager writes an item, and sees before that how many people hear of it."""
    ecosystem = managed_ecosystem(request, slug)
    if (first := rules_first(request, ecosystem)) is not None:
        return first
    if not rules.can_write_news(request.user, ecosystem):
        _say_that_it_closed(request)
        raise Http404
    place = draft_place(ecosystem)
    desk = Desk(
        place=place,
        ecosystem=ecosystem,
        form=NewsForm,
        post=partial(
            begin_at,
            begin=partial(services.write_news, ecosystem),
            place=place,
            held=_(
                "Je nieuws staat klaar. Een moderator kijkt er binnen een dag naar. "
                "Daarna volgen de meldingen."
            ),
            done=_("Je nieuws staat er. Wie meedoet, krijgt een melding."),
        ),
        heading=_("Schrijf nieuws voor %(name)s") % {"name": ecosystem.name},
        lead=_who_hears(ecosystem, person(request)),
        button=_("Plaats je nieuws"),
        trail=[to_ecosystem(ecosystem)],
    )
    return write_at(desk, request)


def _say_that_it_closed(request: HttpRequest) -> None:
    """Who was writing keeps what they typed."""
    if request.method == "POST":
        raise LeftMeanwhile(
            _("Hier komt geen nieuws meer bij: het is gesloten. Wat je schreef, is niet geplaatst.")
        )


def _who_hears(ecosystem: Ecosystem, writer: User) -> str:
    number = people_to_tell(ecosystem.pk, but=writer.pk).count()
    reads = _("Alleen wie meedoet, leest dit.")
    if not number:
        return f"{reads} {_('Nu doet nog niemand anders mee, dus niemand krijgt een melding.')}"
    told = ngettext(
        "%(number)s persoon krijgt een melding.", "%(number)s mensen krijgen een melding.", number
    )
    return f"{reads} {told % {'number': number}}"


def draft_place(ecosystem: Ecosystem) -> str:
    """Of the ecosystem: its first item is written before there is a room."""
    return f"news:{ecosystem.pk}"
