"""The staff's screens about one edition: as a mail, a test to oneself, who gets it, sending it, how far it is."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.log_actions import log

from portal.accounts.signed_in import user_of
from portal.newsletters.letters import left_out, sections_of, written
from portal.newsletters.models import Edition
from portal.newsletters.services import progress_of, send_test, start_sending
from portal.newsletters.services.sending import NobodyToSendToError, NotADraftError, recipients_of

SEE, SEND = "newsletters.view_edition", "newsletters.send_edition"
SENT = "newsletters.send"  # in Wagtail's log, with who and when


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(SEND, raise_exception=True)
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """How many get it, before anything is sent; afterwards how far it is."""
    edition = get_object_or_404(Edition, pk=pk)
    user = user_of(request)
    if request.method == "POST":
        seen = request.POST.get("ontvangers", "")
        number = recipients_of(edition)
        if edition.state == Edition.State.DRAFT and seen != str(number):
            messages.warning(request, _("Het aantal ontvangers veranderde. Kijk nog eens, en verstuur dan."))
            return redirect("newsletters_sending", pk)
        try:
            start_sending(edition, by=user)
        except NotADraftError:
            messages.error(request, _("Deze nieuwsbrief wordt al verstuurd, of is al verstuurd."))
        except NobodyToSendToError:
            messages.error(
                request, _("Niemand zou deze nieuwsbrief krijgen. Kijk naar de thema's en sectoren.")
            )
        else:
            log(edition, SENT, user=user)
            messages.success(request, _("De nieuwsbrief gaat de deur uit."))
        return redirect("newsletters_sending", pk)
    context = {
        "page_title": _("Verstuur nieuwsbrief"),
        "header_title": edition.subject,
        "header_icon": "mail",
        "edition": edition,
        "recipients": recipients_of(edition) if edition.state == Edition.State.DRAFT else edition.recipients,
        "left_out": left_out(edition),
        "progress": progress_of(edition),
        "to": user.email,
    }
    return TemplateResponse(request, "newsletters/admin/sending.html", context)


@require_safe
@permission_required(SEE, raise_exception=True)
def preview(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """What arrives, as mail programs show it: with markup, or as text alone."""
    edition = get_object_or_404(Edition, pk=pk)
    letter = written(edition, sections_of(edition), to=None)
    if form == "tekst":
        return HttpResponse(letter.text, content_type="text/plain; charset=utf-8")
    return HttpResponse(letter.html)


@require_POST
@permission_required(SEND, raise_exception=True)
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """To who asks, and nobody else."""
    edition = get_object_or_404(Edition, pk=pk)
    user = user_of(request)
    send_test(edition, to=user)
    messages.success(request, _("Een proef gaat naar %(to)s.") % {"to": user.email})
    return redirect("newsletters_sending", pk)
