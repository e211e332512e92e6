"""What managers decide about people and companies: inviting, requests, roles, removing."""

from __future__ import annotations

from django.contrib import messages
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from network.ecosystems import services
from network.ecosystems.forms import DecideForm, GuestForm, InviteForm, ReasonForm, RoleForm
from network.ecosystems.models import CompanyMembership, EcosystemInvitation, JoinRequest, Participation
from network.ecosystems.views.pages import (
    FORM_METHODS,
    for_members_of_the_portal,
    form_page,
    go,
    managed_ecosystem,
    person,
    posted,
    to_manage,
)
from portal.joining.shapes import invited_text
from portal.organisations.shapes import name_of


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def ecosystem_invite(request: HttpRequest, slug: str) -> HttpResponse:
    ecosystem = managed_ecosystem(request, slug)
    form = InviteForm(posted(request), ecosystem=ecosystem)
    if request.method == "POST" and form.is_valid():
        try:
            invited = services.invite_people(
                ecosystem,
                addresses=form.cleaned_data["addresses"].addresses,
                by=person(request),
                guest_until=form.cleaned_data.get("guest_until"),
            )
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, invited_text(invited, already=_("Doet al mee: %(who)s.")))
            return go("manage", slug)
    return form_page(
        request,
        form,
        heading=_("Nodig mensen uit"),
        lead=_("Ieder krijgt een mail met een eigen link. Die werkt veertien dagen."),
        button=_("Verstuur de uitnodigingen"),
        trail=to_manage(ecosystem),
    )


@require_POST
@for_members_of_the_portal
def invitation_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    ecosystem = managed_ecosystem(request, slug)
    found = get_object_or_404(EcosystemInvitation, pk=pk, ecosystem=ecosystem)
    services.withdraw_invitation(found, by=person(request))
    messages.success(request, _("De uitnodiging is ingetrokken."))
    return go("manage", slug)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def request_decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    ecosystem = managed_ecosystem(request, slug)
    rows = JoinRequest.objects.select_related("user", "organisation")
    asked = get_object_or_404(rows, pk=pk, ecosystem=ecosystem)
    form = DecideForm(posted(request))
    if request.method == "POST" and form.is_valid():
        is_accepted = form.cleaned_data["decision"] == JoinRequest.Outcome.ACCEPTED
        try:
            services.decide_join_request(
                asked, is_accepted=is_accepted, by=person(request), reason=form.cleaned_data["reason"]
            )
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            said = _("Toegelaten. De aanvrager krijgt een mail.")
            messages.success(request, said if is_accepted else _("Afgewezen. De aanvrager krijgt een mail."))
            return go("manage", slug)
    company = asked.organisation.name if asked.organisation else ""
    lead = f"{asked.user.email} · {company}" if company else asked.user.email
    return form_page(
        request,
        form,
        heading=_("%(name)s wil meedoen") % {"name": name_of(asked.user)},
        lead=lead,
        button=_("Bewaar je besluit"),
        trail=to_manage(ecosystem),
        asked=asked,
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def ecosystem_person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The role of one person, or the last day of a guest."""
    ecosystem = managed_ecosystem(request, slug)
    rows = Participation.objects.select_related("user", "company__organisation")
    row = get_object_or_404(rows, pk=pk, ecosystem=ecosystem)
    is_guest = row.guest_until is not None
    form: Form
    if is_guest:
        form = GuestForm(posted(request), initial={"guest_until": row.guest_until})
    else:
        form = RoleForm(posted(request), initial={"role": row.role})
    if request.method == "POST" and form.is_valid():
        try:
            if is_guest:
                services.set_guest_until(row, day=form.cleaned_data["guest_until"], by=person(request))
            else:
                services.set_role(row, role=form.cleaned_data["role"], by=person(request))
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Bewaard."))
            # Who takes the role from themselves doesn't manage any more.
            return go("home", slug) if row.user == person(request) else go("manage", slug)
    company = f" · {row.company.organisation.name}" if row.company else ""
    return form_page(
        request,
        form,
        heading=name_of(row.user),
        lead=f"{row.user.email}{company}",
        button=_("Bewaar"),
        trail=to_manage(ecosystem),
        participation=row,
        ecosystem=ecosystem,
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def person_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Removing twice is removing once."""
    ecosystem = managed_ecosystem(request, slug)
    row = get_object_or_404(Participation.objects.select_related("user"), pk=pk, ecosystem=ecosystem)
    form = ReasonForm(posted(request))
    name = name_of(row.user)
    if request.method == "POST" and form.is_valid():
        services.end_participation(row, by=person(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("%(name)s doet niet meer mee.") % {"name": name})
        return go("home", slug) if row.user == person(request) else go("manage", slug)
    return form_page(
        request,
        form,
        heading=_("Verwijder %(name)s") % {"name": name},
        lead=_("Deze persoon ziet dan niets meer van wat hier staat, ook niet in de werkgroepen."),
        button=_("Verwijder"),
        trail=to_manage(ecosystem),
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def company_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End what a company has here, and with it what its people have."""
    ecosystem = managed_ecosystem(request, slug)
    rows = CompanyMembership.objects.select_related("organisation", "ecosystem")
    row = get_object_or_404(rows, pk=pk, ecosystem=ecosystem)
    name = row.organisation.name
    if request.method == "POST":
        services.end_company(row, by=person(request))
        messages.success(request, _("%(name)s is geen lid meer.") % {"name": name})
        return go("manage", slug)
    people = Participation.objects.filter(company=row, ecosystem=ecosystem, ended_at=None).count()
    form: BaseForm = Form()
    return form_page(
        request,
        form,
        heading=_("Beëindig het lidmaatschap van %(name)s") % {"name": name},
        lead=ngettext(
            "%(number)s persoon doet dan niet meer mee.", "%(number)s mensen doen dan niet meer mee.", people
        )
        % {"number": people},
        button=_("Beëindig het lidmaatschap"),
        trail=to_manage(ecosystem),
    )
