"""Joining, house rules, leaving, an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network.ecosystems import rules, services, shapes
from network.ecosystems.forms import JoinForm
from network.ecosystems.models import CompanyMembership, Ecosystem, JoinRequest, Participation
from network.ecosystems.views.pages import (
    FORM_METHODS,
    LeftMeanwhile,
    breadcrumb,
    for_members_of_the_portal,
    form_page,
    go,
    known_ecosystem,
    own_ecosystem,
    person,
    posted,
    to_home,
)
from network.ecosystems.ways_in import companies_of
from portal.joining.addresses import mask
from portal.organisations.querysets import is_person


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def ecosystem_join(request: HttpRequest, slug: str) -> HttpResponse:
    """Join, ask, see where one's request stands, or read how one is invited."""
    ecosystem, user = known_ecosystem(request, slug), person(request)
    if _active(user, ecosystem) is not None:
        return go("home", slug)
    open_one = JoinRequest.objects.filter(ecosystem=ecosystem, user=user).open().first()
    if request.method == "POST" and request.POST.get("actie") == "intrekken":
        if open_one is not None:
            services.withdraw_join_request(open_one, by=user)
        messages.success(request, _("Je verzoek is ingetrokken."))
        return go("home", slug)
    at_once = rules.can_take_part(user, ecosystem) or rules.can_manage(user, ecosystem)
    asks = not at_once and rules.can_ask(user, ecosystem)
    companies = companies_of(user, ecosystem)
    form = JoinForm(posted(request), ecosystem=ecosystem, companies=companies.usable, asks=asks)
    if request.method == "POST" and form.is_valid():
        done = _joined(request, ecosystem, form, asks=asks)
        if done is not None:
            return done
    is_open_to_them = (at_once or asks) and ecosystem.closed_at is None
    return form_page(
        request,
        form,
        template="join",
        heading=_("Doe mee met %(name)s") % {"name": ecosystem.name},
        button=_("Verstuur je verzoek") if asks else _("Doe mee"),
        trail=to_home(ecosystem),
        lead=_("Een beheerder beslist. Die ziet je naam, je e-mailadres en je bedrijf.") if asks else "",
        ecosystem=ecosystem,
        house_rules=shapes.as_html(ecosystem.house_rules),
        open_request=open_one,
        can_join=is_open_to_them and (ecosystem.is_group or bool(companies.usable)),
        is_open_to_them=is_open_to_them,
        companies=companies,
    )


def _joined(request: HttpRequest, ecosystem: Ecosystem, form: JoinForm, *, asks: bool) -> HttpResponse | None:
    """Where to go when it was done; the form tells why where it wasn't."""
    user, through, accepted = person(request), form.through_company(), form.accepted_rules()
    try:
        if asks:
            message = form.cleaned_data["message"]
            services.ask_to_join(
                ecosystem, by=user, through=through, message=message, accepted_rules=accepted
            )
            # That page says that it lies with the managers, now and later.
            return go("join", ecosystem.slug)
        services.take_part(ecosystem, user=user, by=user, through=through, accepted_rules=accepted)
    except services.RulesNotAccepted as refused:
        form.ask_again(str(refused))
        return None
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, _("Welkom. Je doet mee."))
    return go("home", ecosystem.slug)


def _active(user: Any, ecosystem: Ecosystem) -> Participation | None:
    rows = Participation.objects.active(timezone.localdate()).filter(user=user, ecosystem=ecosystem)
    return rows.select_related("ecosystem").first()


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def ecosystem_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The house rules, and the box to tick for who did not accept them as they are now."""
    ecosystem, user = own_ecosystem(request, slug), person(request)
    pending = rules.needs_rules(user, ecosystem)
    form = JoinForm(posted(request), ecosystem=ecosystem, companies=(), asks=False)
    if request.method == "POST":
        if pending is None:
            return go("home", slug)
        if form.is_valid():
            services.accept_rules(pending, version=form.accepted_rules(), by=user)
            if not rules.must_accept_rules(pending):
                return go("home", slug)
            form.ask_again(str(services.RulesNotAccepted()))
    return form_page(
        request,
        form,
        template="rules",
        heading=_("Huisregels van %(name)s") % {"name": ecosystem.name},
        button=_("Ga verder"),
        trail=to_home(ecosystem) if pending is None else [],
        ecosystem=ecosystem,
        house_rules=shapes.as_html(ecosystem.house_rules),
        pending=pending,
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def ecosystem_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave oneself, or let a company leave that one manages. Leaving twice is leaving once."""
    user = person(request)
    if request.method == "POST":
        return _left(request, slug)
    ecosystem = own_ecosystem(request, slug)
    mine, companies = _active(user, ecosystem), _run_by(user, ecosystem)
    if mine is None and not companies:
        return go("home", slug)
    context = {
        "ecosystem": ecosystem,
        "takes_part": mine is not None,
        "companies": companies,
        "breadcrumb": breadcrumb(*to_home(ecosystem)),
        "robots": "noindex",
    }
    return render(request, "ecosystems/leave.html", context)


