"""For who manages an organisation or keeps its details: one overview, and a form for each thing to change."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.organisations import rules, services, shapes
from portal.organisations.forms import (
    DecideForm,
    DetailsForm,
    DomainForm,
    EstablishmentForm,
    HandOverForm,
    InviteForm,
    ReasonForm,
    RoleForm,
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
    to_manage,
    to_page,
)
from portal.text import cell_text

FORM_METHODS = ["GET", "HEAD", "POST"]


def _trail(organisation: Organisation) -> list[Any]:
    return [to_page(organisation), to_manage(organisation)]


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
        "establishments": list(Establishment.objects.filter(organisation=organisation)),
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
    form.data = {**form.data.dict(), "stand": services.Details.of(organisation).digest()}  # type: ignore[attr-defined]
    return _details_page(request, form, organisation, stored=shapes.own_facts(organisation))


def _details_page(
    request: HttpRequest, form: DetailsForm, organisation: Organisation, **extra: Any
) -> HttpResponse:
    trail = _trail(organisation)
    return form_page(
        request, form, heading=_("Gegevens van je organisatie"), button=_("Bewaar"), trail=trail, **extra
    )


# --- people


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def organisation_invite(request: HttpRequest, slug: str) -> HttpResponse:
    membership = own_membership(request, slug, rules.can_invite)
    organisation = membership.organisation
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invited = services.invite_people(
                organisation,
                addresses=form.cleaned_data["addresses"].addresses,
                by=membership.user,
                role=form.cleaned_data["role"],
                guest_until=form.cleaned_data["guest_until"],
            )
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _invited_text(invited))
            return go("manage", slug)
    return form_page(
        request,
        form,
        heading=_("Nodig collega's uit"),
        lead=_("Ieder krijgt een mail met een eigen link. Die werkt veertien dagen."),
        button=_("Verstuur de uitnodigingen"),
        trail=_trail(organisation),
    )


def _invited_text(invited: services.Invited) -> str:
    number = len(invited.sent)
    parts = [
        ngettext("%(number)s uitnodiging verstuurd.", "%(number)s uitnodigingen verstuurd.", number)
        % {"number": number}
    ]
    if invited.waiting:
        parts.append(_("Al uitgenodigd: %(who)s.") % {"who": ", ".join(invited.waiting)})
    if invited.members:
        parts.append(_("Hoort er al bij: %(who)s.") % {"who": ", ".join(invited.members)})
    return " ".join(parts)


@require_POST
@for_members_of_the_portal
def invitation_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership = own_membership(request, slug, rules.can_invite)
    found = get_object_or_404(Invitation, pk=pk, organisation=membership.organisation)
    services.withdraw_invitation(found, by=membership.user)
    messages.success(request, _("De uitnodiging is ingetrokken."))
    return go("manage", slug)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def organisation_person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Role and end date of one person, and whether questions go to them."""
    own = own_membership(request, slug, rules.can_change_roles)
    row = get_object_or_404(Membership.objects.select_related("user"), pk=pk, organisation=own.organisation)
    form = RoleForm(
        request.POST if request.POST.get("actie") is None else None,
        initial={"role": row.role, "ends_on": row.ends_on},
    )
    try:
        if request.method == "POST" and "actie" in request.POST:
            services.set_contact(row, is_contact=request.POST["actie"] == "contact", by=own.user)
            messages.success(request, _("Bewaard."))
            return go("person", slug, pk)
        if request.method == "POST" and form.is_valid():
            role, ends_on = form.cleaned_data["role"], form.cleaned_data["ends_on"]
            services.change_role(row, role=role, ends_on=ends_on, by=own.user)
            messages.success(request, _("Bewaard."))
            return go("manage", slug)
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        form.add_error(None, str(refused))
    return form_page(
        request,
        form,
        heading=shapes.name_of(row.user),
        lead=row.user.email,
        button=_("Bewaar"),
        trail=_trail(own.organisation),
        person=row,
        is_self=row.user_id == own.user_id,
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def person_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    own = own_membership(request, slug, rules.can_change_roles)
    row = Membership.objects.filter(pk=pk, organisation=own.organisation).select_related("user").first()
    if row is None and request.method == "POST":
        return go("manage", slug)  # the same form again
    row = row or get_object_or_404(Membership, pk=pk, organisation=own.organisation)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.remove_member(row, by=own.user, reason=form.cleaned_data["reason"])
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("%(name)s hoort er niet meer bij.") % {"name": shapes.name_of(row.user)}
            )
            return go("manage", slug)
    return form_page(
        request,
        form,
        heading=_("Verwijder %(name)s") % {"name": shapes.name_of(row.user)},
        lead=_("Wat deze persoon in jullie naam deed, blijft staan."),
        button=_("Verwijder"),
        trail=_trail(own.organisation),
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def organisation_hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody else manages from now on. Who isn't a manager any more sent this form twice."""
    rule = None if request.method == "POST" else rules.can_change_roles
    own = own_membership(request, slug, rule)
    others = Membership.objects.filter(organisation=own.organisation, user__is_active=True)
    heirs = (
        others.current(timezone.localdate()).exclude(pk=own.pk).select_related("user").order_by("user__name")
    )
    form = HandOverForm(request.POST or None, heirs=heirs)
    if request.method == "POST" and form.is_valid():
        stays = form.cleaned_data["stays"] == "yes"
        try:
            services.hand_over(own.organisation, to=form.cleaned_data["to"], by=own.user, stays=stays)
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Het beheer is overgedragen."))
            return go("page", slug) if stays else go("list")
    own_membership(request, slug, rules.can_change_roles)
    return form_page(
        request,
        form,
        heading=_("Draag het beheer over"),
        lead=_("De ander krijgt alles wat jij nu mag. Staat je opvolger er niet bij? Nodig die eerst uit."),
        button=_("Draag over"),
        trail=_trail(own.organisation),
    )


@require_safe
@for_members_of_the_portal
def member_export(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs to it, as CSV; what somebody called themselves is never a formula."""
    own = own_membership(request, slug, rules.can_export_members)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        ["naam", "e-mailadres", "rol", "contactpersoon", "zichtbaar voor iedereen", "sinds", "tot en met"]
    )
    rows = Membership.objects.filter(organisation=own.organisation).current(timezone.localdate())
    for row in rows.select_related("user").by_rank():
        since = timezone.localdate(row.started_at).isoformat()
        cells = [row.user.name, row.user.email, str(row.get_role_display())]
        cells += [_("ja") if row.is_contact else _("nee"), _("ja") if row.is_listed else _("nee"), since]
        cells.append(row.ends_on.isoformat() if row.ends_on else "")
        writer.writerow([cell_text(cell) for cell in cells])
    response = HttpResponse(out.getvalue().encode(), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="leden-{own.organisation.slug[:80]}.csv"'
    return response


# --- requests, domains, places


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def request_decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    own = own_membership(request, slug, rules.can_decide_requests)
    asked = get_object_or_404(
        JoinRequest.objects.select_related("user"), pk=pk, organisation=own.organisation
    )
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_accepted = form.cleaned_data["decision"] == JoinRequest.Outcome.ACCEPTED
        try:
            services.decide_join_request(
                asked, is_accepted=is_accepted, by=own.user, reason=form.cleaned_data["reason"]
            )
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            said = _("Toegelaten. De aanvrager krijgt een mail.")
            messages.success(request, said if is_accepted else _("Afgewezen. De aanvrager krijgt een mail."))
            return go("manage", slug)
    name = shapes.name_of(asked.user)
    return form_page(
        request,
        form,
        heading=_("%(name)s wil erbij horen") % {"name": name},
        lead=asked.user.email,
        button=_("Bewaar je besluit"),
        trail=_trail(own.organisation),
        asked=asked,
        has_domain=services.belongs_by_domain(own.organisation, asked.user),
    )


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
        trail=_trail(own.organisation),
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
        request, form, heading=heading, button=_("Bewaar"), trail=_trail(own.organisation), establishment=row
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
