"""What an organiser does: who comes, who was there, messages, questions at registration."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.conversations.views.pages import (
    FORM_METHODS,
    address_of_client,
    breadcrumb,
    for_members_of_the_portal,
    person,
    posted,
)
from network.ecosystems.views.pages import page_number
from network.events import rules, services
from network.events.clock import local
from network.events.models import Event, EventQuestion, Registration, Removal
from network.events.shapes import as_html, day_text, hours_text, places_text
from network.events.small_forms import MessageForm, QuestionForm
from network.events.views.pages import form_page, go, managed_event, to_event, to_manage
from portal.design.components.finding import page_numbers
from portal.design.shapes import Link, SummaryItem
from portal.organisations.shapes import name_of
from portal.text import cell_text

PEOPLE_A_PAGE = 50
State = Registration.State
#: What can be asked for, each with the states in it.
FILTERS: dict[str, tuple[str, ...]] = {
    "aangemeld": (State.REGISTERED,),
    "wachtlijst": (State.OFFERED, State.WAITING),
    "weg": (State.CANCELLED, State.DECLINED, State.EXPIRED),
}


@require_safe
@for_members_of_the_portal
def event_manage(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes, who waits and who doesn't come any more; with ticks for who was there once it began."""
    event, at = managed_event(request, pk), timezone.now()
    wanted = request.GET.get("staat", "")
    wanted = wanted if wanted in FILTERS else "aangemeld"
    numbers = _numbers(event)
    rows = Registration.objects.filter(event=event, state__in=FILTERS[wanted])
    rows = (
        rows.select_related("user")
        .prefetch_related(
            "answers__question",
            Prefetch("removals", Removal.objects.filter(ended_at=None), "standing_removals"),
        )
        .order_by("queued_at", "pk")
    )
    paginator = Paginator(rows, PEOPLE_A_PAGE)
    number = page_number(request, paginator)

    def url_for(page: int) -> str:
        return f"{request.path}?{urlencode({'staat': wanted, 'pagina': str(page)})}"

    context = {
        "event": event,
        "facts": [
            SummaryItem(term=_("Wanneer"), text=f"{day_text(event.starts_at)}, {hours_text(event)}"),
            SummaryItem(term=_("Plaatsen"), text=places_text(event)),
        ],
        "tabs": _tabs(request.path, wanted, numbers),
        "rows": [_row(each) for each in paginator.page(number)],
        "takes_attendance": wanted == "aangemeld"
        and event.state == Event.State.PLANNED
        and event.starts_at <= at,
        "wanted": wanted,
        "pages": page_numbers(number, paginator.num_pages, url_for) if paginator.num_pages > 1 else None,
        "may_remove": event.starts_at > at,
        "may_change": rules.can_change(event, at),
        "may_publish": rules.can_publish(event, at),
        "may_cancel": rules.can_cancel(event, at),
        "breadcrumb": breadcrumb(*to_event(event)),
        "robots": "noindex",
    }
    return render(request, "events/manage.html", context)


def _numbers(event: Event) -> dict[str, int]:
    states = list(Registration.objects.filter(event=event).order_by().values_list("state", flat=True))
    return {name: sum(each in inside for each in states) for name, inside in FILTERS.items()}


def _tabs(path: str, wanted: str, numbers: dict[str, int]) -> list[Link]:
    words = {"aangemeld": _("Aangemeld"), "wachtlijst": _("Wachtlijst"), "weg": _("Afgemeld")}
    return [
        Link(label=words[name], url=f"{path}?staat={name}", text=str(number), current=name == wanted)
        for name, number in numbers.items()
    ]


def _row(row: Any) -> dict[str, Any]:
    answers = [f"{each.question.label}: {each.text}" for each in row.answers.all() if each.text]
    since = local(row.queued_at)
    return {
        "pk": row.pk,
        "name": name_of(row.user),
        "is_removed": bool(row.standing_removals),
        "email": row.user.email,
        "state": str(row.get_state_display()) if row.state != State.REGISTERED else "",
        "answers": answers,
        "since": since,
        "attended": row.attended,
    }


