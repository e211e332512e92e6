"""For managers: who belongs to the organisation, who is invited, who asks, and what each may do."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.joining.shapes import invited_text
from portal.organisations import rules, services, shapes
from portal.organisations.forms import DecideForm, HandOverForm, InviteForm, ReasonForm, RoleForm
from portal.organisations.models import Invitation, JoinRequest, Membership
from portal.organisations.views.pages import (
    for_members_of_the_portal,
    form_page,
    go,
    own_membership,
    trail_of,
)
from portal.text import cell_text

FORM_METHODS = ["GET", "HEAD", "POST"]


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
            messages.success(request, invited_text(invited, already=_("Hoort er al bij: %(who)s.")))
            return go("manage", slug)
    return form_page(
        request,
        form,
        heading=_("Nodig collega's uit"),
        lead=_("Ieder krijgt een mail met een eigen link. Die werkt veertien dagen."),
        button=_("Verstuur de uitnodigingen"),
        trail=trail_of(organisation),
    )


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
        request.POST if request.method == "POST" and "actie" not in request.POST else None,
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
        trail=trail_of(own.organisation),
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
        trail=trail_of(own.organisation),
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
        trail=trail_of(own.organisation),
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
        trail=trail_of(own.organisation),
        asked=asked,
        has_domain=services.belongs_by_domain(own.organisation, asked.user),
    )
