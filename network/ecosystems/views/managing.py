"""For managers: the overview, details, house rules, working groups, closing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.ecosystems import rules, services, shapes
from network.ecosystems.forms import DetailsForm, HouseRulesForm
from network.ecosystems.models import (
    CompanyMembership,
    Ecosystem,
    EcosystemInvitation,
    JoinRequest,
    Participation,
)
from network.ecosystems.views.members import by_name
from network.ecosystems.views.pages import (
    FORM_METHODS,
    breadcrumb,
    for_members_of_the_portal,
    form_page,
    go,
    managed_ecosystem,
    person,
    posted,
    to_home,
    to_manage,
)
from portal.http.forms import show_again_with

MOST_PEOPLE = 500  # on one page; the file has them all


@require_safe
@for_members_of_the_portal
def ecosystem_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that a manager looks after, at a glance."""
    ecosystem = managed_ecosystem(request, slug)
    requests = JoinRequest.objects.open().filter(ecosystem=ecosystem).select_related("user", "organisation")
    invitations = EcosystemInvitation.objects.unanswered().filter(ecosystem=ecosystem)
    active = Participation.objects.active(timezone.localdate()).filter(ecosystem=ecosystem)
    people = list(by_name(active).select_related("ecosystem", "user", "company__organisation")[:MOST_PEOPLE])
    quiet = _quiet(people)
    context = {
        "ecosystem": ecosystem,
        "tasks": shapes.tasks(ecosystem, list(requests)),
        "invitations": [(each, each.is_open(timezone.now())) for each in invitations],
        "people": [shapes.member_item(row, quiet=quiet) for row in people],
        "without_rules": sum(rules.must_accept_rules(row) for row in people),
        "quiet": len(quiet),
        "companies": _companies(ecosystem, active),
        "details": shapes.facts(ecosystem),
        "groups": [shapes.card(each) for each in _groups(ecosystem)],
        "breadcrumb": breadcrumb(*to_home(ecosystem)),
        "robots": "noindex",
    }
    return render(request, "ecosystems/manage.html", context)


def _quiet(people: list[Participation]) -> set[int]:
    """Who hasn't signed in for long, and didn't just come in."""
    since = timezone.now() - timedelta(days=rules.QUIET_DAYS)
    return {
        row.user_id
        for row in people
        if row.started_at < since and (row.user.last_login is None or row.user.last_login < since)
    }


def _companies(ecosystem: Ecosystem, active: Any) -> list[Any]:
    people = Q(participations__in=active.order_by().values("pk"))
    rows = CompanyMembership.objects.current().filter(ecosystem=ecosystem)
    rows = rows.select_related("organisation", "ecosystem").order_by("organisation__name_key", "pk")
    return [
        shapes.company_item(row, row.people)
        for row in rows.annotate(people=Count("participations", filter=people))
    ]


def _groups(ecosystem: Ecosystem) -> Any:
    """All of them: who manages the parent manages the group."""
    return Ecosystem.objects.filter(parent=ecosystem).select_related("parent", "organisation")


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def ecosystem_details(request: HttpRequest, slug: str) -> HttpResponse:
    ecosystem = managed_ecosystem(request, slug)
    now = services.Details.of(ecosystem)
    initial = {name: getattr(now, name) for name in DetailsForm.base_fields if name != "stand"}
    form = DetailsForm(
        posted(request), is_group=ecosystem.is_group, initial={**initial, "stand": now.digest()}
    )
    extra: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            known = form.cleaned_data["stand"]
            services.change_details(ecosystem, details=form.details(), by=person(request), known=known)
        except services.NotAllowed:
            raise
        except services.ChangedMeanwhile as changed:
            # What was typed stays; what somebody else saved stands above it. Saving again overwrites knowingly.
            form.add_error(None, str(changed))
            show_again_with(form, stand=services.Details.of(changed.ecosystem).digest())
            extra = {
                "stored": shapes.facts(changed.ecosystem),
                "stored_text": shapes.as_html(changed.ecosystem.about),
            }
        except services.Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Bewaard."))
            return go("manage", slug)
    return form_page(
        request, form, heading=_("Gegevens"), button=_("Bewaar"), trail=to_manage(ecosystem), **extra
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def ecosystem_house_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Write them, look at them, save them: then everybody is asked again."""
    ecosystem = managed_ecosystem(request, slug)
    initial = {"text": ecosystem.house_rules, "version": ecosystem.rules_version}
    form = HouseRulesForm(posted(request), initial=initial)
    extra: dict[str, Any] = {"previews": True}
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if request.POST.get("actie") == "voorbeeld":
            extra["preview"] = shapes.as_html(text)
        else:
            known = form.cleaned_data["version"]
            try:
                services.change_house_rules(ecosystem, text=text, by=person(request), known=known)
            except services.ChangedMeanwhile as changed:
                form.add_error(None, str(changed))
                show_again_with(form, version=changed.ecosystem.rules_version)
                extra["stored_text"] = shapes.as_html(changed.ecosystem.house_rules)
            else:
                messages.success(request, _("Bewaard. Wie meedoet, accepteert ze bij het volgende bezoek."))
                return go("manage", slug)
    return form_page(
        request,
        form,
        heading=_("Huisregels"),
        lead=_("Wie meedoet, accepteert ze. Wijzig je ze, dan vragen we het iedereen opnieuw."),
        button=_("Bewaar"),
        trail=to_manage(ecosystem),
        **extra,
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def group_found(request: HttpRequest, slug: str) -> HttpResponse:
    ecosystem = managed_ecosystem(request, slug)
    form = DetailsForm(posted(request), is_group=True)
    if request.method == "POST" and form.is_valid():
        details = form.details()
        try:
            group = services.found_ecosystem(
                organisation=ecosystem.organisation,
                parent=ecosystem,
                by=person(request),
                **{name: getattr(details, name) for name in services.Details.__dataclass_fields__},
            )
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("De werkgroep staat er. Nodig nu mensen uit."))
            return go("manage", group.slug)
    return form_page(
        request,
        form,
        heading=_("Maak een werkgroep"),
        lead=_("Meedoen kan alleen wie in %(name)s meedoet.") % {"name": ecosystem.name},
        button=_("Maak de werkgroep"),
        trail=to_manage(ecosystem),
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def ecosystem_close(request: HttpRequest, slug: str) -> HttpResponse:
    ecosystem = managed_ecosystem(request, slug)
    if request.method == "POST":
        services.close_ecosystem(ecosystem, by=person(request))
        messages.success(request, _("Gesloten. Er komt niemand meer bij."))
        return go("manage", slug)
    return form_page(
        request,
        Form(),
        heading=_("Sluit %(name)s") % {"name": ecosystem.name},
        lead=_("Er komt dan niemand meer bij. Wie meedoet, kan blijven lezen. Werkgroepen sluiten mee."),
        button=_("Sluit"),
        trail=to_manage(ecosystem),
    )