def _run_by(user: Any, ecosystem: Ecosystem) -> list[CompanyMembership]:
    rows = CompanyMembership.objects.current().filter(ecosystem=ecosystem).select_related("organisation")
    own = companies_of(user, ecosystem).belonging
    return [
        row
        for row in rows.filter(organisation__in=own)
        if rules.runs_organisation(user, row.organisation)
    ]  # fmt: skip


def _left(request: HttpRequest, slug: str) -> HttpResponse:
    user = person(request)
    chosen = request.POST.get("bedrijf", "")
    if chosen.isascii() and chosen.isdecimal():
        companies = CompanyMembership.objects.select_related("ecosystem", "organisation")
        company = get_object_or_404(companies, pk=int(chosen[:18]), ecosystem__slug=slug)
        services.end_company(company, by=user)
        messages.success(request, _("%(name)s is geen lid meer.") % {"name": company.organisation.name})
        return go("list")
    rows = Participation.objects.filter(user=user, ecosystem__slug=slug).select_related("ecosystem")
    row = get_object_or_404(rows.order_by("-pk")[:1])
    if not services.end_participation(row, by=user):
        raise LeftMeanwhile(_("Je deed hier al niet meer mee."))
    messages.success(request, _("Je doet niet meer mee met %(name)s.") % {"name": row.ecosystem.name})
    return go("list")


# --- invitations


@require_http_methods(FORM_METHODS)
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Look at an invitation and take it, signed in with the address that it was sent to."""
    user: Any = request.user if is_person(request.user) else None
    try:
        if request.method == "POST" and user is not None:
            return _accepted(request, token)
        found = services.find_invitation(token, by=user)
    except services.InvitationUnknown as refused:
        return _invitation_page(request, 404, refused=str(refused))
    except services.WrongAddress as refused:
        return _invitation_page(request, 404, refused=str(refused), is_other=True)
    except services.InvitationGone as refused:
        return _invitation_page(request, 410, refused=str(refused))
    if user is None:
        return _invitation_page(request, 200, masked=mask(found.email))
    return _offer(request, found, _invitation_form(request, found, None))


def _invitation_form(request: HttpRequest, found: Any, data: Any) -> JoinForm:
    """A guest needs no company, and neither does who takes part already."""
    companies = companies_of(request.user, found.ecosystem).usable if found.guest_until is None else ()
    return JoinForm(data, ecosystem=found.ecosystem, companies=companies, asks=False)


def _accepted(request: HttpRequest, token: str) -> HttpResponse:
    user = person(request)
    try:
        found = services.find_invitation(token, by=user)
    except services.InvitationGone:
        # Perhaps the same click twice: then it is theirs, and they are in.
        return go("home", services.accept_invitation(token, by=user).ecosystem.slug)
    form = _invitation_form(request, found, request.POST)
    if form.is_valid():
        try:
            row = services.accept_invitation(
                token, by=user, through=form.through_company(), accepted_rules=form.accepted_rules()
            )
        except services.RulesNotAccepted as refused:
            form.ask_again(str(refused))
        except (services.InvitationGone, services.WrongAddress, services.NotAllowed):
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Welkom. Je doet mee."))
            return go("home", row.ecosystem.slug)
    return _offer(request, found, form)


def _offer(request: HttpRequest, found: Any, form: JoinForm) -> HttpResponse:
    ecosystem = found.ecosystem
    companies = companies_of(request.user, ecosystem)
    needs_company = found.guest_until is None and not ecosystem.is_group
    return _invitation_page(
        request,
        200,
        form=form,
        has_errors=bool(form.errors),
        invitation=found,
        ecosystem=ecosystem,
        about=shapes.as_html(ecosystem.about),
        house_rules=shapes.as_html(ecosystem.house_rules),
        companies=companies,
        can_join=not needs_company or bool(companies.usable),
    )


def _invitation_page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    back = urlencode({"next": request.path})
    doors = {
        "login_url": f"{reverse('account_login')}?{back}",
        "signup_url": f"{reverse('account_signup')}?{back}",
    }
    page = {**doors, "robots": "noindex", "breadcrumb": breadcrumb()[:1], "form": forms.Form(), **context}
    response = render(request, "ecosystems/invitation.html", page, status=status)
    # The address is the key: no link from here tells it to another site.
    response["Referrer-Policy"] = "same-origin"
    return response
