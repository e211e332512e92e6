"""One file with all that is one's own, made by the worker; of other people nothing, and for nobody else."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from portal.accounts.models import User
from portal.mail.models import Mail
from portal.people.services import Details, save_profile, set_photo
from portal.privacy.models import Takeaway
from portal.privacy.packing import pack
from portal.privacy.registry import PersonalData, entries
from portal.privacy.rows import Columns, field_at
from portal.privacy.services import Agreed, Refused, ask_takeaway, forget_old, make_waiting, record_consent
from portal.privacy.takeaway_files import file_of
from tests.factories.media import picture_bytes, upload
from tests.factories.pages import Portal, make_case
from tests.network.conversations.conftest import known, open_topic, reply
from tests.portal.organisations.people import browser_of, make_organisation
from tests.portal.privacy.conftest import ADDRESS, NAME, proven_browser
from tests.portal.privacy.rows import make_row

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)


def packed(user: User, place: Path) -> tuple[dict[str, Any], str, list[str]]:
    """JSON, page and names of the files."""
    target = place / "proef.zip"
    pack(user, target, progress=lambda done, total: None, at=NOW)
    with zipfile.ZipFile(target) as archive:
        data = json.loads(archive.read("gegevens.json"))["onderdelen"]
        return data, archive.read("gegevens.html").decode(), archive.namelist()


def exported_of_one_person() -> list[PersonalData]:
    return [
        entry
        for entry in entries()
        if isinstance(entry.export, Columns) and entry.person is None and not entry.about_organisation
    ]


def words_of(entry: PersonalData) -> frozenset[str]:
    """Columns of text that the export shows and that may hold anything."""
    assert isinstance(entry.export, Columns)
    found = set()
    for name in entry.export.names:
        field = field_at(entry.model, name)
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if "__" not in name and is_text and not isinstance(field, models.EmailField | models.FileField):
            found.add(name)
    return frozenset(found)


def test_every_column_that_is_promised_is_in_the_file_and_nothing_of_anybody_else(
    me: User, other: User, portal: Portal, own_places: Path
) -> None:
    make_case(portal, "Een voorbeeld", slug="voorbeeld")
    wanted: dict[str, Any] = {}
    for entry in exported_of_one_person():
        if not entry.rows_of(me).exists():
            wanted[entry.field] = make_row(
                entry.model, word="wulp", filled=words_of(entry), **{entry.field_name: me}
            )
        if not issubclass(entry.model, Page) and not entry.rows_of(other).exists():
            make_row(entry.model, word="ooievaar", filled=words_of(entry), **{entry.field_name: other})
    data, page, _names = packed(me, own_places)
    missing = [field for field in wanted if field not in data]
    assert missing == []
    short = []
    for field, row in wanted.items():
        entry = next(each for each in entries() if each.field == field)
        said = json.dumps(data[field]["gegevens"], ensure_ascii=False)
        short += [f"{field}: {name}" for name in words_of(entry) if str(getattr(row, name)) not in said]
    assert short == []
    assert len(wanted) > 40
    everything = json.dumps(data, ensure_ascii=False) + page
    assert "wulp" in page
    assert [word for word in ("ooievaar", other.email, other.name) if word in everything] == []


def test_what_one_wrote_and_whom_one_names(me: User, other: User, own_places: Path) -> None:
    known(me, other)
    topic = open_topic(other, "Van een ander", "Woorden van een ander: grutto")
    reply(topic, me, f"Eigen woorden: kievit, voor @{other.name}\n\n> {other.name} schreef:\n>\n> grutto")
    record_consent(me, about=Agreed.NEWSLETTER, given=True, version="2026-01")
    make_organisation("Vogelhuis", by=me)
    data, page, _names = packed(me, own_places)
    [post] = data["conversations.Post.author"]["gegevens"]
    assert post["bericht"].startswith(f"Eigen woorden: kievit, voor @{other.name}")
    assert data["accounts.User.email"]["gegevens"][0]["e-mailadres"] == ADDRESS
    assert data["privacy.Consent.actor"]["gegevens"][0]["versie of keuze"] == "2026-01"
    assert data["organisations.Membership.user"]["gegevens"][0]["organisatie"] == "Vogelhuis"
    # What the other wrote is theirs, but for what one quoted oneself; their address is nowhere.
    assert "Woorden van een ander" not in page
    assert other.email not in page
    assert NAME in page and '<link rel="stylesheet" href="stijl.css">' in page


def test_photos_go_along(me: User, own_places: Path) -> None:
    save_profile(me, details=Details(name=NAME))
    profile = set_photo(me, upload=upload("ik.png", picture_bytes()))
    assert profile.photo is not None
    _data, page, names = packed(me, own_places)
    assert f"beelden/{profile.photo.uuid}.webp" in names
    assert {"gegevens.json", "gegevens.html", "stijl.css"} <= set(names)
    assert f'href="beelden/{profile.photo.uuid}.webp"' in page


def test_no_password_and_no_second_step_goes_along(me: User, own_places: Path) -> None:
    from allauth.mfa.models import Authenticator

    me.set_password("geheim van de rietzanger")
    me.save()
    Authenticator.objects.create(user=me, type="totp", data={"secret": "RIETZANGER"})
    data, page, _names = packed(me, own_places)
    assert data["mfa.Authenticator.user"]["gegevens"][0]["soort"] == "TOTP Authenticator"
    assert [word for word in (me.password, "RIETZANGER") if word in page + json.dumps(data)] == []


def test_asked_made_mailed_and_fetched_by_its_owner_alone(me: User, other: User, settings: Any) -> None:
    browser = proven_browser(me)
    answer = browser.post("/account/gegevens/meenemen/", follow=True).content.decode()
    assert "We maken je bestand" in answer and "We beginnen zo." in answer
    assert make_waiting(timezone.now()) == 1
    takeaway = Takeaway.objects.get()
    assert Mail.objects.get(kind="takeaway-ready").to == ADDRESS
    address = reverse("privacy:download", args=[takeaway.key])
    assert address in browser.get("/account/gegevens/").content.decode()
    got = browser.get(address)
    assert got["Content-Disposition"].startswith("attachment;")
    assert "no-store" in got["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(got.getvalue())) as archive:
        assert ADDRESS in archive.read("gegevens.json").decode()
    assert proven_browser(other).get(address).status_code == 404
    assert browser_of(me).get(address).status_code == 302  # signed in, but not proved just now
    assert browser_of(None).get(address).status_code == 302
    assert str(settings.TAKEAWAYS_ROOT) not in str(settings.MEDIA_ROOT)


def test_after_a_week_it_is_gone(me: User) -> None:
    takeaway = ask_takeaway(me, at=NOW)
    make_waiting(NOW)
    assert file_of(takeaway.key).exists()
    forget_old(NOW + timedelta(days=6))
    assert file_of(takeaway.key).exists()
    forget_old(NOW + timedelta(days=7, hours=1))
    assert not file_of(takeaway.key).exists()
    assert Takeaway.objects.get().state == Takeaway.State.GONE
    forget_old(NOW + timedelta(days=31))
    assert not Takeaway.objects.exists()


def test_one_at_a_time_and_three_a_day(me: User) -> None:
    ask_takeaway(me, at=NOW)
    with pytest.raises(Refused, match="al bezig"):
        ask_takeaway(me, at=NOW)
    for _again in range(2):
        make_waiting(NOW)
        ask_takeaway(me, at=NOW)
    make_waiting(NOW)
    with pytest.raises(Refused, match="Morgen"):
        ask_takeaway(me, at=NOW + timedelta(hours=23))
    ask_takeaway(me, at=NOW + timedelta(hours=25))


def test_what_a_killed_worker_left_is_made_again_and_given_up_after_three_times(me: User) -> None:
    takeaway = ask_takeaway(me, at=NOW)
    Takeaway.objects.update(state="making", tries=1, done=5, total=80)
    assert "5 van 80" in browser_of(me).get("/account/gegevens/").content.decode()
    assert make_waiting(NOW) == 1
    assert Takeaway.objects.get(pk=takeaway.pk).state == "ready"
    ask_takeaway(me, at=NOW)
    Takeaway.objects.filter(state="waiting").update(state="making", tries=3)
    assert make_waiting(NOW) == 0
    assert "Dit is niet gelukt" in browser_of(me).get("/account/gegevens/").content.decode()


@pytest.mark.parametrize("number", [3, 25])
def test_one_s_own_page_asks_the_database_as_often_for_many_as_for_few(
    me: User, number: int, django_assert_max_num_queries: Any
) -> None:
    for _each in range(number):
        make_row(Takeaway, user=me)
        record_consent(me, about=f"house-rules:{_each}", given=True)
    browser = browser_of(me)
    browser.get("/account/gegevens/")
    with django_assert_max_num_queries(12):
        browser.get("/account/gegevens/")


def test_the_register_asks_the_database_for_no_entry(portal: Portal, client: Any) -> None:
    from django.db import connection

    for path in ("/privacy/verwerkingen/", "/privacy/bewaartermijnen/"):
        client.get(path)
        client.cookies["iets"] = "iets"
        with CaptureQueriesContext(connection) as asked:
            html = client.get(path, {"geen": "cache"}).content.decode()
        assert len(asked) <= 6
        assert "Je profiel" in html and "zolang je account bestaat" in html
    assert settings.SITE_NAME in html
