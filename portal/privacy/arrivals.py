"""Who signs in is asked about rules that are new for them, and goes on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from portal.accounts.arrivals import register
from portal.accounts.models import User
from portal.privacy.services import terms_are_due


@register
def ask_about_rules(request: HttpRequest, user: User, response: HttpResponseBase) -> None:
    if terms_are_due(user):
        messages.info(request, _("De regels van dit portaal zijn nieuw voor je. Lees ze bij Mijn omgeving."))
