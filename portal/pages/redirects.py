"""Old addresses lead to new ones, but never to a page that this person may not see: that would tell that it is there."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from portal.pages.querysets import visible_pages
from portal.pages.routing import deepest_page


class VisibleRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, where the page that they lead to may be seen; else the answer stays a 404."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        answer: HttpResponseBase = super().process_response(request, response)
        if answer is response or may_follow(request, answer.headers["Location"]):
            return answer
        return response


def may_follow(request: HttpRequest, location: str) -> bool:
    """Whether `location` lies elsewhere, or on or below a page that is visible to this person."""
    target = urlsplit(location)
    if target.netloc and target.netloc != request.get_host():
        return True
    page = deepest_page(request, target.path)
    return page is not None and visible_pages(request.user).filter(pk=page.pk).exists()
