"""From a search in a browser to what editors read, and what is forgotten."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from time_machine import Traveller, travel

from portal.accounts.models import User
from portal.pages.staff import EDITORS, setup_staff
from search.indexing.relay import relay_all
from search.journal import services, spool
from search.journal.models import JournalDay, Phrase, PhraseDay, PlaceClicks, StoredFile, Verdict, Visit
from tests.factories.pages import Portal, make_case
from tests.search.steering.conftest import promote

BROWSER = {"User-Agent": "Mozilla/5.0"}


CLOCK: list[Traveller] = []


@pytest.fixture(autouse=True)
def _spool(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A journal of its own, at noon, on a clock that `store` moves."""
    settings.SEARCH_JOURNAL_DIR = tmp_path / "journal"
    with at(timezone.now().replace(hour=12)):
        yield


@contextlib.contextmanager
def at(moment: datetime) -> Iterator[None]:
    with travel(moment, tick=False) as clock:
        CLOCK.append(clock)
        yield
        CLOCK.pop()


def visitor(number: int) -> Client:
    return Client(REMOTE_ADDR=f"192.0.2.{number}", headers=BROWSER)


def search(client: Client, text: str, **values: str) -> str:
    response = client.get("/zoeken/", {"q": text, **values})
    assert response.status_code == 200
    return response.content.decode()


def signed_in(html: str) -> str:
    found = re.search(r'data-query="([^"]+)"', html) or re.search(r'name="zoekvraag" value="([^"]+)"', html)
    assert found is not None
    return found.group(1)


def store() -> int:
    """What the worker does a few minutes later."""
    CLOCK[-1].shift(timedelta(minutes=3))
    return services.store()


@pytest.fixture
def editor(portal: Portal) -> Client:
    setup_staff()
    user = User.objects.create_user("redactie@voorbeeld.nl", "een lang wachtwoord")
    user.groups.add(Group.objects.get(name=EDITORS))
    client = Client()
    client.force_login(user)
    return client


def report(editor: Client, **values: str) -> str:
    response = editor.get("/beheer/rapporten/zoekvragen/", values)
    assert response.status_code == 200
    return response.content.decode()


def test_searching_writes_nothing_in_the_database_until_the_worker_does(portal: Portal) -> None:
    make_case(portal, "Voorraad verlagen")
    relay_all()
    for number in range(3):
        search(visitor(number), "voorraad")
    search(visitor(1), "Voorraad ")  # the same visit again
    assert not Phrase.objects.exists()
    assert store() == 1
    row = PhraseDay.objects.get(phrase__text="voorraad")
    assert (row.searches, row.visits, row.without_result) == (4, 3, 0)
    assert JournalDay.objects.get().searches == 4


def test_a_search_without_result_is_counted_as_such_but_not_when_a_filter_did_it(portal: Portal) -> None:
    make_case(portal, "Voorraad verlagen")
    relay_all()
    search(visitor(1), "glasvezelkabel")
    search(visitor(1), "voorraad", jaar="1950")
    store()
    assert PhraseDay.objects.get(phrase__text="glasvezelkabel").without_result == 1
    assert PhraseDay.objects.get(phrase__text="voorraad").without_result == 0


def test_a_query_with_somebodys_address_is_counted_without_its_text(portal: Portal, settings: Any) -> None:
    search(visitor(1), "jan@bedrijf.nl")
    spooled = "".join(path.read_text() for path in Path(settings.SEARCH_JOURNAL_DIR).glob("*.jsonl"))
    assert spooled  # something was noted,
    assert "jan" not in spooled  # but not who
    assert "192.0.2" not in spooled
    store()
    assert JournalDay.objects.get().searches == 1
    assert not Phrase.objects.exists()


def test_robots_are_not_counted(portal: Portal) -> None:
    search(Client(headers={"User-Agent": "Examplebot/2.1"}), "voorraad")
    search(visitor(1), "voorraad")
    store()
    assert JournalDay.objects.get().searches == 1


def test_editors_see_a_query_after_three_visits(portal: Portal, editor: Client) -> None:
    for number in (1, 2, 2, 2):
        search(visitor(number), "geheime zoekvraag")
    store()
    assert "geheime zoekvraag" not in report(editor, lijst="alle")
    search(visitor(3), "geheime zoekvraag")
    store()
    assert "geheime zoekvraag" in report(editor, lijst="alle")
    assert "geheime zoekvraag" in report(editor, lijst="zonder-resultaat")


