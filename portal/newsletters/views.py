"""Taking the newsletter, saying yes from the mailbox, choosing, ending, and the archive."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.signed_in import user_of
from portal.design.components.finding import page_numbers
from portal.design.shapes import Link, Task
from portal.http.page_numbers import page_number
from portal.http.rate_limit import RateLimit
from portal.newsletters.forms import ChoiceForm, SubscribeForm
from portal.newsletters.letters import sections_of
from portal.newsletters.models import Edition, Subscription
from portal.newsletters.services import (
    change_choice,
    confirm,
    request_subscription,
    subscribe_member,
    unsubscribe,
    unsubscribe_member,
)
from portal.newsletters.services.subscribing import can_be_confirmed

FORM_METHODS = ["GET", "HEAD", "POST"]
LIMIT = RateLimit("nieuwsbrief", most=10, seconds=3600)
PAGE_SIZE = 20


@require_http_methods(FORM_METHODS)
@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """The answer is the same, whatever is known of the address. Who is signed in goes to their own choice."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("newsletters:own"))
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if LIMIT.wait(request):
            form.add_error(None, _("Je vroeg het te vaak. Probeer het over een uur opnieuw."))
            status = 429
        else:
            request_subscription(form.cleaned_data["email"], **form.chosen())
            return HttpResponseRedirect(reverse("newsletters:asked"))
    return render(request, "newsletters/subscribe.html", {"form": form}, status=status)


@require_safe
def look_in_your_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletters/asked.html")


@csrf_exempt  # the word in the address says who may; it asks no session and no cookie
@require_http_methods(FORM_METHODS)
@never_cache
def subscription_confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """A page with a button: programs that look into mails follow links, and press nothing."""
    row = Subscription.objects.filter(confirm_key=key).first()
    if request.method == "POST":
        row = confirm(key)
        if row is not None:
            return HttpResponseRedirect(f"{reverse('newsletters:choose', args=[row.key])}?nieuw=1")
    if row is None or (row.confirmed_at is None and not can_be_confirmed(row, timezone.now())):
        return render(request, "newsletters/too_late.html", status=404)
    return render(request, "newsletters/confirm.html", {"is_done": row.confirmed_at is not None})


@csrf_exempt  # as above
@require_http_methods(FORM_METHODS)
@never_cache
def subscription_choose(request: HttpRequest, key: UUID) -> HttpResponse:
    """For whoever holds the mail."""
    row = _standing(key)
    if row is None:
        return render(request, "newsletters/gone.html", status=404)
    form = ChoiceForm(request.POST if request.method == "POST" else None, initial=_chosen(row))
    if request.method == "POST" and form.is_valid():
        change_choice(row, **form.chosen())
        return HttpResponseRedirect(f"{request.path}?bewaard=1")
    context = {
        "form": form,
        "is_new": "nieuw" in request.GET,
        "is_saved": "bewaard" in request.GET,
        "off_url": reverse("newsletters:unsubscribe", args=[key]),
    }
    return render(request, "newsletters/choose.html", context)


@csrf_exempt  # RFC 8058: a mail program posts by itself
@require_http_methods(FORM_METHODS)
@never_cache
def subscription_end(request: HttpRequest, key: UUID) -> HttpResponse:
    """It never redirects; who is gone already reads the same as who goes now."""
    row = _standing(key)
    is_done = request.method == "POST" or row is None
    if request.method == "POST" and row is not None:
        unsubscribe(row)
    return render(request, "newsletters/unsubscribe.html", {"is_done": is_done})


def _standing(key: UUID) -> Subscription | None:
    return Subscription.objects.exclude(confirmed_at=None).filter(key=key).select_related("user").first()


def _chosen(row: Subscription) -> dict[str, list[str]]:
    return {
        "themes": [theme.slug for theme in row.themes.all()],
        "sectors": [sector.code for sector in row.sectors.all()],
    }


@require_http_methods(FORM_METHODS)
@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """A member's own choice."""
    user = user_of(request)
    row = Subscription.objects.filter(user=user).first()
    if request.POST.get("actie") == "afmelden":
        unsubscribe_member(user)
        messages.success(request, _("Je krijgt de nieuwsbrief niet meer."))
        return HttpResponseRedirect(reverse("newsletters:own"))
    initial = _chosen(row) if row is not None else {}
    form = ChoiceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        subscribe_member(user, **form.chosen())
        messages.success(request, _("Je keuze is bewaard. Je krijgt de nieuwsbrief op %s.") % user.email)
        return HttpResponseRedirect(reverse("newsletters:own"))
    context = {
        "form": form,
        "has_it": row is not None,
        "breadcrumb": [
            Link(label=settings.SITE_NAME, url="/"),
            Link(label=_("Mijn omgeving"), url=reverse(settings.LOGIN_REDIRECT_URL)),
        ],
    }
    return render(request, "newsletters/own.html", context)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    rows = (
        Edition.objects.visible_to(request.user).order_by("-sent_at", "-pk").only("pk", "subject", "sent_at")
    )
    paginator = Paginator(rows, PAGE_SIZE)
    number = page_number(request, paginator.num_pages)
    context = {
        "editions": [
            Task(label=row.subject, url=row.get_absolute_url(), hint=_day(row), status="")
            for row in paginator.page(number)
        ],
        "pages": page_numbers(number, paginator.num_pages, lambda page: f"{request.path}?pagina={page}"),
        "breadcrumb": _public_breadcrumb()[:2],
    }
    return render(request, "newsletters/archive.html", context)


@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """As it was sent, but for what not everybody may read any more."""
    found = get_object_or_404(Edition.objects.visible_to(request.user), pk=pk)
    context = {"edition": found, "sections": sections_of(found), "breadcrumb": _public_breadcrumb()}
    return render(request, "newsletters/edition.html", context)


def _day(row: Edition) -> str:
    return date_format(timezone.localtime(row.sent_at), "j F Y") if row.sent_at else ""


def _public_breadcrumb() -> list[Link]:
    return [
        Link(label=settings.SITE_NAME, url="/"),
        Link(label=_("Nieuwsbrief"), url=reverse("newsletters:subscribe")),
        Link(label=_("Eerdere nieuwsbrieven"), url=reverse("newsletters:archive")),
    ]
