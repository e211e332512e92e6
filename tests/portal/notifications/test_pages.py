"""The list, the number in the header, the own page, and the choice of how often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from portal.notifications.context_processors import notifications
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.mailing import mail_due
from portal.notifications.models import Notification, Preference
from portal.notifications.services import frequencies_of, mark_all_seen, mark_seen, notify, turn_off_mail
from portal.notifications.times import PAUSE
from tests.factories.pages import Portal
from tests.portal.notifications.conftest import CANARY, FRIDAY, NEWS, REPLY, hide, mails_to, read, show, tell
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db
Maker = Callable[..., Ecosystem]
PREFERENCES = "/account/meldingen/"


def soup(user: User | None, path: str = "/meldingen/") -> BeautifulSoup:
    return BeautifulSoup(read(user, path), "html.parser")


def in_header(user: User | None, path: str = "/meldingen/") -> list[str]:
    links = soup(user, path).select(".site-header__account a")
    return [" ".join(link.get_text().split()) for link in links]


def test_who_has_nothing_reads_what_will_come_here(reader: User) -> None:
    page = read(reader)
    assert "Nog geen meldingen" in page
    assert "een antwoord op je vraag" in page
    assert "Alles gezien" not in page
    assert in_header(reader) == ["Meldingen", "Mijn omgeving"]


def test_what_is_new_stands_first_and_each_by_day(reader: User, ecosystem: Maker) -> None:
    now = timezone.now()
    tell(reader, ecosystem("Oud gezien"), at=FRIDAY)
    mark_seen(reader, Notification.objects.all())
    tell(reader, ecosystem("Oud nieuw"), at=FRIDAY)
    tell(reader, ecosystem("Vandaag"), at=now)
    page = soup(reader)
    main = page.select_one("main")
    assert main is not None
    heads = [head.get_text() for head in main.select("h2, h3")]
    assert heads == ["Nieuw", "Vandaag", "20 november 2026", "Al gezien", "20 november 2026"]
    links = [link.get_text() for link in main.select(".notification-list a")]
    assert links == ["Er is nieuws van Vandaag", "Er is nieuws van Oud nieuw", "Er is nieuws van Oud gezien"]
    assert len(main.select(".notification-list__item--new")) == 2


def test_looking_changes_nothing(reader: User, ecosystem: Maker) -> None:
    tell(reader, ecosystem())
    read(reader)
    assert in_header(reader) == ["Meldingen 1", "Mijn omgeving"]


def test_all_is_seen_by_a_button_but_not_what_came_meanwhile(reader: User, ecosystem: Maker) -> None:
    tell(reader, ecosystem("Een"))
    field = soup(reader).select_one("input[name=tot]")
    assert field is not None
    tell(reader, ecosystem("Twee"))
    answer = browser_of(reader).post("/meldingen/gezien/", {"tot": field["value"]}, follow=True)
    assert "Alles staat op gezien." in answer.content.decode()
    assert Notification.objects.unseen().count() == 1
    browser_of(reader).post("/meldingen/gezien/", {"tot": "onzin"})
    assert not Notification.objects.unseen().exists()
    assert mail_due(FRIDAY + PAUSE) == 0  # who saw it needs no mail


def test_pages_of_twenty(reader: User, ecosystem: Maker) -> None:
    tell(reader, *[ecosystem(f"Kring {number}") for number in range(25)])
    assert len(soup(reader).select(".notification-list a")) == 20
    assert len(soup(reader, "/meldingen/?pagina=2").select(".notification-list a")) == 5
    read(reader, "/meldingen/?pagina=3", 404)
    read(reader, "/meldingen/?pagina=²", 404)
    assert in_header(reader) == ["Meldingen 20+", "Mijn omgeving"]


def test_on_ones_own_page(reader: User, ecosystem: Maker) -> None:
    assert "Er is niets nieuws." in read(reader, "/mijn/")
    tell(reader, ecosystem())
    assert "Er is nieuws van ElektroKring" in read(reader, "/mijn/")


def test_strangers_have_no_link_and_no_list(portal: Portal, reader: User) -> None:
    assert in_header(None, "/") == ["Inloggen"]
    assert browser_of(None).get("/meldingen/").headers["Location"].startswith("/inloggen/")


def test_what_one_may_no_longer_see_is_nowhere(portal: Portal, reader: User, ecosystem: Maker) -> None:
    """A canary that was there when they were told, and isn't now: no text, no number, no page more."""
    secret = ecosystem(CANARY, summary=f"Over de {CANARY}")
    others = [ecosystem(f"Kring {number}") for number in range(20)]
    tell(reader, *others, secret)
    everywhere = ("/", "/meldingen/", "/account/", "/mijn/", PREFERENCES, "/ecosystemen/")
    assert any(CANARY in read(reader, path) for path in everywhere)
    assert in_header(reader) == ["Meldingen 20+", "Mijn omgeving"]
    assert soup(reader).select_one(".pagination") is not None
    hide(secret)
    cache.clear()  # the number in the header is noted for a minute
    for path in everywhere:
        assert CANARY.lower() not in read(reader, path).lower()
    assert in_header(reader) == ["Meldingen 20", "Mijn omgeving"]
    assert soup(reader).select_one(".pagination") is None
    read(reader, "/meldingen/?pagina=2", 404)
    mail_due(FRIDAY + PAUSE)
    (mail,) = mails_to(reader)
    assert mail.subject == "20 nieuwe meldingen"
    assert CANARY.lower() not in f"{mail.text}{mail.html}".lower()


