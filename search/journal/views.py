"""What a visitor's browser and what a visitor tells after a search."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from portal.http.origin import require_own_origin
from portal.http.rate_limit import RateLimit
from portal.http.transactions import own_transactions
from search.journal import services
from search.journal.forms import YES, VerdictForm

# More than people do, also some behind one address. What a program sends beyond it is left out without a word: it would
# bury what others say.
VERDICTS = RateLimit("zoekoordelen", most=30)
CLICKS = RateLimit("zoekkliks", most=600)


@csrf_exempt  # require_own_origin stands in for the token: searching sets no cookie, and this changes nobody's data
@require_POST
@own_transactions
def click(request: HttpRequest) -> HttpResponse:
    """`/zoeken/klik/`: the hit at `plaats` was opened. What is not ours is left out without a word."""
    require_own_origin(request)
    text = services.unsign(request.POST.get("zoekvraag", "")[:2000])
    place = request.POST.get("plaats", "")
    if text is not None and place.isascii() and place.isdigit() and not CLICKS.wait(request):
        services.note_click(request, text, int(place[:4]))
    return HttpResponse(status=204)


@csrf_exempt  # as above
@never_cache
@require_POST
@own_transactions
def verdict(request: HttpRequest) -> HttpResponse:
    """`/zoeken/oordeel/`: whether it was found, with a remark."""
    require_own_origin(request)
    form = VerdictForm(request.POST)
    text = services.unsign(request.POST.get("zoekvraag", "")[:2000])
    if not form.is_valid():
        context = {
            "title": _("Vond je wat je zocht?"),
            "robots": "noindex",
            "form": form,
            "action": request.path,
            "back": _search_for(text),
        }
        return render(request, "search/journal/verdict.html", context, status=422)
    if text is not None and not VERDICTS.wait(request):
        services.note_verdict(
            request,
            text,
            is_found=form.cleaned_data["oordeel"] == YES,
            remark=form.cleaned_data["opmerking"],
        )
    return HttpResponseRedirect(_address("search:verdict-thanks", text))


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """`/zoeken/oordeel/bedankt/`: what happens with it, and the way back."""
    context = {
        "title": _("Bedankt"),
        "robots": "noindex",
        "back": _search_for(request.GET.get("q", "")[:300]),
    }
    return render(request, "search/journal/thanks.html", context)


def _search_for(text: str | None) -> str:
    return _address("search:results", text)


def _address(name: str, text: str | None) -> str:
    return f"{reverse(name)}?{urlencode({'q': text})}" if text else reverse(name)
