"""Organisations for everybody: the list, and the page of one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portal.design.components.finding import page_numbers
from portal.design.shapes import PersonView
from portal.http.page_numbers import page_number
from portal.organisations import rules, shapes
from portal.organisations.faces import NO_FACE, faces_of
from portal.organisations.forms import FilterForm
from portal.organisations.models import Establishment, JoinRequest, Membership, Organisation
from portal.organisations.querysets import OrganisationQuerySet, is_person, sees_all
from portal.organisations.sections import sections_for
from portal.organisations.services import membership_of, suggested_organisations
from portal.organisations.views.pages import breadcrumb

PAGE_SIZE = 25
MOST_PEOPLE = 50


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Those that this reader may see, narrowed by name, kind, sector and region."""
    form = FilterForm(request.GET)
    chosen = form.chosen()
    paginator = Paginator(_narrowed(Organisation.objects.visible_to(request.user), chosen), PAGE_SIZE)
    page = paginator.page(page_number(request, paginator.num_pages))
    kept = {name: getattr(value, "code", value) for name, value in chosen.items()}

    def url_for(number: int) -> str:
        wanted = {**kept, **({"pagina": number} if number > 1 else {})}
        return f"{request.path}?{urlencode(wanted)}" if wanted else request.path

    user: Any = request.user
    own = list(Organisation.objects.of(user).order_by("name_key"))
    suggested = suggested_organisations(user) if is_person(user) else []
    context = {
        "form": form,
        "chosen": len(chosen),
        "total": paginator.count,
        "cards": [shapes.card(organisation) for organisation in page],
        "own": [(each.name, each.get_absolute_url()) for each in own],
        "suggested": [(each.name, reverse("organisations:ask", args=[each.slug])) for each in suggested],
        "pages": page_numbers(page.number, paginator.num_pages, url_for) if paginator.num_pages > 1 else None,
        "breadcrumb": breadcrumb()[:1],
    }
    return render(request, "organisations/list.html", context)


def _narrowed(rows: OrganisationQuerySet, chosen: dict[str, Any]) -> OrganisationQuerySet:
    if "q" in chosen:
        rows = rows.with_name_like(chosen["q"])
    if "soort" in chosen:
        rows = rows.filter(kind=chosen["soort"])
    if "sector" in chosen:
        rows = rows.in_sector(chosen["sector"])
    if "regio" in chosen:
        rows = rows.in_region(chosen["regio"])
    return rows.select_related("sector", "region").order_by("name_key", "pk")


@require_safe
def organisation_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Who it is, its cases, and who of its people want to be seen. One that went into another leads there."""
    rows = Organisation.objects.visible_to(request.user).select_related("sector", "size_class", "region")
    organisation = rows.filter(slug=slug).first()
    if organisation is None:
        return _successor(request, slug)
    user: Any = request.user
    membership = membership_of(user, organisation)
    people = Membership.objects.visible_to(request.user).filter(organisation=organisation)
    if not rules.can_see_members(membership):
        people = people.filter(is_listed=True)
    context = {
        "organisation": organisation,
        "membership": membership,
        "facts": _facts(request, organisation),
        "people": _people(list(people.select_related("user").by_rank()[:MOST_PEOPLE]), user),
        "sections": sections_for(organisation, request.user),
        "tasks": _tasks(organisation, membership),
        "may_manage": rules.can_edit_organisation(membership),
        "breadcrumb": breadcrumb(),
        "is_hidden": membership is not None and _is_hidden(organisation),
    }
    return render(request, "organisations/page.html", context)


def _people(memberships: list[Membership], reader: Any) -> list[PersonView]:
    faces = faces_of([each.user_id for each in memberships], reader)
    return [shapes.person(each, faces.get(each.user_id, NO_FACE)) for each in memberships]


def _is_hidden(organisation: Organisation) -> bool:
    if organisation.verified_at is not None:
        return False
    return not Organisation.objects.public().filter(pk=organisation.pk).exists()


def _facts(request: HttpRequest, organisation: Organisation) -> Any:
    establishments = list(Establishment.objects.filter(organisation=organisation))
    around = Organisation.objects.visible_to(request.user)
    related = around.filter(Q(pk=organisation.parent_id) | Q(parent=organisation)).order_by("name_key")
    return shapes.facts(organisation, establishments, list(related))


def _tasks(organisation: Organisation, membership: Membership | None) -> Any:
    if rules.can_decide_requests(membership):
        open_ones = JoinRequest.objects.filter(organisation=organisation).open().select_related("user")
        return shapes.manager_tasks(organisation, list(open_ones))
    return shapes.edit_tasks(organisation) if rules.can_edit_organisation(membership) else []


def _successor(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Where a merged one was in sight, or the reader belongs to what it went into."""
    gone = Organisation.objects.merged().filter(slug=slug).select_related("merged_into").first()
    if gone is None or gone.merged_into is None:
        raise Http404
    goal = gone.merged_into
    if not Organisation.objects.visible_to(request.user).filter(pk=goal.pk).exists():
        raise Http404
    if not (gone.is_trusted or sees_all(request.user) or membership_of(request.user, goal)):  # type: ignore[arg-type]
        raise Http404
    return HttpResponsePermanentRedirect(goal.get_absolute_url())
