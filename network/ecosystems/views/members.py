"""Who takes part, for who does so too; and the list as a file, for managers."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.ecosystems import rules, shapes
from network.ecosystems.models import CompanyMembership, Participation
from network.ecosystems.querysets import CompanyMembershipQuerySet, ParticipationQuerySet
from network.ecosystems.views.pages import (
    breadcrumb,
    for_members_of_the_portal,
    managed_ecosystem,
    own_ecosystem,
    page_number,
    rules_first,
    to_home,
)
from portal.design.components.finding import page_numbers
from portal.organisations.models import Organisation
from portal.people.shapes import faces_at_hand
from portal.text import cell_text

PAGE_SIZE = 50


def companies_shown(request: HttpRequest, rows: CompanyMembershipQuerySet, *, is_inside: bool) -> list[Any]:
    """By name. Who is inside reads the names of all that belong; others those that they may see anyhow."""
    visible = set(
        Organisation.objects.visible_to(request.user)
        .filter(pk__in=rows.order_by().values("organisation"))
        .order_by()
        .values_list("pk", flat=True)
    )
    ordered = rows.select_related("organisation__sector", "organisation__region")
    ordered = ordered.order_by("organisation__name_key", "pk")
    if not is_inside:
        ordered = ordered.filter(organisation__in=visible)
    return [shapes.company(row, is_shown=row.organisation_id in visible) for row in ordered]


def by_name(rows: ParticipationQuerySet) -> ParticipationQuerySet:
    """With what a card of each shows."""
    return rows.select_related("user__profile__photo", "company__organisation").order_by("user__name", "pk")


@require_safe
@for_members_of_the_portal
def ecosystem_members(request: HttpRequest, slug: str) -> HttpResponse:
    """People and companies, for who is inside; addresses are for managers."""
    ecosystem = own_ecosystem(request, slug)
    first = rules_first(request, ecosystem)
    if first is not None:
        return first
    people = Participation.objects.active(timezone.localdate()).filter(ecosystem=ecosystem)
    paginator = Paginator(by_name(people), PAGE_SIZE)
    number = page_number(request, paginator)
    rows = list(paginator.page(number))
    shown = faces_at_hand([row.user for row in rows], request.user)
    companies = CompanyMembership.objects.current().filter(ecosystem=ecosystem)
    context = {
        "ecosystem": ecosystem,
        "people": [shapes.participant(row, shown.get(row.user_id)) for row in rows],
        "people_count": paginator.count,
        "pages": page_numbers(number, paginator.num_pages, lambda page: f"{request.path}?pagina={page}")
        if paginator.num_pages > 1
        else None,
        "companies": companies_shown(request, companies, is_inside=True),
        "may_manage": rules.can_manage(request.user, ecosystem),
        "breadcrumb": breadcrumb(*to_home(ecosystem)),
        "robots": "noindex",
    }
    return render(request, "ecosystems/members.html", context)


@require_safe
@for_members_of_the_portal
def member_export(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, as CSV; what somebody called themselves is never a formula."""
    ecosystem = managed_ecosystem(request, slug)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        ["naam", "e-mailadres", "bedrijf", "rol", "gast tot en met", "sinds", "huisregels geaccepteerd"]
    )
    rows = Participation.objects.active(timezone.localdate()).filter(ecosystem=ecosystem)
    for row in by_name(rows).select_related("ecosystem", "user", "company__organisation"):
        cells = [row.user.name, row.user.email]
        cells += [row.company.organisation.name if row.company else "", str(row.get_role_display())]
        cells += [row.guest_until.isoformat() if row.guest_until else ""]
        cells += [timezone.localdate(row.started_at).isoformat()]
        cells += [_("nee") if rules.must_accept_rules(row) else _("ja")]
        writer.writerow([cell_text(cell) for cell in cells])
    response = HttpResponse(out.getvalue().encode(), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="leden-{ecosystem.slug[:80]}.csv"'
    return response
