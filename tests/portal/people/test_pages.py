"""One's own profile, as a person fills it in without script: what is stored, what comes back, and what goes."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.media.models import MemberImage
from portal.media.services import forget_left_images
from portal.organisations.models import Membership
from portal.people.models import Profile
from portal.people.services import Details, erase_profile, own_profile, save_profile, set_photo
from tests.factories.media import GPS_MARK, photo_with_gps, picture_bytes, upload
from tests.factories.pages import make_portal
from tests.factories.taxonomy import ThemeFactory
from tests.portal.organisations.people import browser_of, make_person
from tests.portal.people.conftest import ABOUT, NAME, THEME, People

EDIT, PHOTO, PREVIEW = "/account/profiel/", "/account/profiel/foto/", "/account/profiel/voorbeeld/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db: None) -> User:
    make_portal()
    return make_person("Anna de Vries")


@pytest.fixture
def browser_of_user(user: User) -> Client:
    return browser_of(user)


def typed(**values: Any) -> dict[str, Any]:
    audiences = dict.fromkeys(["show_name", "show_photo", "show_about", "show_expertise"], "members")
    return {"name": "Anna de Vries", **audiences, **values}


def words(client: Client, path: str, **values: Any) -> str:
    response = client.get(path, values)
    assert response.status_code == 200
    return unescape(response.content.decode())


def files(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def test_looking_at_it_writes_nothing(browser_of_user: Client) -> None:
    for path in (EDIT, PHOTO, PREVIEW, "/account/"):
        words(browser_of_user, path)
    assert not Profile.objects.exists()


def test_what_is_filled_in_is_kept_and_shown_as_others_see_it(browser_of_user: Client, user: User) -> None:
    theme = ThemeFactory.create(slug="plannen", name="Plannen")
    answer = browser_of_user.post(
        EDIT,
        typed(
            name="  Anna  Bakker ", role_at_work="planner", about="Ik *plan*.", themes=[theme.pk],
            open_to_questions="on", show_about="nobody",
        ),
        follow=True,
    )  # fmt: skip
    assert answer.redirect_chain == [(PREVIEW, 302)]
    profile = Profile.objects.get(user=user)
    user.refresh_from_db()
    assert (user.name, profile.role_at_work, profile.open_to_questions) == ("Anna Bakker", "planner", True)
    assert [row.theme for row in profile.expertise.all()] == [theme]
    member = words(browser_of(make_person()), profile.get_absolute_url())
    assert "Anna Bakker" in member and "Plannen" in member and "Ik plan" not in member
    assert "<em>plan</em>" in words(browser_of_user, profile.get_absolute_url())


def test_what_is_wrong_comes_back_as_it_was_typed(browser_of_user: Client) -> None:
    themes = [ThemeFactory.create(slug=f"thema-{number}").pk for number in range(9)]
    answer = browser_of_user.post(EDIT, typed(name=" ", about="Lang verhaal", themes=themes))
    text = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Vul je naam in" in text and "Kies er hoogstens 8" in text and "Lang verhaal" in text
    assert "<title>Fout:" in text
    assert not Profile.objects.exists()


@pytest.mark.parametrize("values", [{"show_name": "vrienden"}, {"about": "x" * 1001}, {"themes": ["999999"]}])
def test_what_the_form_does_not_offer_is_refused(browser_of_user: Client, values: dict[str, Any]) -> None:
    assert browser_of_user.post(EDIT, typed(**values)).status_code == 200
    assert not Profile.objects.exists()


def test_what_a_member_writes_runs_nothing(browser_of_user: Client, user: User) -> None:
    script = "<script>alert(1)</script> [klik](javascript:alert(1)) ![x](https://elders.example/spion.png)"
    browser_of_user.post(EDIT, typed(about=script, role_at_work="<b>baas</b>"))
    page = browser_of_user.get(Profile.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in page and 'href="javascript' not in page and "<b>baas" not in page
    assert 'src="https://elders' not in page


# --- the photo --------------------------------------------------------------------------------------------------------


def test_a_photo_is_put_up_replaced_and_taken_away_with_its_files(
    browser_of_user: Client, user: User, member_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        browser_of_user.post(PHOTO, {"photo": upload("ik.jpg", photo_with_gps())})
    first = own_profile(user).photo
    assert first is not None and browser_of_user.get(first.small_url).status_code == 200
    assert all(GPS_MARK not in path.read_bytes() for path in files(member_files))
    with django_capture_on_commit_callbacks(execute=True):
        browser_of_user.post(PHOTO, {"photo": upload("ik.png", picture_bytes(size=(50, 50)))})
    second = own_profile(user).photo
    assert second is not None and second.pk != first.pk
    assert browser_of_user.get(first.small_url).status_code == 404
    assert len(files(member_files)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser_of_user.post(PHOTO, {"actie": "weg"}, follow=True)
    assert "Je foto is weg" in answer.content.decode()
    assert own_profile(user).photo is None
    assert files(member_files) == [] and not MemberImage.objects.exists()


def test_what_is_no_photo_is_refused_in_a_sentence(browser_of_user: Client, user: User) -> None:
    answer = browser_of_user.post(PHOTO, {"photo": upload("ik.jpg", b"<svg onload=alert(1)>")})
    assert answer.status_code == 200 and "geen afbeelding" in answer.content.decode()
    assert "Kies eerst een foto" in browser_of_user.post(PHOTO, {}).content.decode()
    assert own_profile(user).photo is None


def test_with_the_account_goes_the_profile_and_the_photo(
    people: People, member_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase_profile(people.owner)
        erase_profile(people.readers["member"])  # who never had one
    assert not Profile.objects.exists() and not MemberImage.objects.exists() and files(member_files) == []


def test_the_photo_of_an_account_that_was_deleted_without_asking_goes_at_night(
    people: People, member_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    photo = people.profile.photo
    assert photo is not None
    people.owner.delete()
    assert browser_of(people.readers["colleague"]).get(photo.small_url).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        forget_left_images(timezone.now() + timedelta(hours=25))
    assert files(member_files) == []


# --- by the eyes of others --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("eyes", "readers"), [("kring", "colleague"), ("leden", "member"), ("iedereen", "anonymous")]
)
@pytest.mark.parametrize("audience", ["nobody", "circle", "members", "everyone"])
def test_the_preview_shows_what_they_see(people: People, eyes: str, readers: str, audience: str) -> None:
    people.show(name="everyone" if audience != "nobody" else "circle", about=audience, expertise=audience)
    reader = people.readers[readers]
    client = browser_of(reader if reader.is_authenticated else None)
    real = client.get(people.profile.get_absolute_url())
    preview = words(browser_of(people.owner), PREVIEW, voor=eyes)
    text = unescape(real.content.decode()) if real.status_code == 200 else ""
    for canary in (ABOUT, THEME, NAME):
        shown = canary in text
        assert (canary in preview) == shown, canary
    assert ("Zij zien niets van jou" in preview) == (real.status_code == 404)


def test_the_own_account_leads_to_the_profile(people: People) -> None:
    assert "Jij kiest wie dat ziet" in words(browser_of(people.readers["member"]), "/account/")
    text = words(browser_of(people.owner), "/account/")
    assert "Mijn profiel" in text and "Staat erop" in text


def test_a_page_that_was_open_to_everybody_is_closed_at_once(people: People) -> None:
    people.show(name="everyone")
    visitor = Client()
    address = people.profile.get_absolute_url()
    assert [visitor.get(address).status_code for _time in range(2)] == [200, 200]
    save_profile(people.owner, details=Details(name=people.owner.name, audiences={"show_name": "members"}))
    assert visitor.get(address).status_code == 404


def test_more_themes_than_fit_are_no_profile(user: User) -> None:
    themes = [ThemeFactory.create(slug=f"thema-{number}") for number in range(9)]
    with pytest.raises(ValueError, match="at most 8"):
        save_profile(user, details=Details(name="Anna", themes=themes))
    assert not Profile.objects.exists()


def test_a_second_photo_at_once_leaves_one(user: User) -> None:
    for _number in range(2):
        set_photo(user, upload=upload("ik.png", picture_bytes(size=(40, 40))))
    assert MemberImage.objects.filter(purpose="profile").count() == 1


# --- where people stand already ---------------------------------------------------------------------------------------


def test_the_page_of_an_organisation_leads_to_the_profiles_that_the_reader_may_see(people: People) -> None:
    Membership.objects.filter(user=people.owner).update(is_listed=True)
    page, profile = "/organisaties/goudvink-bv/", people.profile
    photo = str(profile.photo.uuid)  # type: ignore[union-attr]
    for reader, sees_photo in (("colleague", True), ("member", False)):
        text = words(browser_of(people.readers[reader]), page)
        assert NAME in text and profile.get_absolute_url() in text
        assert (photo in text) == sees_photo, reader
    visitor = words(Client(), page)
    assert NAME in visitor and profile.get_absolute_url() not in visitor and photo not in visitor


def test_the_home_of_an_ecosystem_leads_to_the_profiles_of_who_takes_part(people: People) -> None:
    for page in ("/ecosystemen/kring/", "/ecosystemen/kring/leden/"):
        text = words(browser_of(people.readers["participant"]), page)
        assert people.profile.get_absolute_url() in text and str(people.profile.photo.uuid) in text  # type: ignore[union-attr]
        people.show(name="nobody")
        text = words(browser_of(people.readers["participant"]), page)
        assert people.profile.get_absolute_url() not in text
        people.show(name="members")
