"""One's notifications, how often one wants mail of them, and "geen mail meer" for who has only the mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.accounts.signed_in import user_of
from portal.design.components.finding import page_numbers
from portal.http.page_numbers import page_number
from portal.notifications.forms import PreferencesForm
from portal.notifications.kinds import Kind, find
from portal.notifications.models import Notification
from portal.notifications.services import mark_all_seen, mark_seen, set_frequencies, turn_off_mail
from portal.notifications.showing import address_of, by_day, listed
from portal.notifications.tokens import read_opening, read_token

PAGE_SIZE = 20
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@login_required
def notification_list(request: HttpRequest) -> HttpResponse:
    """What is new, then what was seen, by day. Reading it changes nothing; opening one of them does."""
    found = listed(user_of(request))
    paginator = Paginator(found.views, PAGE_SIZE)
    number = page_number(request, paginator.num_pages)
    page = list(paginator.page(number))
    context = {
        "new": by_day([view for view in page if view.is_new]),
        "seen": by_day([view for view in page if not view.is_new]),
        "has_new": bool(found.new),
        "newest": found.newest,
        "pages": page_numbers(number, paginator.num_pages, lambda page: f"{request.path}?pagina={page}"),
    }
    return render(request, "notifications/list.html", context)


@require_POST
@never_cache
@login_required
def notifications_seen(request: HttpRequest) -> HttpResponse:
    """All that stood there when the page was made; what came meanwhile stays new."""
    until = request.POST.get("tot", "")
    is_number = until.isascii() and until.isdecimal() and len(until) <= 18
    mark_all_seen(user_of(request), until=int(until) if is_number else None)
    messages.success(request, _("Alles staat op gezien."))
    return HttpResponseRedirect(reverse("notifications:list"))


@require_safe
@never_cache
@login_required
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """To what it is about; from then on it isn't new."""
    user = user_of(request)
    return _opened(request, get_object_or_404(Notification.objects.visible_to(user), pk=pk))


@require_safe
@never_cache
def notification_open_from_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever holds the mail. Only for whose it is anything changes: mail is forwarded, and looked through
    by programs. What it leads to asks by itself who may see it."""
    row = get_object_or_404(Notification.objects.select_related("recipient"), pk=read_opening(token))
    return _opened(request, row)


def _opened(request: HttpRequest, row: Notification) -> HttpResponse:
    address, is_own = address_of(row), request.user == row.recipient
    # A browser that fetches what might be opened hasn't opened it.
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    if is_own and request.method == "GET" and not is_ahead:
        if not address:
            messages.info(request, _("Waar die melding over ging, is er niet meer."))
        elif row.seen_at is None:
            mark_seen(row.recipient, [row])
    return HttpResponseRedirect(address or reverse("notifications:list"))


@require_http_methods(FORM_METHODS)
@never_cache
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """A choice for each kind; one button switches all mail off."""
    user = user_of(request)
    if request.POST.get("actie") == "alles-uit":
        turn_off_mail(user)
        messages.success(
            request, _("Je krijgt geen mail over meldingen meer. In het portaal staan ze nog wel.")
        )
        return HttpResponseRedirect(reverse("notifications:preferences"))
    form = PreferencesForm(request.POST if request.method == "POST" else None, user=user)
    if form.fields and form.is_valid():
        set_frequencies(user, chosen=form.cleaned_data)
        messages.success(request, _("Je keuze is bewaard."))
        return HttpResponseRedirect(reverse("notifications:preferences"))
    return render(request, "notifications/preferences.html", {"form": form})


@csrf_exempt
@require_http_methods(FORM_METHODS)
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever holds the mail: who signed in, nobody, or a mail program that posts by itself (RFC 8058).

    The signed word says whose mail it is. So it asks no session, no cookie and no form token, and it never redirects.
    """
    wish = read_token(token)
    if wish is None:
        return _no_way(request, _("Deze link is niet heel. Neem hem helemaal over uit de mail."))
    user = User.objects.filter(pk=wish.user_id).first()
    if user is None:
        return _no_way(request, _("Het account van deze mail bestaat niet meer. Er komt geen mail meer."))
    if request.method == "POST":
        turn_off_mail(user, kind=wish.kind)
    context = {
        "kind": _offered(wish.kind),
        "is_done": request.method == "POST",
        "to": masked(user.email),
        "is_own": request.user == user,
        "is_of_other": request.user.is_authenticated and request.user != user,
    }
    return render(request, "notifications/unsubscribe.html", context)


def _no_way(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "notifications/unsubscribe.html", {"sentence": sentence}, status=404)


def _offered(code: str) -> Kind | None:
    try:
        return find(code) if code else None
    except LookupError:
        return None


def masked(address: str) -> str:
    """Enough to know one's own address by, and no more: mails are forwarded."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"
