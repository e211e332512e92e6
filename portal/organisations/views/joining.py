"""Founding an organisation, asking to join one, an invitation, being seen, leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.joining.addresses import mask
from portal.organisations import services
from portal.organisations.forms import AskForm, DetailsForm
from portal.organisations.models import JoinRequest, Organisation
from portal.organisations.querysets import is_person
from portal.organisations.views.pages import (
    breadcrumb,
    for_members_of_the_portal,
    form_page,
    go,
    own_membership,
    to_page,
)

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def organisation_found(request: HttpRequest) -> HttpResponse:
    form = DetailsForm(request.POST or None)
    note = ""
    if request.method == "POST" and form.is_valid():
        try:
            organisation = services.found_organisation(form.details(), by=_person(request))
        except services.NameTaken as taken:
            form.add_error("name", str(taken))
            note = _way_in(request, taken.organisation)
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Je organisatie staat er. Nodig nu je collega's uit."))
            return go("manage", organisation.slug)
    return form_page(
        request,
        form,
        heading=_("Maak je organisatie"),
        lead=_(
            "Jij wordt beheerder. Wij kijken eerst of alles klopt. Zolang zien alleen jij en je collega's de pagina."
        ),
        button=_("Maak de organisatie"),
        trail=[],
        note=note,
    )


def _way_in(request: HttpRequest, known: Organisation) -> str:
    """How somebody joins what is there already; what they may not see isn't named."""
    if not Organisation.objects.visible_to(request.user).filter(pk=known.pk).exists():
        return _("Werk je daar? Vraag een collega om je uit te nodigen, of vraag het ons.")
    return format_html(
        '{} <a href="{}">{}</a>',
        _("Werk je daar?"),
        reverse("organisations:ask", args=[known.slug]),
        _("Vraag of je erbij mag"),
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def organisation_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to join, see where one's request stands, or take it back."""
    user = _person(request)
    organisation = get_object_or_404(Organisation.objects.visible_to(user), slug=slug)
    if services.membership_of(user, organisation) is not None:
        return go("page", slug)
    open_one = JoinRequest.objects.filter(organisation=organisation, user=user).open().first()
    if request.method == "POST" and request.POST.get("actie") == "intrekken":
        if open_one is not None:
            services.withdraw_join_request(open_one, by=user)
        messages.success(request, _("Je aanvraag is ingetrokken."))
        return go("page", slug)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_to_join(organisation, by=user, message=form.cleaned_data["message"])
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Je aanvraag ligt bij de beheerders. Je krijgt een mail als zij beslissen.")
            )
            return go("ask", slug)
    return form_page(
        request,
        form,
        heading=_("Vraag of je bij %(name)s mag") % {"name": organisation.name},
        lead=_("De beheerders beslissen. Zij zien je naam en je e-mailadres."),
        button=_("Verstuur de aanvraag"),
        trail=[to_page(organisation)],
        open_request=open_one,
        has_domain=services.belongs_by_domain(organisation, user),
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def organisation_leave(request: HttpRequest, slug: str) -> HttpResponse:
    user = _person(request)
    if request.method == "POST":
        return _left(request, slug)
    organisation = own_membership(request, slug).organisation
    is_last = [manager.pk for manager in services.current_managers(organisation)] == [user.pk]
    return _leave_page(request, organisation, is_last)


def _left(request: HttpRequest, slug: str) -> HttpResponse:
    """Leaving twice is leaving once: the second time one is sent to where others are."""
    user = _person(request)
    organisation = Organisation.objects.standing().filter(slug=slug).first()
    if organisation is None:
        raise Http404
    if services.membership_of(user, organisation) is None:
        visible = Organisation.objects.visible_to(user).filter(pk=organisation.pk).exists()
        if not visible:
            raise Http404
        return go("page", slug)
    try:
        services.leave_organisation(organisation, by=user)
    except services.LastManager:
        return _leave_page(request, organisation, True)
    messages.success(request, _("Je hoort niet meer bij %(name)s.") % {"name": organisation.name})
    return go("list")


def _leave_page(request: HttpRequest, organisation: Organisation, is_last: bool) -> HttpResponse:
    context = {
        "organisation": organisation,
        "is_last": is_last,
        "breadcrumb": breadcrumb(to_page(organisation)),
        "robots": "noindex",
    }
    return render(request, "organisations/leave.html", context)


@require_POST
@for_members_of_the_portal
def organisation_listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether one's own name stands on the page."""
    membership = own_membership(request, slug)
    is_listed = request.POST.get("tonen") == "ja"
    services.set_listed(membership, is_listed=is_listed, by=_person(request))
    shown = _("Iedereen ziet nu je naam op deze pagina.")
    hidden = _("Alleen je collega's zien nu je naam op deze pagina.")
    messages.success(request, shown if is_listed else hidden)
    return go("page", slug)


# --- invitations


@require_http_methods(FORM_METHODS)
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Look at an invitation and take it, signed in with the address that it was sent to."""
    try:
        if request.method == "POST" and is_person(request.user):
            member = services.accept_invitation(token, by=_person(request))
            messages.success(request, _("Welkom bij %(name)s.") % {"name": member.organisation.name})
            return go("page", member.organisation.slug)
        found = services.find_invitation(token)
        if is_person(request.user):
            services.refuse_other_address(found, _person(request))
    except services.InvitationUnknown as refused:
        return _invitation_page(request, 404, refused=str(refused))
    except services.WrongAddress as refused:
        return _invitation_page(request, 404, refused=str(refused), is_other=True)
    except services.InvitationGone as refused:
        return _invitation_page(request, 410, refused=str(refused))
    except services.NotAllowed:
        raise Http404 from None
    if not is_person(request.user):
        return _invitation_page(request, 200, masked=mask(found.email))
    return _invitation_page(request, 200, invitation=found)


def _invitation_page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    back = urlencode({"next": request.path})
    doors = {
        "login_url": f"{reverse('account_login')}?{back}",
        "signup_url": f"{reverse('account_signup')}?{back}",
    }
    page = {**doors, **context, "robots": "noindex", "breadcrumb": breadcrumb()[:1], "form": forms.Form()}
    response = render(request, "organisations/invitation.html", page, status=status)
    # The address is the key: no link from here tells it to another site.
    response["Referrer-Policy"] = "same-origin"
    return response


def _person(request: HttpRequest) -> Any:
    """Who is signed in; `for_members_of_the_portal` saw to it that somebody is."""
    return request.user
