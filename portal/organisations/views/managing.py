"""For who manages an organisation or keeps its details: one overview, and a form for each thing to change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.http.forms import show_again_with
from portal.organisations import rules, services, shapes
from portal.organisations.forms import (
    DetailsForm,
    DomainForm,
    EstablishmentForm,
)
from portal.organisations.models import (
    EmailDomain,
    Establishment,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
)
from portal.organisations.views.pages import (
    breadcrumb,
    for_members_of_the_portal,
    form_page,
    go,
    own_membership,
    to_page,
    trail_of,
)

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@for_members_of_the_portal
def organisation_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything at a glance; who keeps the details alone sees those."""
    membership = own_membership(request, slug, rules.can_edit_organisation)
    organisation = membership.organisation
    is_manager = rules.can_change_roles(membership)
    requests = JoinRequest.objects.filter(organisation=organisation).open().select_related("user")
    tasks = (
        shapes.manager_tasks(organisation, list(requests)) if is_manager else shapes.edit_tasks(organisation)
    )
    people = Membership.objects.filter(organisation=organisation).current(timezone.localdate())
    members = [
        shapes.member_item(organisation, each, is_manager=is_manager)
        for each in people.select_related("user").by_rank()
    ]
    context = {
        "organisation": organisation,
        "is_manager": is_manager,
        "tasks": tasks,
        "members": members,
        "details": shapes.own_facts(organisation),
        "establishments": [
            shapes.place_item(organisation, each)
            for each in Establishment.objects.filter(organisation=organisation).select_related("region")
        ],
        "breadcrumb": breadcrumb(to_page(organisation)),
        "robots": "noindex",
    }
    if is_manager:
        open_ones = Invitation.objects.filter(organisation=organisation).unanswered()
        context["invitations"] = [(each, each.is_open(timezone.now())) for each in open_ones]
        context["domains"] = list(EmailDomain.objects.filter(organisation=organisation))
    return render(request, "organisations/manage.html", context)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def organisation_details(request: HttpRequest, slug: str) -> HttpResponse:
    membership = own_membership(request, slug, rules.can_edit_organisation)
    organisation = membership.organisation
    locked = [] if rules.can_rename(membership, organisation) else ["name"]
    if not rules.can_fill_kvk_number(membership, organisation):
        locked.append("kvk_number")
    now = services.Details.of(organisation)
    initial = {name: getattr(now, name) for name in DetailsForm.base_fields if name != "stand"}
    form = DetailsForm(
        request.POST or None,
        organisation=organisation,
        locked=locked,
        initial={**initial, "stand": now.digest()},
    )
    note = _("Naam en KvK-nummer staan vast, want wij hebben ze gecontroleerd.") if locked else ""
    if request.method == "POST" and form.is_valid():
        try:
            services.change_details(
                organisation, details=form.details(), by=membership.user, known=form.cleaned_data["stand"]
            )
        except services.NameTaken as refused:
            form.add_error(None, str(refused))
        except services.ChangedMeanwhile as changed:
            form.add_error(None, str(changed))
            return _both_texts(request, form, changed.organisation, locked)
        else:
            messages.success(request, _("Bewaard."))
            return go("manage", slug)
    return _details_page(request, form, organisation, note=note)


def _both_texts(
    request: HttpRequest, form: DetailsForm, organisation: Organisation, locked: list[str]
) -> HttpResponse:
    """What was typed stays in the form; what somebody else saved stands above it. Saving again overwrites knowingly."""
    show_again_with(form, stand=services.Details.of(organisation).digest())
    return _details_page(request, form, organisation, stored=shapes.own_facts(organisation))


def _details_page(
    request: HttpRequest, form: DetailsForm, organisation: Organisation, **extra: Any
) -> HttpResponse:
    trail = trail_of(organisation)
    return form_page(
        request, form, heading=_("Gegevens van je organisatie"), button=_("Bewaar"), trail=trail, **extra
    )


# --- domains and places


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def domain_propose(request: HttpRequest, slug: str) -> HttpResponse:
    own = own_membership(request, slug, rules.can_propose_domains)
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_domain(own.organisation, domain=form.cleaned_data["domain"], by=own.user)
        except services.Refused as refused:
            form.add_error("domain", str(refused))
        else:
            messages.success(request, _("Het domein staat er. Het telt zodra wij het bevestigen."))
            return go("manage", slug)
    return form_page(
        request,
        form,
        heading=_("Voeg een e-maildomein toe"),
        lead=_(
            "Vraagt iemand met zo'n adres of die erbij mag, dan zie je dat het klopt. Jij blijft beslissen."
        ),
        button=_("Voeg toe"),
        trail=trail_of(own.organisation),
    )


@require_POST
@for_members_of_the_portal
def domain_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    own = own_membership(request, slug, rules.can_propose_domains)
    found = EmailDomain.objects.filter(pk=pk, organisation=own.organisation).first()
    if found is not None:
        services.remove_domain(found, by=own.user)
    messages.success(request, _("Het domein is weg."))
    return go("manage", slug)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def establishment_edit(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    own = own_membership(request, slug, rules.can_edit_organisation)
    rows = Establishment.objects.filter(organisation=own.organisation)
    row = get_object_or_404(rows, pk=pk) if pk is not None else None
    form = EstablishmentForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            if row is None:
                services.add_establishment(own.organisation, place=form.place(), by=own.user)
            else:
                services.change_establishment(row, place=form.place(), by=own.user)
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Bewaard."))
            return go("manage", slug)
    heading = _("Vestiging wijzigen") if row else _("Voeg een vestiging toe")
    return form_page(
        request,
        form,
        heading=heading,
        button=_("Bewaar"),
        trail=trail_of(own.organisation),
        establishment=row,
    )


@require_POST
@for_members_of_the_portal
def establishment_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    own = own_membership(request, slug, rules.can_edit_organisation)
    found = Establishment.objects.filter(pk=pk, organisation=own.organisation).first()
    if found is not None:
        services.remove_establishment(found, by=own.user)
    messages.success(request, _("De vestiging is weg."))
    return go("manage", slug)
