"""Files at addresses that are agreed on: robots.txt, security.txt, sitemap, feeds and share images."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from portal.sharing import images
from portal.sharing.feeds import case_feed_of
from portal.sharing.querysets import public_pages
from portal.sharing.sitemaps import SITEMAPS
from portal.sharing.term_feeds import all_feeds, find_term, term_feed_of
from portal.taxonomy.models import Theme

# Changes with each visit, belongs to one visitor, or is for the staff.
NOT_FOR_ROBOTS = ("/beheer/", "/zoeken/", "/mijn-bedrijf/", "/bewaard/", "/healthz", "/readyz", "/metrics")
SECURITY_TERM = timedelta(days=180)


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {settings.BASE_URL}{reverse('sharing:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The term moves along, since the contact comes from settings that are in force now."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    day = (timezone.now() + SECURITY_TERM).date()
    expires = datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}{reverse('sharing:security')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=900)
def site_map(request: HttpRequest) -> HttpResponseBase:
    return sitemap(request, sitemaps=SITEMAPS)


@require_safe
@cache_control(public=True, max_age=900)
def case_feed(request: HttpRequest, theme: str = "") -> HttpResponse:
    found = get_object_or_404(Theme, slug=theme) if theme else None
    return HttpResponse(case_feed_of(found), content_type="application/atom+xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=900)
def term_feed(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """All kinds of things about a theme or for a sector. Who has the newest already is told so without a body."""
    term = find_term(kind, slug)
    if term is None:
        raise Http404
    made = term_feed_of(term)
    if made is None:
        sentence = _("De zoekmachine is even niet bereikbaar. Probeer het over een paar minuten opnieuw.")
        response = HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=503)
        response["Retry-After"] = "300"
        return response
    etag = quote_etag(hashlib.sha256(made.xml.encode()).hexdigest()[:32])
    changed = int(made.newest.timestamp()) if made.newest is not None else None
    response = HttpResponse(made.xml, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    answered = get_conditional_response(request, etag=etag, last_modified=changed, response=response)
    assert isinstance(answered, HttpResponse)  # noqa: S101 - the response, or a 304 or 412 in its place
    return answered


@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """The ways to hear what is new: newsletter, saved searches, feeds."""
    themes, sectors = all_feeds()
    return render(request, "sharing/following.html", {"themes": themes, "sectors": sectors})


def _image_etag(request: HttpRequest, pk: int) -> str | None:
    path = images.path_of(pk)
    return f'"{path.stat().st_mtime_ns}"' if path.exists() else None


@require_safe
def share_image(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A page's image, as long as everybody may read the page: a title is content too."""
    if not images.url_of(pk) or not public_pages().filter(pk=pk).exists():
        raise Http404
    return _image_file(request, pk)


@condition(etag_func=_image_etag)
@cache_control(public=True, max_age=86400)
def _image_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    response = FileResponse(images.path_of(pk).open("rb"), content_type="image/png")
    # Shown within other sites; that is what it is for.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