def test_clicks_are_counted_by_place(portal: Portal, editor: Client) -> None:
    for number in range(32):
        make_case(portal, f"Voorraad verlagen {number}")
    relay_all()
    for number in range(3):
        client = visitor(number)
        signed = signed_in(search(client, "voorraad"))
        assert client.post("/zoeken/klik/", {"zoekvraag": signed, "plaats": "2"}).status_code == 204
    second = search(visitor(1), "voorraad", pagina="2")
    assert 'data-first="11"' in second
    store()
    clicks = PlaceClicks.objects.get()
    assert (clicks.place, clicks.clicks) == (2, 3)
    html = report(editor, lijst="alle")
    assert "100%" in html
    assert "2,0" in html


@pytest.mark.parametrize(
    "data",
    [
        {"zoekvraag": "voorraad", "plaats": "1"},
        {"zoekvraag": "", "plaats": "1"},
        {"plaats": "1"},
        {"zoekvraag": "x" * 5000, "plaats": "1"},
    ],
)
def test_a_click_on_what_was_not_searched_here_counts_nothing(portal: Portal, data: dict[str, str]) -> None:
    assert visitor(1).post("/zoeken/klik/", data).status_code == 204
    store()
    assert not JournalDay.objects.exists()


def test_clicks_on_what_editors_recommend_are_counted_apart(portal: Portal, editor: Client) -> None:
    case = make_case(portal, "Voorraad verlagen")
    relay_all()
    promote("voorraad", case)
    for number in range(3):
        client = visitor(number)
        page = search(client, "voorraad")
        assert 'data-place="0"' in page
        client.post("/zoeken/klik/", {"zoekvraag": signed_in(page), "plaats": "0"})
    store()
    clicks = PlaceClicks.objects.get()
    assert (clicks.place, clicks.clicks) == (0, 3)
    html = report(editor, lijst="alle")
    row = html[html.index("Kliks op aanbevolen") :]
    assert "0,0" not in row  # no place among the hits
    assert re.search(r"<td[^>]*>\s*3\s*</td>", row)


@pytest.mark.parametrize("place", ["-1", "101", "9999999999", "een", "", "²"])
def test_a_click_at_an_impossible_place_counts_nothing(portal: Portal, place: str) -> None:
    client = visitor(1)
    signed = signed_in(search(client, "voorraad"))
    client.post("/zoeken/klik/", {"zoekvraag": signed, "plaats": place})
    store()
    assert JournalDay.objects.get().clicks == 0


