"""Who looked into what isn't theirs; and an administrator's look at what nobody reported."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.moderation import rules, services, shapes
from network.moderation.forms import ReasonForm
from network.moderation.models import Access
from network.moderation.reportables import audience_of, find
from network.moderation.views.pages import (
    FORM_METHODS,
    breadcrumb,
    for_members_of_the_portal,
    for_moderators,
    form_page,
    go,
    page_number,
    person,
    posted,
    to_queue,
)
from portal.design.components.finding import page_numbers
from portal.design.shapes import TableView

PAGE_SIZE = 50


@require_safe
@for_moderators
def access_list(request: HttpRequest) -> HttpResponse:
    rows = Access.objects.visible_to(request.user).select_related("by")
    paginator = Paginator(rows, PAGE_SIZE)
    number = page_number(request, paginator)
    table = TableView(
        caption=_("Nieuwste eerst"),
        columns=[_("Wanneer"), _("Wie"), _("Wat"), _("Waarom")],
        rows=[shapes.access_row(row) for row in paginator.page(number)],
    )
    context = {
        "table": table if paginator.count else None,
        "pages": page_numbers(number, paginator.num_pages, lambda page: f"?pagina={page}")
        if paginator.num_pages > 1
        else None,
        "breadcrumb": breadcrumb(to_queue()),
        "robots": "noindex",
    }
    return render(request, "moderation/access.html", context)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def thing_open(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """For administrators: say why, then read. Nothing of the thing stands on the page before that."""
    user = person(request)
    item = services.any_item(code, pk) if user.is_superuser else None
    if item is None:
        raise Http404
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.open_unreported(code, pk, by=user, reason=form.cleaned_data["reason"], at=timezone.now())
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error("reason", str(refused))
        else:
            return go("look", code, pk)
    if rules.must_open_first(user, code, pk, audience_of(item)):
        return form_page(
            request,
            form,
            heading=_("Waarom open je dit?"),
            lead=_("Het staat in een besloten ecosysteem. Wat je opschrijft, blijft bewaard."),
            button=_("Open wat er staat"),
            trail=[to_queue()],
        )
    context = {
        "item": item,
        "kind": find(code).label,
        "breadcrumb": breadcrumb(to_queue()),
        "robots": "noindex",
    }
    return render(request, "moderation/thing.html", context)
