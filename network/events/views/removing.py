"""An organiser takes somebody off the list, with a reason, or lets them come back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.conversations.views.pages import FORM_METHODS, for_members_of_the_portal, person, posted
from network.events import services
from network.events.models import Event, Registration
from network.events.small_forms import RemovalForm
from network.events.views.pages import form_page, go, managed_event, to_manage
from portal.organisations.shapes import name_of


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def registration_remove(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """Of who was taken off already it says why, and offers the way back."""
    event = managed_event(request, pk)
    row = Registration.objects.filter(event=event, pk=registration).select_related("user").first()
    if row is None:
        raise Http404
    standing = row.removals.filter(ended_at=None).first()
    if standing is not None:
        return _let_back(request, event, row, standing.reason)
    if row.state not in Registration.IN or event.starts_at <= timezone.now():
        messages.info(
            request, _("Deze persoon staat niet meer op de lijst, of de bijeenkomst is al begonnen.")
        )
        return go("manage", event.pk)
    form = RemovalForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.remove_registration(
                event, registration=row.pk, reason=form.cleaned_data["reason"], by=person(request)
            )
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("De aanmelding is weg. De plek is voor wie het langst wacht."))
            return go("manage", event.pk)
    return form_page(
        request,
        form,
        heading=_("Haal de aanmelding van %(name)s weg") % {"name": name_of(row.user)},
        lead=_("De plek komt vrij. Opnieuw aanmelden kan pas als jij dat toestaat."),
        button=_("Haal de aanmelding weg"),
        trail=to_manage(event),
    )


def _let_back(request: HttpRequest, event: Event, row: Registration, reason: str) -> HttpResponse:
    if request.method == "POST" and request.POST.get("actie") == "toelaten":
        services.allow_again(event, registration=row.pk, by=person(request))
        messages.success(request, _("Deze persoon kan zich weer aanmelden. Laat het even weten."))
        return go("manage", event.pk)
    return form_page(
        request,
        forms.Form(),
        heading=_("Laat %(name)s weer toe") % {"name": name_of(row.user)},
        lead=_("De aanmelding is weggehaald. De reden was: %(why)s") % {"why": reason},
        button=_("Laat weer toe"),
        trail=to_manage(event),
        deed="toelaten",
    )
