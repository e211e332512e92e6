"""New questions as an Atom feed: those for everybody, so that a feed reader needs no account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.conversations.models import Post
from network.conversations.shapes import body_of
from network.questions.models import Question
from portal.http.rate_limit import RateLimit
from portal.text import strip_markup

MOST = 20
SUMMARY = 300
LIMIT = RateLimit("vragenfeed", most=120)


@require_safe
def question_feed(request: HttpRequest) -> HttpResponse:
    """The newest twenty, of a theme or sector where one is named; the same for everybody."""
    if wait := LIMIT.wait(request):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    rows = Question.objects.visible_to(AnonymousUser()).shown()
    if theme := request.GET.get("thema", "")[:60].replace("\x00", ""):
        rows = rows.filter(theme__slug=theme)
    if sector := request.GET.get("sector", "")[:8].replace("\x00", ""):
        rows = rows.filter(sector__code=sector)
    found = list(
        rows.select_related("conversation", "theme").order_by("-conversation__created_at", "-pk")[:MOST]
    )
    openings = Post.objects.shown().filter(conversation__in=[row.pk for row in found], number=1)
    texts = {post.conversation_id: strip_markup(body_of(post.html, {})) for post in openings}
    feed = Atom1Feed(
        title=_("%(site)s: nieuwe vragen") % {"site": settings.SITE_NAME},
        link=settings.BASE_URL + reverse("questions:list"),
        description=_("Wat ondernemers elkaar vragen over slimmer werken."),
        language="nl",
        author_name=settings.SITE_NAME,
        feed_url=settings.BASE_URL + request.get_full_path(),
    )
    for row in found:
        url = settings.BASE_URL + row.conversation.get_absolute_url()
        feed.add_item(
            title=_clean(row.conversation.title),
            link=url,
            unique_id=url,
            description=escape(_clean(texts.get(row.pk, "")[:SUMMARY])),  # Atom's summary is HTML here
            pubdate=row.conversation.created_at,
            updateddate=row.conversation.last_post_at,
            categories=[_clean(row.theme.name)] if row.theme is not None else [],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _clean(text: str) -> str:
    """Without the control characters that XML can't hold."""
    return "".join(letter if letter >= " " and letter not in "\ufffe\uffff" else " " for letter in text)
