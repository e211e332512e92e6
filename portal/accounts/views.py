"""Leaving the staff admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST
from wagtail.admin.views.account import LogoutView


@require_POST
def staff_logout(request: HttpRequest) -> HttpResponseBase:
    """Wagtail's own way out refuses a GET and ends the session all the same; an image on any page could do that."""
    return LogoutView.as_view()(request)  # type: ignore[no-any-return] # Wagtail is untyped
