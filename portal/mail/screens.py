"""The staff's screen about mail: what waits, and what a person must decide on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.log_actions import log

from portal.mail.models import Mail
from portal.mail.services import leave_unsent, send_again

SEE, DECIDE = "mail.view_mail", "mail.change_mail"
PAGE_SIZE = 50
SENT_AGAIN, LEFT = "mail.send_again", "mail.leave"  # in Wagtail's log, with who and when


@require_safe
@permission_required(SEE, raise_exception=True)
def troubles(request: HttpRequest) -> HttpResponse:
    """How much mail waits, and what was refused or nobody is sure of."""
    counts = dict(Mail.objects.order_by().values_list("state").annotate(number=Count("pk")))
    page = Paginator(Mail.objects.needs_attention(), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("Mail die niet aankwam"),
        "header_title": _("Mail die niet aankwam"),
        "header_icon": "mail",
        "waiting": counts.get(Mail.State.WAITING, 0) + counts.get(Mail.State.SENDING, 0),
        "mails": page,
        "may_decide": request.user.has_perm(DECIDE),
    }
    return TemplateResponse(request, "mail/admin/troubles.html", context)


@permission_required(DECIDE, raise_exception=True)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`actie=opnieuw` sends it again, anything else leaves it."""
    mail = get_object_or_404(Mail, pk=pk)
    if request.POST.get("actie") == "opnieuw":
        if send_again(mail):
            log(mail, SENT_AGAIN, user=request.user)
            messages.success(request, _("De mail gaat opnieuw de deur uit."))
        else:
            messages.error(
                request, _("Deze mail kan niet opnieuw: er is al over beslist, of de tekst is gewist.")
            )
    elif leave_unsent(mail):
        log(mail, LEFT, user=request.user)
        messages.success(request, _("De mail blijft zoals hij is."))
    return redirect("mail_troubles")
