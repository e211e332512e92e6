"""Events as people meet them: the agenda, one event, registering with a click or with questions, organising."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import uuid
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from network.events.clock import local
from network.events.models import Event, EventMaterial, EventNotice, Registration
from network.events.services import add_question, begin_talk, cancel_event, register
from portal.accounts.models import User
from portal.notifications.models import Notification
from portal.organisations.models import Membership
from tests.factories.taxonomy import CoropFactory, DivisionFactory, ThemeFactory
from tests.network.conversations.conftest import known
from tests.network.ecosystems.conftest import Circle, change, company, person, read, send
from tests.network.events.conftest import DAY, HOUR, address, plan, states, told
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
TITLE = re.compile(r'event-list__title"><a[^>]*>([^<]*)<')


def titles_in(page: str) -> list[str]:
    return TITLE.findall(page)


def form_of(**values: Any) -> dict[str, Any]:
    """What somebody fills in: in May, at two."""
    given = {
        "token": uuid.uuid4(),
        "title": "Borden maken",
        "kind": "workshop",
        "text": "Je maakt een bord en neemt dat mee naar je eigen werkplaats.",
        "audience": "ecosystem",
        "day": "2031-05-08",
        "start": "14:00",
        "end": "16:00",
        "place": "Utrecht",
        "offer_hours": "24",
    }
    return {**given, **values}


# --- the agenda


def test_the_agenda_is_narrowed_and_what_was_stands_apart(members: Circle, staff: User) -> None:
    theme, metal = ThemeFactory.create(slug="planning", name="Planning"), DivisionFactory.create()
    region = CoropFactory.create()
    may = datetime.datetime(
        2031, 5, 31, 21, 30, tzinfo=datetime.UTC
    )  # half past eleven at night, the last of May
    with transaction.atomic():
        plan(staff, title="Voor allen", themes=[theme], starts_at=may)
        plan(staff, title="Op afstand", is_online=True, kind="webinar", starts_at=may + HOUR, sectors=[metal])
        plan(members.host, members.kring, title="Onder ons", region=region)
        plan(staff, title="Voor leden", audience="members")
        plan(staff, title="Nog niet af", publish=False)
        past = plan(staff, title="Geweest")
        Event.objects.filter(pk=past.pk).update(
            starts_at=timezone.now() - 2 * DAY, ends_at=timezone.now() - DAY
        )
    found = {
        "": ["Onder ons", "Voor leden", "Voor allen", "Op afstand"],
        "?thema=planning": ["Voor allen"],
        "?soort=webinar": ["Op afstand"],
        "?online=on": ["Op afstand"],
        "?sector=25": ["Op afstand"],
        f"?regio={region.code}": ["Onder ons"],
        "?maand=2031-05": ["Voor allen"],
        "?maand=2031-06": ["Op afstand"],
        f"?ecosysteem={members.kring.slug}": ["Onder ons"],
        "?thema=geen&maand=onzin": ["Onder ons", "Voor leden", "Voor allen", "Op afstand"],
    }
    for query, titles in found.items():
        assert titles_in(read(members.anna, f"/bijeenkomsten/{query}")) == titles, query
    assert titles_in(read(members.anna, "/bijeenkomsten/voorbij/")) == ["Geweest"]
    assert titles_in(read(None, "/bijeenkomsten/")) == ["Voor allen", "Op afstand"]
    assert titles_in(read(members.outsider, "/bijeenkomsten/")) == ["Voor leden", "Voor allen", "Op afstand"]
    assert "ElektroKring" not in read(None, "/bijeenkomsten/") + read(members.outsider, "/bijeenkomsten/")
    assert "Nog niet af" in titles_in(read(staff, "/bijeenkomsten/"))
    for page in ("99", "0", "x"):
        read(members.anna, f"/bijeenkomsten/?pagina={page}", 404)


def test_an_empty_agenda_says_what_to_do(members: Circle) -> None:
    assert "voor iedereen" in read(None, "/bijeenkomsten/")
    assert "Er staat nu niets op de agenda" in read(members.anna, "/bijeenkomsten/")
    assert "Organiseer een bijeenkomst" not in read(members.anna, "/bijeenkomsten/")
    assert "Organiseer een bijeenkomst" in read(members.host, "/bijeenkomsten/")
    assert "Geen bijeenkomsten met deze filters" in read(members.anna, "/bijeenkomsten/?soort=webinar")


# --- one event


def test_link_and_full_address_are_for_who_comes(members: Circle) -> None:
    event = plan(members.host, members.kring, is_online=True)
    secrets = ("Voorbeeldstraat 1", "geheime-kamer")
    page = read(members.anna, address(event))
    assert "Utrecht" in page and not any(each in page for each in secrets)
    assert not any(each in read(members.anna, address(event, "agenda.ics")) for each in secrets)
    assert "Je bent aangemeld" in send(members.anna, address(event, "aanmelden/"))
    for path in ("", "agenda.ics"):
        shown = read(members.anna, address(event, path)).replace("\r\n ", "")
        assert all(each in shown for each in secrets), path
    read(None, address(event), 404)
    read(members.outsider, address(event), 404)


def test_one_click_in_and_one_click_out(members: Circle) -> None:
    event = plan(members.host, members.kring, capacity=1)
    assert "Meld me aan" in read(members.anna, address(event))
    send(members.anna, address(event, "aanmelden/"))
    assert "de enige plek is bezet" in read(members.bram, address(event))
    assert "Je staat op de wachtlijst" in send(members.bram, address(event, "aanmelden/"))
    assert "Je bent afgemeld" in send(members.anna, address(event, "afmelden/"))
    page = read(members.bram, address(event))
    assert "Er is een plek voor jou" in page and "Ik kom" in page
    assert "De plek is van jou" in send(members.bram, address(event, "plek/"), plek="ja")
    assert states(event) == {"Anna": "cancelled", "Bram": "registered"}
    # Who lost sight of it can still withdraw, and comes out on the agenda.
    Participation.objects.filter(user=members.bram).update(ended_at=timezone.now())
    assert "Je bent afgemeld" in send(members.bram, address(event, "afmelden/"))
    read(members.guest, address(event, "afmelden/"), 405)


def test_questions_keep_what_was_typed(members: Circle) -> None:
    event = plan(members.host, members.kring)
    size = add_question(event, label="Maat", kind="choice", options="S\nM", is_required=True, by=members.host)
    diet = add_question(event, label="Wat eet je?", kind="text", by=members.host)
    page = read(members.anna, address(event))
    assert f'href="{address(event, "aanmelden/")}"' in page
    given = {f"vraag-{diet.pk}": "Geen noten"}
    again = send(members.anna, address(event, "aanmelden/"), **given)
    assert "Beantwoord deze vraag" in again and "Geen noten" in again
    assert states(event) == {}
    send(members.anna, address(event, "aanmelden/"), **given, **{f"vraag-{size.pk}": "M"})
    assert "Geen noten" in read(members.host, address(event, "beheer/"))


def test_who_comes_is_for_who_comes(members: Circle) -> None:
    event = plan(members.host, members.kring)
    register(event, by=members.anna)
    read(members.bram, address(event, "deelnemers/"), 404)
    assert "1 persoon komt" in read(members.anna, address(event, "deelnemers/"))
    assert "1 persoon komt" in read(members.host, address(event, "deelnemers/"))
    # Who left is in no list any more, whatever the job did.
    register(event, by=members.bram)
    row = Participation.objects.get(ecosystem=members.kring, user=members.bram, ended_at=None)
    end_participation(row, by=members.host)
    assert "1 persoon komt" in read(members.anna, address(event, "deelnemers/"))


def test_search_engines_hear_of_what_is_for_everybody_alone(members: Circle, staff: User) -> None:
    public, private = plan(staff, capacity=4), plan(members.host, members.kring)
    data = re.search(r'application/ld\+json">(.*?)</script>', read(None, address(public)))
    assert data is not None
    told_them = json.loads(data[1])
    assert told_them["@type"] == "BusinessEvent"
    assert datetime.datetime.fromisoformat(told_them["startDate"]) == public.starts_at
    assert "geheime-kamer" not in data[1] and "Voorbeeldstraat" not in data[1]
    assert "ld+json" not in read(members.anna, address(private))
    assert 'content="noindex' in read(members.anna, address(private))


def test_talking_begins_when_the_event_does(members: Circle) -> None:
    event = plan(members.host, members.kring)
    assert "Praat na" not in read(members.anna, address(event))
    read(members.anna, address(event, "praat-mee/"), 404)
    Event.objects.filter(pk=event.pk).update(
        starts_at=timezone.now() - 3 * HOUR, ends_at=timezone.now() - HOUR
    )
    assert "Schrijf als eerste" in read(members.anna, address(event))
    page = send(
        members.anna, address(event, "praat-mee/"), token=uuid.uuid4(), text="Morgen hangt ons bord er."
    )
    assert "Morgen hangt ons bord er." in page and "Napraten" in page
    talk = Event.objects.get(pk=event.pk).conversation
    assert talk is not None and talk.ecosystem == members.kring
    # Who comes second answers, also with a form that was opened before.
    send(members.bram, address(event, "praat-mee/"), token=uuid.uuid4(), text="Bij ons ook, in de hal.")
    assert talk.posts.count() == 2
    assert "Lees de 2 berichten" in read(members.anna, address(event))
    read(members.outsider, talk.get_absolute_url(), 404)


# --- organising


def test_from_draft_to_agenda(members: Circle) -> None:
    page = read(members.host, f"/bijeenkomsten/nieuw/?voor={members.kring.slug}")
    assert "Organiseer een bijeenkomst" in page
    values = form_of(organiser=f"ecosysteem:{members.kring.slug}", capacity="8", closes_day="2031-05-01")
    assert "Dit is een concept" in send(members.host, "/bijeenkomsten/nieuw/", **values)
    event = Event.objects.get()
    assert local(event.starts_at).isoformat() == "2031-05-08T14:00:00+02:00"
    assert event.closes_at is not None and local(event.closes_at).isoformat() == "2031-05-02T00:00:00+02:00"
    read(members.anna, address(event), 404)
    # The same form again is the same event.
    send(members.host, "/bijeenkomsten/nieuw/", **values)
    assert Event.objects.count() == 1
    assert "Het staat op de agenda" in send(members.host, address(event, "op-de-agenda/"))
    assert "nog 8 plekken van de 8" in read(members.anna, address(event))
    assert "tot en met 1 mei 2031" in read(members.anna, address(event))


WRONG: list[tuple[dict[str, str], str]] = [
    ({"title": ""}, "Geef je bericht een titel"),
    ({"day": "morgen"}, "Schrijf de dag als"),
    ({"end": "13:00"}, "eindigt voordat ze begint"),
    ({"day": "2020-01-01"}, "al voorbij"),
    ({"day": "2031-03-30", "start": "02:30", "end": "05:00"}, "Deze tijd bestaat niet"),
    ({"day": "2031-10-26", "start": "02:30", "end": "05:00"}, "komt die nacht twee keer voor"),
    ({"closes_day": "2031-05-09"}, "Aanmelden kan tot het begin"),
    ({"online_url": "javascript:alert(1)"}, "Schrijf het hele adres"),
    ({"capacity": "0"}, "Schrijf een getal vanaf 1"),
    ({"capacity": "99999999999999999999"}, "hoogstens 5000"),
    ({"audience": "nobody"}, "Kies uit de lijst"),
    ({"day": "9999-12-31", "closes_day": "9999-12-31"}, "Kies een eerdere dag"),
]


def test_what_is_wrong_is_said_and_what_was_typed_stays(members: Circle) -> None:
    browser = browser_of(members.host)
    for values, sentence in WRONG:
        sent = form_of(organiser=f"ecosysteem:{members.kring.slug}", **values)
        page = unescape(browser.post("/bijeenkomsten/nieuw/", sent).content.decode())
        assert sentence in page, values
        assert "neemt dat mee naar je eigen werkplaats" in page
    assert not Event.objects.exists()


def test_of_an_hour_that_comes_twice_one_chooses(members: Circle) -> None:
    night = form_of(
        organiser=f"ecosysteem:{members.kring.slug}", day="2031-10-26", start="02:30", end="02:45"
    )
    page = send(members.host, "/bijeenkomsten/nieuw/", **night)
    assert "start_which" in page and "end_which" in page and "al wintertijd" in page
    send(members.host, "/bijeenkomsten/nieuw/", **night, start_which="eerste", end_which="tweede")
    event = Event.objects.get()
    assert event.ends_at - event.starts_at == datetime.timedelta(minutes=75)
    shown = read(members.host, address(event))
    assert "02:30 (zomertijd) tot 02:45 (wintertijd)" in shown
    # The form shows what was chosen, and saving it changes nothing.
    form = read(members.host, address(event, "wijzig/"))
    assert form.count("start_which") > 1
    assert "start_which" not in read(members.host, "/bijeenkomsten/nieuw/")


def test_who_saves_an_older_form_sees_both(members: Circle) -> None:
    event = plan(members.host, members.kring)
    values = form_of(version=event.version, title="Van de eerste")
    del values["audience"]
    assert "Het is gewijzigd" in send(members.host, address(event, "wijzig/"), **values)
    page = send(members.host, address(event, "wijzig/"), **{**values, "title": "Van de tweede"})
    assert "Iemand anders wijzigde dit intussen" in page
    assert "Van de tweede" in page and "8 mei 2031" in page
    event.refresh_from_db()
    assert event.title == "Van de eerste"
    send(members.host, address(event, "wijzig/"), **{**values, "title": "Toch", "version": event.version})
    event.refresh_from_db()
    assert event.title == "Toch"


def test_a_copy_takes_over_everything_but_the_day(members: Circle) -> None:
    event = plan(members.host, members.kring, title="Elk jaar weer")
    add_question(event, label="Wat eet je?", kind="text", by=members.host)
    page = read(members.host, f"/bijeenkomsten/nieuw/?kopie={event.pk}")
    assert "Elk jaar weer" in page and f'name="kopie" value="{event.pk}"' in page
    assert f'value="{local(event.starts_at):%Y-%m-%d}"' not in page
    send(
        members.host, "/bijeenkomsten/nieuw/",
        **form_of(organiser=f"ecosysteem:{members.kring.slug}", title="Elk jaar weer", kopie=event.pk),
    )  # fmt: skip
    copy = Event.objects.get(state="draft")
    assert [each.label for each in copy.questions.all()] == ["Wat eet je?"]
    assert "Elk jaar weer" not in read(members.anna, "/bijeenkomsten/nieuw/", 404)


def test_who_may_organise(members: Circle, staff: User) -> None:
    branch = company("Metaalbond", members.bram, role="editor")
    branch.kind = "branch-organisation"
    branch.save(update_fields=["kind"])
    for who, status in ((members.anna, 404), (members.host, 200), (members.bram, 200), (staff, 200)):
        read(who, "/bijeenkomsten/nieuw/", status)
    event = plan(members.bram, branch)
    assert "Metaalbond" in read(None, address(event))
    read(members.bram, address(event, "beheer/"))
    for who in (members.host, members.anna):
        for path in ("beheer/", "wijzig/", "bericht/", "aanmeldingen.csv", "vragen/", "materiaal/"):
            read(who, address(event, path), 404)
    # Who is no editor any more organises nothing.
    Membership.objects.filter(user=members.bram, organisation=branch).update(role="member")
    read(members.bram, address(event, "beheer/"), 404)


def test_a_message_says_first_how_many_people_get_it(members: Circle) -> None:
    event = plan(members.host, members.kring)
    for each in (members.anna, members.bram):
        register(event, by=each)
    given = {
        "token": uuid.uuid4(),
        "group": "aangemeld",
        "subject": "Parkeren",
        "text": "Parkeer **achter**.",
    }
    page = send(members.host, address(event, "bericht/"), **given)
    assert "Dit bericht gaat naar 2 mensen" in page and "<strong>achter</strong>" in page
    assert not EventNotice.objects.exists()
    for _time in range(2):
        assert "Je bericht gaat naar 2 mensen" in send(
            members.host, address(event, "bericht/"), **given, actie="verstuur"
        )
    notice = EventNotice.objects.get()
    assert told("message", notice.pk) == {"Anna", "Bram"}
    assert "Bericht over “Plannen op de werkvloer”: Parkeren" in read(members.anna, "/meldingen/")
    assert "<strong>achter</strong>" in read(members.anna, address(event))
    assert "Parkeren" not in read(members.guest, address(event))
    nobody = send(members.host, address(event, "bericht/"), **{**given, "group": "wachtlijst"})
    assert "Er is nu niemand die dit krijgt" in nobody


def test_attendance_material_and_the_list_as_a_file(members: Circle) -> None:
    event = plan(members.host, members.kring)
    User.objects.filter(pk=members.anna.pk).update(name="=SOM(A1)")
    question = add_question(event, label="+Wat eet je?", kind="text", by=members.host)
    anna = register(event, by=members.anna, answers={question.pk: "@niets"})
    bram = register(event, by=members.bram)
    rows = list(csv.reader(io.StringIO(read(members.host, address(event, "aanmeldingen.csv")))))
    assert rows[0][-1] == "'+Wat eet je?"
    assert sorted((row[0], row[-1]) for row in rows[1:]) == [("'=SOM(A1)", "'@niets"), ("Bram", "")]
    assert "nog niet begonnen" in send(members.host, address(event, "aanwezig/"), getoond=[anna.pk])
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - HOUR)
    page = read(members.host, address(event, "beheer/"))
    assert page.count('type="checkbox"') == 2
    send(members.host, address(event, "aanwezig/"), getoond=[anna.pk, bram.pk, "x"], aanwezig=[bram.pk])
    assert dict(Registration.objects.values_list("user__name", "attended")) == {
        "=SOM(A1)": False,
        "Bram": True,
    }
    given = {"title": "Dia's", "url": "https://voorbeeld.example/dias", "token": uuid.uuid4()}
    page = send(members.host, address(event, "materiaal/"), **given)
    assert "Dia's" in page
    notice = event.notices.get(kind="material")
    assert told("material", notice.pk) == {"=SOM(A1)", "Bram"}
    assert "https://voorbeeld.example/dias" in read(members.bram, address(event))
    assert "https://voorbeeld.example/dias" not in read(members.guest, address(event))
    material = event.materials.get()
    send(members.host, address(event, f"materiaal/{material.pk}/weg/"))
    assert not event.materials.exists()
    send(members.host, address(event, f"vragen/{question.pk}/weg/"))
    assert not event.questions.exists()


def test_cancelling_tells_everybody_and_stays_to_be_read(members: Circle) -> None:
    event = plan(members.host, members.kring)
    register(event, by=members.anna)
    assert "1 persoon hoort het" in read(members.host, address(event, "afzeggen/"))
    send(members.host, address(event, "afzeggen/"), reason="De zaal is weg.")
    page = read(members.anna, address(event))
    assert "gaat niet door" in page and "De zaal is weg." in page and "Meld me aan" not in page
    assert "gaat niet door" in read(members.anna, "/meldingen/")
    assert "Gaat niet door" in read(members.anna, "/mijn/")
    draft = plan(members.host, members.kring, publish=False, title="Weg hiermee")
    send(members.host, address(draft, "concept-weg/"))
    with pytest.raises(ObjectDoesNotExist):
        draft.refresh_from_db()


def test_what_a_new_organiser_writes_waits_for_a_moderator(circle: Circle) -> None:
    values = form_of(
        organiser=f"ecosysteem:{circle.kring.slug}",
        text="Koop nu https://a.example https://b.example https://c.example https://d.example",
    )
    send(circle.host, "/bijeenkomsten/nieuw/", **values)
    event = Event.objects.get()
    assert "Een moderator kijkt" in send(circle.host, address(event, "op-de-agenda/"))
    read(circle.anna, address(event), 404)
    assert titles_in(read(circle.anna, "/bijeenkomsten/")) == []


def test_an_event_can_be_reported(members: Circle) -> None:
    event = plan(members.host, members.kring, title="Kwartelmiddag")
    way = f"/melden/event/{event.pk}/"
    assert way in read(members.anna, address(event))
    assert "Kwartelmiddag" in read(members.anna, way)
    read(members.outsider, way, 404)


def test_in_the_home_of_an_ecosystem_and_on_ones_own_page(members: Circle) -> None:
    event = plan(members.host, members.kring, title="Kwartelmiddag")
    home = read(members.anna, f"/ecosystemen/{members.kring.slug}/")
    assert "Kwartelmiddag" in titles_in(home) and "Organiseer een bijeenkomst" not in home
    assert "Organiseer een bijeenkomst" in read(members.host, f"/ecosystemen/{members.kring.slug}/")
    assert "Kwartelmiddag" not in read(members.anna, "/mijn/")
    register(event, by=members.anna)
    assert "Kwartelmiddag" in read(members.anna, "/mijn/")
    change(members.kring, closed_at=timezone.now())
    assert "Organiseer een bijeenkomst" not in read(members.host, f"/ecosystemen/{members.kring.slug}/")


# --- how much work

# Of the menu; kept by every process until something is published, but never within a test's own transaction.
KEPT = ('"wagtailcore_', '"pages_navigationsettings"')


def queries_of(reader: User | None, path: str) -> int:
    Notification.objects.update(
        seen_at=timezone.now(), mail_due_at=None
    )  # the header's count is another room's
    browser = browser_of(reader)
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len([each for each in captured if not any(name in each["sql"] for name in KEPT)])


def fill(members: Circle, event: Event, begin: int, end: int) -> None:
    """People who come and who wait, material, and other events; as rows, since making them is asked elsewhere."""
    theme = ThemeFactory.create(slug="planning", name="Planning")
    numbers = range(begin, end)
    with transaction.atomic():
        people = [User.objects.create(email=f"komt{each}@voorbeeld.example") for each in numbers]
        rows = [Registration(event=event, user=each) for each in people]
        Registration.objects.bulk_create(rows)
        Event.objects.filter(pk=event.pk).update(taken=Registration.objects.filter(event=event).count())
        known = {
            name: getattr(event, name) for name in ("ecosystem", "starts_at", "ends_at", "audience", "state")
        }
        others = [Event(title=f"Nummer {each}", text="x", place="Utrecht", **known) for each in numbers]
        Event.objects.bulk_create(others)
        for each in others:
            each.themes.add(theme)
        links = [
            EventMaterial(event=event, title="Dia", url=f"https://voorbeeld.example/{n}") for n in numbers
        ]
        EventMaterial.objects.bulk_create(links)
        EventNotice.objects.bulk_create(
            EventNotice(event=event, kind="message", subject="Parkeren", text="Achter.") for _n in numbers
        )


def test_pages_cost_the_same_with_three_and_twenty_five(members: Circle) -> None:
    event = plan(members.host, members.kring, audience="public", capacity=50)
    add_question(event, label="Wat eet je?", kind="text", by=members.host)
    register(event, by=members.anna)
    here = {
        None: ["/bijeenkomsten/", address(event)],
        members.anna: ["/bijeenkomsten/", address(event), address(event, "deelnemers/")],
        members.bram: [address(event, "aanmelden/")],
        members.host: [
            address(event, "beheer/"), address(event, "wijzig/"), "/bijeenkomsten/nieuw/", address(event, "bericht/"),
        ],
    }  # fmt: skip
    asked = [(who, path) for who, paths in here.items() for path in paths]
    fill(members, event, 0, 3)
    few = {(who, path): queries_of(who, path) for who, path in asked}
    fill(members, event, 3, 25)
    many = {(who, path): queries_of(who, path) for who, path in asked}
    assert few == many
    assert {each: number for each, number in many.items() if number > 12} == {}


def test_talking_costs_the_same_with_three_and_ten(members: Circle) -> None:
    event = plan(members.host, members.kring, audience="public")
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - 3 * HOUR)
    counts = []
    for begin, end in ((0, 3), (3, 10)):
        with transaction.atomic():
            for number in range(begin, end):
                writer = person(f"prater{number}")
                known(writer)
                word = chr(97 + number) * 6
                begin_talk(event, by=writer, text=f"Wij gaan het {word} doen.", token=uuid.uuid4())
        talk = Event.objects.get(pk=event.pk).conversation
        assert talk is not None
        counts.append(queries_of(members.anna, talk.get_absolute_url()))
        assert queries_of(members.anna, address(event)) <= 12
    assert counts[0] == counts[1] <= 15, counts


def test_a_cancelled_event_is_in_no_statistics_of_attendance(members: Circle) -> None:
    event = plan(members.host, members.kring)
    row = register(event, by=members.anna)
    cancel_event(event, by=members.host)
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - HOUR)
    send(members.host, address(event, "aanwezig/"), getoond=[row.pk], aanwezig=[row.pk])
    row.refresh_from_db()
    assert row.attended is None
