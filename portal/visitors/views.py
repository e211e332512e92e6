"""What a visitor sets for themselves: their company, and the pages they keep."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.design.shapes import Link
from portal.http.origin import require_own_origin
from portal.pages.querysets import visible_pages
from portal.pages.references import cards_of, has_card
from portal.taxonomy.company import COOKIE, CompanyProfile, company_of
from portal.visitors.forms import CompanyForm
from portal.visitors.kept import COOKIE_SECONDS, in_cookie, keep, keep_no_more, kept_pages, remember

# A visitor's own pages: not for search engines, and one step below the front page.
OWN_PAGE = {"robots": "noindex", "breadcrumb": [Link(label=settings.SITE_NAME, url="/")]}


def safe_return(request: HttpRequest, default: str) -> str:
    """The address to go back to: one of this site, else `default`."""
    target = request.POST.get("terug") or request.GET.get("terug") or ""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else default


@csrf_exempt  # require_own_origin stands in for the token, which a cached page can't hold
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def company(request: HttpRequest) -> HttpResponse:
    """Name sector, size and region once; what fits stands first from then on."""
    back = safe_return(request, "/praktijkvoorbeelden/")
    if request.method == "POST":
        require_own_origin(request)
        form = CompanyForm({} if "wis" in request.POST else request.POST)
        if form.is_valid():
            return _with_company(HttpResponseRedirect(back), form.profile())
    else:
        known = company_of(request) or CompanyProfile()
        form = CompanyForm(initial={"sector": known.sector, "size": known.size, "region": known.region})
    context = {
        "form": form,
        "back": back,
        "has_errors": bool(form.errors),
        "named": company_of(request) is not None,
    }
    return render(request, "visitors/company.html", {**context, **OWN_PAGE})


def _with_company(response: HttpResponse, profile: CompanyProfile) -> HttpResponse:
    if profile == CompanyProfile():
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(
            COOKIE, profile.to_cookie(), max_age=COOKIE_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
        )  # fmt: skip
    return response


@never_cache
@require_safe
def kept_list(request: HttpRequest) -> HttpResponse:
    """What this visitor kept, last kept first; what is no longer public is left out."""
    kept = kept_pages(request)
    cards = cards_of(visible_pages(request.user).filter(pk__in=kept))
    context = {
        "cards": [(pk, cards[pk]) for pk in kept if pk in cards],
        "is_member": request.user.is_authenticated,
        **OWN_PAGE,
    }
    return render(request, "visitors/kept.html", context)


@csrf_exempt  # require_own_origin stands in for the token, which a cached page can't hold
@require_POST
def kept_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a page, or stop keeping it (`actie=weg`); the same form twice does the same once."""
    require_own_origin(request)
    page = visible_pages(request.user).filter(pk=pk).first()
    pages = [kept for kept in in_cookie(request) if kept != pk]
    is_to_stay = page is not None and has_card(page) and request.POST.get("actie") != "weg"
    if isinstance(request.user, User):
        (keep if is_to_stay else keep_no_more)(request.user, pk)
    elif is_to_stay:
        pages.insert(0, pk)
    response = HttpResponseRedirect(
        safe_return(request, (page.get_url(request) if page else None) or reverse("kept:list"))
    )
    remember(response, pages, secure=settings.SESSION_COOKIE_SECURE)
    return response
