"""`/opensearch.xml`, suggestions as browsers want them, and `/zoeken/feed/`."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.http.rate_limit import RateLimit
from search.facets import read_vocabulary
from search.following.feeds import feed_of
from search.question import Question
from search.results import Suggestion

LIMIT = RateLimit("zoekfeed", most=120)  # a minute; readers ask a few times a day
DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{name}</ShortName>
  <Description>{description}</Description>
  <Language>nl</Language>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="16" height="16" type="image/svg+xml">{icon}</Image>
  <Url type="text/html" template="{results}?q={{searchTerms}}"/>
  <Url type="application/x-suggestions+json" template="{suggestions}?vorm=opensearch&amp;q={{searchTerms}}"/>
  <Url type="application/atom+xml" template="{feed}?q={{searchTerms}}"/>
  <Url type="application/json" template="{api}?q={{searchTerms}}"/>
  <Url type="application/opensearchdescription+xml" rel="self" template="{own}"/>
</OpenSearchDescription>
"""


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """With which a browser offers to search here from its address bar."""
    addresses = {
        "results": "search:results",
        "suggestions": "search:suggestions",
        "feed": "search:feed",
        "api": "api:search",
        "own": "opensearch",
    }
    values = {name: settings.BASE_URL + reverse(address) for name, address in addresses.items()}
    values |= {
        "name": settings.SITE_NAME[:16],  # the specification allows no more
        "description": _("Zoek naar praktijkvoorbeelden van slimmer werken"),
        "icon": settings.BASE_URL + static("design/favicon.svg"),
    }
    body = DESCRIPTION.format(**{name: escape(value) for name, value in values.items()})
    response = HttpResponse(body, content_type="application/opensearchdescription+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def suggestion_list(text: str, found: Sequence[Suggestion]) -> HttpResponse:
    """Four lists, as browsers want them: what was typed, what may follow, what that is, and where it leads."""
    results = settings.BASE_URL + reverse("search:results")
    addresses = [
        settings.BASE_URL + line.url if line.url else Question(text=line.text).address(results)
        for line in found
    ]
    body = [text, [line.text for line in found], ["" for _line in found], addresses]
    return JsonResponse(body, safe=False, content_type="application/x-suggestions+json")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """`/zoeken/feed/?q=…`: what is new for a search, for everybody alike."""
    if seconds := LIMIT.wait(request):
        sentence = _("Je vroeg te vaak naar feeds. Probeer het over een minuut opnieuw.")
        response = HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=429)
        response["Retry-After"] = str(seconds)
        return response
    question = Question.from_data(request.GET, read_vocabulary())
    body = feed_of(question)
    if body is None:
        sentence = _("De zoekmachine is even niet bereikbaar. Probeer het over een paar minuten opnieuw.")
        response = HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=503)
        response["Retry-After"] = "300"
    else:
        response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response
