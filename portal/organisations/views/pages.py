"""What the views of this room share: whose organisation it is, the way back, and a page that is one form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.design.shapes import Link
from portal.organisations.models import Membership, Organisation
from portal.organisations.services import NotAllowed

View = Callable[..., HttpResponse]
Rule = Callable[[Membership], bool]


def for_members_of_the_portal(view: View) -> View:
    """Signed in, never kept by a cache, and what isn't allowed doesn't exist.

    Who isn't signed in is sent to the door whatever the address, so that it tells nothing, and a link in a mail works.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed:
            raise Http404 from None

    guarded_view: View = never_cache(login_required(guarded))
    return guarded_view


def own_membership(request: HttpRequest, slug: str, rule: Rule | None = None) -> Membership:
    """The reader's membership of the organisation at `slug`, in force and allowed by `rule`; else a 404."""
    rows = Membership.objects.filter(user=request.user, organisation__slug=slug)  # type: ignore[misc]
    rows = rows.filter(organisation__merged_into=None).current(timezone.localdate())
    found = rows.select_related(
        "user", "organisation__sector", "organisation__size_class", "organisation__region"
    ).first()
    if found is None or (rule is not None and not rule(found)):
        raise Http404
    return found


def breadcrumb(*links: Link) -> list[Link]:
    first = [
        Link(label=settings.SITE_NAME, url="/"),
        Link(label=_("Organisaties"), url=reverse("organisations:list")),
    ]
    return [*first, *links]


def to_page(organisation: Organisation) -> Link:
    return Link(label=organisation.name, url=organisation.get_absolute_url())


def to_manage(organisation: Organisation) -> Link:
    return Link(label=_("Beheer"), url=reverse("organisations:manage", args=[organisation.slug]))


def trail_of(organisation: Organisation) -> list[Link]:
    """From the list to a page below the management of one."""
    return [to_page(organisation), to_manage(organisation)]


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    heading: str,
    button: str,
    trail: list[Link],
    lead: str = "",
    note: str = "",
    **extra: Any,
) -> HttpResponse:
    """A page with one form; `note` stands above it when something needs to be said first."""
    context = {
        "title": heading,
        "form": form,
        "heading": heading,
        "lead": lead,
        "note": note,
        "button_label": button,
        "breadcrumb": breadcrumb(*trail),
        "back": trail[-1] if trail else breadcrumb()[-1],
        "has_errors": bool(form.errors),
        "robots": "noindex",
        **extra,
    }
    return render(request, "organisations/form.html", context)


def go(view: str, *arguments: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"organisations:{view}", args=arguments))
