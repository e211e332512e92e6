"""What who organises puts there to look back at: files and links."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.conversations.views.pages import FORM_METHODS, for_members_of_the_portal, person, posted
from network.events import services
from network.events.models import Event
from network.events.small_forms import MaterialForm
from network.events.views.pages import form_page, go, managed_event, to_manage


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def material_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is to read or watch, with a form for one more."""
    event = managed_event(request, pk)
    why_not = services.why_no_files(person(request), timezone.now())
    form = MaterialForm(posted(request), request.FILES or None, may_send=not why_not)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_material(event, by=person(request), **form.cleaned_data)
        except services.NotAllowed:
            raise
        except (services.Refused, services.UploadRefused) as refused:
            form.say(str(refused), of_file=isinstance(refused, services.UploadRefused))
        else:
            messages.success(request, _("Het materiaal staat erbij. Wie is aangemeld, hoort het."))
            return go("materials", event.pk)
    form.renew_token()
    form.prepare_to_draw()
    return form_page(
        request,
        form,
        heading=_("Materiaal"),
        lead=_("Een bestand of een link. Alleen wie is aangemeld, ziet dit."),
        button=_("Voeg toe"),
        trail=to_manage(event),
        template="additions",
        items=_items(event),
        why_not=why_not,
    )


def _items(event: Event) -> list[dict[str, object]]:
    return [
        {
            "pk": each.pk,
            "title": each.title,
            "text": f"{each.file.name} ({filesizeformat(each.file.bytes)})"
            if each.file is not None
            else each.url,
            "url": reverse("events:material-remove", args=[event.pk, each.pk]),
        }
        for each in event.materials.select_related("file")
    ]


@require_POST
@for_members_of_the_portal
def material_remove(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    event = managed_event(request, pk)
    services.remove_material(event, material=material, by=person(request))
    messages.success(request, _("Het materiaal is weg."))
    return go("materials", event.pk)