def test_a_kind_that_is_offered_no_more_shows_nothing(reader: User) -> None:
    Notification.objects.create(recipient=reader, kind="weg", object_id=1)
    assert "Nog geen meldingen" in read(reader)
    assert in_header(reader) == ["Meldingen", "Mijn omgeving"]


def test_a_fault_in_one_kind_leaves_other_pages_whole(reader: User) -> None:
    def show(user: User, rows: list[Notification]) -> dict[int, Shown]:
        raise RuntimeError("stuk")

    register(Kind("test-broken", "stuk", "", Frequency.OFF, show))
    notify("test-broken", recipients=[reader], object_id=1)
    assert in_header(reader, PREFERENCES) == ["Meldingen", "Mijn omgeving"]


@pytest.mark.parametrize("number", [3, 25])
@pytest.mark.parametrize(("path", "most"), [("/meldingen/", 10), ("/mijn/", 25), ("/ecosystemen/", 20)])
def test_a_page_asks_the_same_whatever_there_is(
    reader: User, ecosystem: Maker, path: str, most: int, number: int, django_assert_max_num_queries: Any
) -> None:
    tell(reader, *[ecosystem(f"Kring {each}") for each in range(number)])
    client = browser_of(reader)
    client.get(path)
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


def test_the_header_asks_once_a_minute_and_nothing_for_strangers(
    reader: User, ecosystem: Maker, django_assert_num_queries: Any
) -> None:
    template = Template("{% for link in account_links %}{{ link.label }}{{ link.text }} {% endfor %}")

    def header(user: Any, queries: int) -> str:
        request = RequestFactory().get("/")
        request.user = user
        with django_assert_num_queries(queries):
            return template.render(Context(notifications(request)))

    assert header(AnonymousUser(), 0) == "Inloggen "
    cache.clear()
    assert header(reader, 1) == "Meldingen Mijn omgeving "
    assert header(reader, 0) == "Meldingen Mijn omgeving "
    kring = ecosystem()
    tell(reader, kring)
    assert header(reader, 2) == "Meldingen1 Mijn omgeving "  # and one for what that kind shows
    assert header(reader, 0) == "Meldingen1 Mijn omgeving "
    hide(kring)
    cache.clear()  # a minute later
    assert header(reader, 2) == "Meldingen Mijn omgeving "
    mark_all_seen(reader)
    assert header(reader, 1) == "Meldingen Mijn omgeving "


# --- how often


def test_a_choice_is_kept_and_what_waits_follows(reader: User, ecosystem: Maker) -> None:
    tell(reader, ecosystem())
    page = soup(reader, PREFERENCES)
    chosen = {
        each["name"]: option["value"]
        for each in page.select("main select")
        if (option := each.select_one("option[selected]"))
    }
    assert chosen == {NEWS: "direct", REPLY: "daily"}
    answer = browser_of(reader).post(PREFERENCES, {NEWS: "off", REPLY: "weekly"}, follow=True)
    assert "Je keuze is bewaard." in answer.content.decode()
    assert frequencies_of(reader) == {NEWS: "off", REPLY: "weekly"}
    assert mail_due(FRIDAY + PAUSE) == 0
    browser_of(reader).post(PREFERENCES, {NEWS: "direct", REPLY: "weekly"})
    assert mail_due(FRIDAY + timedelta(days=30)) == 0  # what was off is not mailed afterwards


def test_a_strange_choice_is_refused_in_words(reader: User) -> None:
    page = unescape(browser_of(reader).post(PREFERENCES, {NEWS: "elk uur", REPLY: "weekly"}).content.decode())
    assert "Kies meteen, elke dag, elke week of niet." in page
    assert "<title>Fout: " in page
    assert BeautifulSoup(page, "html.parser").select_one(f"#id_{REPLY} option[value=weekly][selected]")
    assert not Preference.objects.exists()


@pytest.mark.parametrize("values", [{"actie": "alles-uit"}, {NEWS: "off", REPLY: "off"}])
def test_all_off_holds_for_kinds_that_come_later(
    reader: User, ecosystem: Maker, values: dict[str, str]
) -> None:
    browser_of(reader).post(PREFERENCES, values)
    register(Kind("test-later", "later", "", Frequency.DIRECT, show))
    assert set(frequencies_of(reader).values()) == {"off"}
    tell(reader, ecosystem(), kind="test-later")
    assert not Notification.objects.filter(mail_due_at__isnull=False).exists()
    browser_of(reader).post(PREFERENCES, {NEWS: "direct", REPLY: "off", "test-later": "daily"})
    assert frequencies_of(reader) == {NEWS: "direct", REPLY: "off", "test-later": "daily"}
    assert not Preference.objects.filter(kind="").exists()


def test_one_kind_off_leaves_the_others(reader: User) -> None:
    turn_off_mail(reader, kind=NEWS)
    assert frequencies_of(reader) == {NEWS: "off", REPLY: "daily"}
