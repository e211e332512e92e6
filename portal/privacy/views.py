"""What the portal knows of one, taking it along, leaving; and for everybody what it keeps, why and how long."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.signed_in import user_of
from portal.accounts.views.proof import fresh_sign_in_required, proof_required
from portal.design.shapes import Link
from portal.privacy.forms import ErasureForm, TermsForm
from portal.privacy.models import Leaving, Takeaway
from portal.privacy.services import (
    Refused,
    accept_terms,
    ask_erasure,
    ask_takeaway,
    take_back_erasure,
    terms_are_due,
)
from portal.privacy.shapes import (
    consent_items,
    register_of_processing,
    retention_tables,
    takeaway_views,
    told_before_erasure,
)
from portal.privacy.takeaway_files import file_of


def _breadcrumb(*, own: bool = False) -> list[Link]:
    links = [
        Link(label=settings.SITE_NAME, url="/"),
        Link(label=_("Mijn account"), url=reverse("account:overview")),
    ]
    return [*links, Link(label=_("Je gegevens"), url=reverse("privacy:overview"))] if own else links


# --- one's own


@require_safe
@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What one can ask for, and how it stands."""
    user, now = user_of(request), timezone.now()
    takeaways = takeaway_views(user, now)
    context = {
        "takeaways": takeaways,
        "has_file": any(each.url for each in takeaways),
        "is_busy": any(each.is_busy for each in takeaways),
        "consents": consent_items(user),
        "leaving": Leaving.objects.filter(user=user).first(),
        "breadcrumb": _breadcrumb(),
    }
    return render(request, "privacy/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def agree(request: HttpRequest) -> HttpResponse:
    """The rules are new for who is signed in. Going on without an answer is possible: it is asked again."""
    user = user_of(request)
    form = TermsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        accept_terms(user)
        messages.success(request, _("Dank je wel. We hebben opgeschreven dat je akkoord gaat."))
        return HttpResponseRedirect(reverse(settings.LOGIN_REDIRECT_URL))
    context = {
        "form": form,
        "is_due": terms_are_due(user),
        "terms_url": settings.TERMS_URL,
        "home_url": reverse(settings.LOGIN_REDIRECT_URL),
        "breadcrumb": _breadcrumb(own=True),
    }
    return render(request, "privacy/agree.html", context)


@require_POST
@never_cache
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    try:
        ask_takeaway(user_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("We maken je bestand. Je krijgt een mail als het klaar is."))
    return HttpResponseRedirect(reverse("privacy:overview"))


@require_safe
@never_cache
@login_required
@proof_required
@fresh_sign_in_required
def download(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The file, for its owner alone, who has just proved who he is."""
    ready = Takeaway.objects.filter(
        user=user_of(request), state=Takeaway.State.READY, expires_at__gt=timezone.now()
    )
    takeaway = get_object_or_404(ready, key=key)
    try:
        file = file_of(takeaway.key).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"gegevens-{timezone.localdate(takeaway.asked_at):%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@proof_required
@fresh_sign_in_required
def erase(request: HttpRequest) -> HttpResponse:
    """What happens, a choice, and being sure; afterwards, until when one can come back on it."""
    user = user_of(request)
    leaving = Leaving.objects.filter(user=user).first()
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if leaving is None and request.method == "POST" and form.is_valid():
        ask_erasure(user, texts_go=form.texts_go)
        return HttpResponseRedirect(reverse("privacy:erase"))
    context = {
        "form": form,
        "leaving": leaving,
        "told": told_before_erasure(user),
        "breadcrumb": _breadcrumb(own=True),
    }
    return render(request, "privacy/erase.html", context)


@require_POST
@never_cache
@login_required
def stay(request: HttpRequest) -> HttpResponse:
    if take_back_erasure(user_of(request)):
        messages.success(request, _("Je account blijft. Er is niets veranderd."))
    return HttpResponseRedirect(reverse("privacy:overview"))


# --- for everybody


@require_safe
def processing(request: HttpRequest) -> HttpResponse:
    """The register of processing."""
    context = {
        "groups": register_of_processing(),
        "tabs": _tabs("privacy:processing"),
        "breadcrumb": _public_breadcrumb(),
        "canonical_url": settings.BASE_URL + reverse("privacy:processing"),
    }
    return render(request, "privacy/processing.html", context)


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """How long everything is kept."""
    context = {
        "tables": retention_tables(),
        "tabs": _tabs("privacy:terms"),
        "breadcrumb": _public_breadcrumb(),
        "canonical_url": settings.BASE_URL + reverse("privacy:terms"),
    }
    return render(request, "privacy/terms.html", context)


def _tabs(current: str) -> list[Link]:
    pages = {"privacy:processing": _("Wat en waarvoor"), "privacy:terms": _("Hoelang")}
    return [Link(label=label, url=reverse(name), current=name == current) for name, label in pages.items()]


def _public_breadcrumb() -> list[Link]:
    return [Link(label=settings.SITE_NAME, url="/"), Link(label=_("Privacy"), url="/privacy/")]
