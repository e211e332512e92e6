"""Reporting what one may see, with or without an account; and the rules that we keep."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.moderation import services
from network.moderation.forms import ReportForm
from network.moderation.reportables import Item, find
from network.moderation.views.pages import FORM_METHODS, breadcrumb, form_page, go, posted
from portal.accounts.models import User
from portal.design.shapes import Link
from portal.http.client_address import client_address


@require_http_methods(FORM_METHODS)
@never_cache
def report(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What one may not see can't be reported either: a 404, for visitors too."""
    try:
        item = services.thing_for(code, pk, request.user)
    except services.NotAllowed:
        raise Http404 from None
    by = request.user if isinstance(request.user, User) else None
    form = ReportForm(posted(request), has_account=by is not None)
    if request.method == "POST" and form.is_valid():
        try:
            services.report_thing(
                code,
                pk,
                told=form.told(),
                by=by,
                reader=request.user,
                address=client_address(request),
                at=timezone.now(),
            )
        except services.NotAllowed:
            raise Http404 from None
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return go("reported")
    return _form(request, form, code, item)


def _form(request: HttpRequest, form: ReportForm, code: str, item: Item) -> HttpResponse:
    return form_page(
        request,
        form,
        heading=_("Meld: %(title)s") % {"title": item.title},
        lead=_("Een moderator kijkt ernaar. Wie het schreef, hoort niet wie meldde."),
        button=_("Verstuur je melding"),
        trail=[Link(label=item.title or str(find(code).label), url=item.url)],
        shows_rules=True,
    )


@require_safe
def report_thanks(request: HttpRequest) -> HttpResponse:
    context = {"breadcrumb": breadcrumb(), "robots": "noindex"}
    return render(request, "moderation/thanks.html", context)


@require_safe
def code_of_conduct(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    return render(request, "moderation/rules.html", {"breadcrumb": breadcrumb()})
