"""What staff do with one organisation: say that it is real, give it a manager, put two together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.organisations import rules, services
from portal.organisations.models import EmailDomain, Membership, Organisation, OrganisationEvent
from portal.organisations.staff_forms import AppointForm, HoldingForm, OtherForm, StaffReasonForm

LOG = 100
PEOPLE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(rules.CHANGE, raise_exception=True)
def organisation_standing(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Verification, people, domains, holding and log of one organisation, each with what can be done."""
    rows = Organisation.objects.select_related("parent", "merged_into", "verified_by")
    organisation = get_object_or_404(rows, pk=organisation_id)
    forms = _forms(organisation)
    action = request.POST.get("actie", "")
    if request.method == "POST" and action in forms:
        form = type(forms[action])(request.POST, prefix=action)
        if form.is_valid() and _done(request, form, ACTIONS[action], organisation):
            return _back(organisation)
        forms[action] = form
    elif request.method == "POST" and action in ("domain", "domain-remove"):
        _decide_domain(request, organisation, action)
        return _back(organisation)
    return TemplateResponse(
        request, "organisations/admin/standing.html", _context(organisation, forms, request.user)
    )


def _forms(organisation: Organisation) -> dict[str, Form]:
    holding = {"other": organisation.parent.name if organisation.parent else ""}
    return {
        "verify": StaffReasonForm(prefix="verify"),
        "unverify": StaffReasonForm(prefix="unverify"),
        "appoint": AppointForm(prefix="appoint"),
        "holding": HoldingForm(prefix="holding", initial=holding),
    }


def _verify(organisation: Organisation, values: dict[str, Any], by: Any) -> str:
    done = services.verify_organisation(organisation, by=by, reason=values["reason"])
    return _("Gecontroleerd. Iedereen ziet haar nu.") if done else _("Dit was al gedaan.")


def _unverify(organisation: Organisation, values: dict[str, Any], by: Any) -> str:
    done = services.withdraw_verification(organisation, by=by, reason=values["reason"])
    return _("De controle is ingetrokken.") if done else _("Dit was al gedaan.")


def _appoint(organisation: Organisation, values: dict[str, Any], by: Any) -> str:
    services.appoint_manager(organisation, user=values["email"], by=by, reason=values["reason"])
    return _("De nieuwe beheerder krijgt een mail.")


def _set_holding(organisation: Organisation, values: dict[str, Any], by: Any) -> str:
    services.set_holding(organisation, holding=values["other"], by=by, reason=values["reason"])
    return _("Bewaard.")


Action = Callable[[Organisation, dict[str, Any], Any], str]
ACTIONS: dict[str, Action] = {
    "verify": _verify,
    "unverify": _unverify,
    "appoint": _appoint,
    "holding": _set_holding,
}


def _done(request: HttpRequest, form: Form, action: Action, organisation: Organisation) -> bool:
    try:
        said = action(organisation, form.cleaned_data, request.user)
    except services.Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, said)
    return True


def _decide_domain(request: HttpRequest, organisation: Organisation, action: str) -> None:
    wanted = request.POST.get("domain", "")
    rows = EmailDomain.objects.filter(organisation=organisation)
    domain = rows.filter(pk=wanted).first() if wanted.isascii() and wanted.isdecimal() else None
    if domain is None:
        return
    decide: Any = services.confirm_domain if action == "domain" else services.remove_domain
    try:
        decide(domain, by=request.user)
    except services.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Bewaard."))


def _context(organisation: Organisation, forms: dict[str, Form], user: Any) -> dict[str, Any]:
    people = Membership.objects.filter(organisation=organisation).select_related("user").by_rank()
    log = OrganisationEvent.objects.filter(organisation=organisation).select_related("actor", "subject")
    alone = Organisation.objects.without_manager(timezone.localdate())
    return {
        "organisation": organisation,
        "forms": forms,
        "people": people[:PEOPLE],
        "log": log[:LOG],
        "domains": list(EmailDomain.objects.filter(organisation=organisation)),
        "is_alone": alone.filter(pk=organisation.pk).exists(),
        "may_merge": rules.can_merge(user),
        "page_title": organisation.name,
        "header_title": organisation.name,
        "header_icon": "site",
    }


def _back(organisation: Organisation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("organisation_standing", args=[organisation.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(rules.DELETE, raise_exception=True)
def organisation_merge(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Choose the one that stays, see both names, then put them together."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    user: Any = request.user
    form = OtherForm(request.POST or None)
    into = None
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["other"]
        if request.POST.get("bevestigd") == "ja":
            try:
                services.merge_organisations(
                    organisation, into=into, by=user, reason=form.cleaned_data["reason"]
                )
            except services.Refused as refused:
                form.add_error(None, str(refused))
                into = None
            else:
                messages.success(request, _("Samengevoegd."))
                return _back(into)
    context = {
        "organisation": organisation,
        "into": into,
        "form": form,
        "page_title": _("Voeg twee organisaties samen"),
        "header_title": _("Voeg twee organisaties samen"),
        "header_icon": "site",
    }
    return TemplateResponse(request, "organisations/admin/merge.html", context)