@require_safe
@for_members_of_the_portal
def registration_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes and who waits, as CSV; what somebody wrote is never a formula."""
    event = managed_event(request, pk)
    questions = list(EventQuestion.objects.filter(event=event))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    head = ["naam", "e-mailadres", "staat", "sinds", "was er", *(each.label for each in questions)]
    writer.writerow([cell_text(cell) for cell in head])
    rows = Registration.objects.filter(event=event).select_related("user").prefetch_related("answers")
    words = {None: "", True: _("ja"), False: _("nee")}
    for row in rows.order_by("state", "queued_at", "pk"):
        given = {each.question_id: each.text for each in row.answers.all()}
        cells = [row.user.name, row.user.email, str(row.get_state_display())]
        cells += [f"{local(row.queued_at):%Y-%m-%d %H:%M}", words[row.attended]]
        cells += [given.get(each.pk, "") for each in questions]
        writer.writerow([cell_text(cell) for cell in cells])
    response = HttpResponse(out.getvalue().encode(), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="aanmeldingen-{event.pk}.csv"'
    return response


@require_POST
@for_members_of_the_portal
def attendance_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the people on this page, who was there."""
    event = managed_event(request, pk)

    def numbers(name: str) -> list[int]:
        sent = request.POST.getlist(name)[: PEOPLE_A_PAGE * 2]
        return [int(each) for each in sent if each.isascii() and each.isdecimal() and len(each) < 10]

    try:
        there = services.note_attendance(
            event, listed=numbers("getoond"), present=numbers("aanwezig"), by=person(request)
        )
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("%(number)s persoon was er.", "%(number)s mensen waren er.", there) % {
            "number": there
        }
        messages.success(request, said)
    return go("manage", event.pk)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def message_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Says first how many people get it, then sends it."""
    event = managed_event(request, pk)
    form = MessageForm(posted(request))
    extra: dict[str, Any] = {}
    button = _("Bekijk het en hoeveel mensen het krijgen")
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            number = services.how_many(event, given["group"], by=person(request))
            words = ngettext("%(number)s persoon", "%(number)s mensen", number) % {"number": number}
            try:
                if request.POST.get("actie") == "verstuur":
                    notice = services.send_message(
                        event, by=person(request), address=address_of_client(request), **given
                    )
                    return _sent(request, event, notice.told)
            except services.NotAllowed:
                raise
            except services.Refused as refused:
                form.add_error(None, str(refused))
            extra = {"preview": as_html(given["text"]), "send_to": words if number else ""}
            button = _("Bekijk het opnieuw")
        form.renew_token()
    return form_page(
        request,
        form,
        heading=_("Stuur een bericht aan wie komt"),
        lead=_("Het komt in hun meldingen en per mail, en staat op de pagina van de bijeenkomst."),
        button=button,
        trail=to_manage(event),
        template="message",
        **extra,
    )


def _sent(request: HttpRequest, event: Event, number: int) -> HttpResponse:
    said = ngettext(
        "Je bericht gaat naar %(number)s persoon.", "Je bericht gaat naar %(number)s mensen.", number
    )
    messages.success(request, said % {"number": number})
    return go("manage", event.pk)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def question_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What who registers is asked, with a form for one more."""
    event = managed_event(request, pk)
    form = QuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_question(event, by=person(request), **form.cleaned_data)
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("De vraag staat bij het aanmelden."))
            return go("questions", event.pk)
    items = [
        {
            "pk": each.pk,
            "title": each.label,
            "text": ", ".join(each.choices) if each.choices else str(each.get_kind_display()),
            "url": reverse("events:question-remove", args=[event.pk, each.pk]),
        }
        for each in event.questions.all()
    ]
    return form_page(
        request,
        form,
        heading=_("Vragen bij het aanmelden"),
        lead=_("Wie zich aanmeldt, beantwoordt deze vragen. Haal je er een weg, dan gaan de antwoorden mee."),
        button=_("Voeg de vraag toe"),
        trail=to_manage(event),
        template="additions",
        items=items,
    )


@require_POST
@for_members_of_the_portal
def question_remove(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    event = managed_event(request, pk)
    services.remove_question(event, question=question, by=person(request))
    messages.success(request, _("De vraag is weg."))
    return go("questions", event.pk)