def test_another_site_can_send_no_clicks(portal: Portal) -> None:
    client = visitor(1)
    signed = signed_in(search(client, "voorraad"))
    data = {"zoekvraag": signed, "plaats": "1"}
    assert client.post("/zoeken/klik/", data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/zoeken/klik/", data, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 204
    store()
    assert JournalDay.objects.get().clicks == 1


def test_a_verdict_with_its_remark_reaches_the_editors(portal: Portal, editor: Client) -> None:
    client = visitor(1)
    signed = signed_in(search(client, "glasvezelkabel"))
    answer = client.post(
        "/zoeken/oordeel/",
        {"zoekvraag": signed, "oordeel": "nee", "opmerking": "Ik zocht iets over kabels."},
        follow=True,
    )
    assert answer.status_code == 200
    assert "Terug naar de resultaten" in answer.content.decode()
    store()
    verdict = Verdict.objects.get()
    assert (verdict.is_found, verdict.remark) == (False, "Ik zocht iets over kabels.")
    html = editor.get("/beheer/rapporten/oordelen-over-zoeken/").content.decode()
    assert "Ik zocht iets over kabels." in html
    assert "glasvezelkabel" not in html  # only one visit asked it


def test_a_remark_with_a_number_comes_back_with_what_was_typed(portal: Portal) -> None:
    client = visitor(1)
    signed = signed_in(search(client, "voorraad"))
    typed = "Bel mij op 06-12345678"
    answer = client.post("/zoeken/oordeel/", {"zoekvraag": signed, "oordeel": "ja", "opmerking": typed})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert typed in html
    assert "Haal het weg" in html
    answer = client.post("/zoeken/oordeel/", {"zoekvraag": signed, "opmerking": "Mooi"})
    assert "Kies ja of nee." in answer.content.decode()
    store()
    assert not Verdict.objects.exists()


def test_a_file_that_was_stored_but_not_removed_counts_once(portal: Portal, settings: Any) -> None:
    search(visitor(1), "voorraad")
    (path,) = Path(settings.SEARCH_JOURNAL_DIR).glob("*.jsonl")
    lines = path.read_text()
    assert store() == 1
    path.write_text(lines)  # as when the worker was killed between the two
    assert store() == 0
    assert not path.exists()
    assert JournalDay.objects.get().searches == 1
    StoredFile.objects.all().delete()  # negative control: what remembers it is this table
    path.write_text(lines)
    store()
    assert JournalDay.objects.get().searches == 2


def test_a_broken_line_costs_only_itself(portal: Portal, settings: Any) -> None:
    search(visitor(1), "voorraad")
    (path,) = Path(settings.SEARCH_JOURNAL_DIR).glob("*.jsonl")
    path.write_text('[1]\n{"kind":"search"}\n{"kind":"klacht","day":"2026-01-01","text":"x","visit":"y"}\n'
                    + path.read_text() + '{"kind":"sea')  # fmt: skip
    store()
    assert JournalDay.objects.get().searches == 1


def test_a_disk_that_takes_nothing_costs_no_search(portal: Portal, settings: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    settings.SEARCH_JOURNAL_DIR = blocked / "journal"
    search(visitor(1), "voorraad")


def test_what_is_too_old_is_forgotten(portal: Portal, settings: Any) -> None:
    now = timezone.now()
    with at(now - timedelta(days=400)):
        search(visitor(1), "oud")
        store()
    with at(now - timedelta(days=380)):
        for number in range(3):
            search(visitor(number), "minder oud")
        search(visitor(1), "één keer gevraagd")
        store()
    search(visitor(1), "nieuw")
    store()
    keys = Path(settings.SEARCH_JOURNAL_DIR)
    assert len(list(keys.glob("key-*"))) == 3
    services.forget(now)
    assert set(Phrase.objects.values_list("text", flat=True)) == {"minder oud", "nieuw"}
    assert JournalDay.objects.count() == 2
    assert Visit.objects.count() == 1
    assert PhraseDay.objects.get(phrase__text="minder oud").visits == 3  # the number outlives whose it was
    assert len(list(keys.glob("key-*"))) == 1


def test_rising_queries(portal: Portal, editor: Client) -> None:
    now = timezone.now()
    for days, text, visits in [
        (40, "lasrobot", 2),
        (3, "lasrobot", 5),
        (20, "verzuim", 2),
        (41, "verzuim", 4),
    ]:
        with at(now - timedelta(days=days)):
            for number in range(visits):
                search(visitor(number), text)
            store()
    html = report(editor, lijst="stijgend")
    assert "lasrobot" in html
    assert "+3" in html
    assert "verzuim" not in html
    assert "verzuim" in report(editor, lijst="alle")


def test_few_clicks(portal: Portal, editor: Client) -> None:
    make_case(portal, "Voorraad verlagen")
    make_case(portal, "Planning maken")
    relay_all()
    for number in range(6):
        search(visitor(number), "voorraad")
        client = visitor(number)
        client.post("/zoeken/klik/", {"zoekvraag": signed_in(search(client, "planning")), "plaats": "1"})
    store()
    html = report(editor, lijst="weinig-kliks")
    assert "voorraad" in html
    assert "planning" not in html


def test_the_export_holds_no_formula(portal: Portal, editor: Client) -> None:
    for number in range(3):
        search(visitor(number), "=hyperlink(a)")
    store()
    answer = editor.get("/beheer/rapporten/zoekvragen/", {"lijst": "alle", "export": "csv"})
    body = answer.getvalue().decode()
    assert "'=hyperlink(a)" in body


def test_only_who_may_reads_the_journal(portal: Portal) -> None:
    member = Client()
    member.force_login(User.objects.create_user("lid@voorbeeld.nl", "een lang wachtwoord"))
    for client in (Client(), member):
        assert client.get("/beheer/rapporten/zoekvragen/").status_code in (302, 404)
        assert client.get("/beheer/rapporten/oordelen-over-zoeken/").status_code in (302, 404)


def test_a_query_without_result_leads_to_a_synonym(portal: Portal, editor: Client) -> None:
    for number in range(3):
        search(visitor(number), "glasvezelkabel")
    store()
    html = report(editor)
    (address,) = re.findall(r'href="(/beheer/[^"]*words=glasvezelkabel)"', html)
    form = editor.get(address)
    assert form.status_code == 200
    assert re.search(r"<textarea[^>]*name=\"words\"[^>]*>\s*glasvezelkabel", form.content.decode())


def in_utf7(query: str, remark: str) -> bytes:
    fields = {"oordeel": "ja", "zoekvraag": query.replace("+", "+-"), "opmerking": remark}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in fields.items()
    ]
    return ("".join(parts) + "--x--\r\n").encode()


def test_half_a_letter_in_a_remark_is_no_stop_for_all_others(portal: Portal) -> None:
    """UTF-7 can hold what no database takes, so no form is read as such."""
    query = signed_in(search(visitor(1), "geenzinwoord"))
    body = in_utf7(query, "hier +2AA- daar")
    form = "multipart/form-data; boundary=x; charset=utf-7"
    assert visitor(1).generic("POST", "/zoeken/oordeel/", body, content_type=form).status_code == 302
    assert store() == 1
    assert Verdict.objects.get().remark == "hier +2AA- daar"


def test_a_file_that_the_database_refuses_is_not_in_the_way(portal: Portal, settings: Any) -> None:
    search(visitor(1), "voorraad")
    (file,) = Path(settings.SEARCH_JOURNAL_DIR).glob("*.jsonl")
    bad = file.read_text().replace("voorraad", "voor\\ud800raad")
    file.with_name(f"202001010000-{'0' * 16}.jsonl").write_text(bad)
    assert store() == 1
    assert Phrase.objects.get().text == "voorraad"
    assert not list(Path(settings.SEARCH_JOURNAL_DIR).glob("*.jsonl"))


def test_behind_a_proxy_of_ours_visitors_are_told_apart(portal: Portal, settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    for number in (1, 2, 3):
        headers = {**BROWSER, "X-Forwarded-For": f"192.0.2.{number}"}
        search(Client(REMOTE_ADDR="10.0.0.1", headers=headers), "voorraad")
    store()
    assert PhraseDay.objects.get().visits == 3


def test_a_program_can_not_bury_the_verdicts_of_others(portal: Portal) -> None:
    cache.clear()
    query = signed_in(search(visitor(1), "geenzinwoord"))
    for number in range(32):
        data = {"zoekvraag": query, "oordeel": "nee", "opmerking": f"ruis {number}"}
        assert visitor(1).post("/zoeken/oordeel/", data).status_code == 302
    visitor(2).post("/zoeken/oordeel/", {"zoekvraag": query, "oordeel": "ja"})
    store()
    assert Verdict.objects.filter(is_found=False).count() == 30
    assert Verdict.objects.filter(is_found=True).count() == 1


def test_a_spool_that_nobody_empties_stops_growing(portal: Portal, settings: Any) -> None:
    directory = Path(settings.SEARCH_JOURNAL_DIR)
    directory.mkdir()
    with (directory / "202601010000-0123456789abcdef.jsonl").open("wb") as file:
        file.truncate(spool.LARGEST_TOGETHER + 1)
    search(visitor(1), "voorraad")
    assert len(list(directory.glob("*.jsonl"))) == 1


@pytest.mark.django_db(transaction=True)
def test_a_click_waits_for_no_writer(settings: Any) -> None:
    """A browser tells while somebody else holds the database's write lock, or on PostgreSQL the tables."""
    table = JournalDay._meta.db_table
    lock = "BEGIN IMMEDIATE" if connection.vendor == "sqlite" else f"BEGIN; LOCK TABLE {table}"
    signed = services.sign("voorraad")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(lock)
            answer = visitor(1).post("/zoeken/klik/", {"zoekvraag": signed, "plaats": "1"})
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert answer.status_code == 204
