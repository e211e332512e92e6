"""A profile that is reported: who may, what a decision does, and what its owner still sees."""

from __future__ import annotations

import pytest
from django.utils import timezone

from network.moderation import services
from network.moderation.models import Decision, ModerationCase
from portal.accounts.models import User
from portal.people.models import Profile
from portal.people.services import Details, find_people, save_profile, set_photo
from portal.people.shapes import shown_people
from portal.taxonomy.models import Theme
from tests.factories.media import picture_bytes, upload
from tests.factories.taxonomy import ThemeFactory
from tests.network.moderation.conftest import WHY, House, read, send
from tests.portal.organisations.people import browser_of, mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
CANARY = "Kwartelkoning"
TOLD = {"category": "spam", "text": "Dit is reclame.", "is_sincere": "on"}


def profile_of(user: User, audience: str = "everyone") -> Profile:
    theme: Theme = ThemeFactory.create(slug="planning", name="Planning")
    audiences = {f"show_{group}": audience for group in ("name", "about", "expertise")}
    details = Details(
        name=f"Anna {CANARY}",
        about=f"Koop {CANARY}.",
        themes=[theme],
        open_to_questions=True,
        audiences=audiences,
    )
    return save_profile(user, details=details)


def path(profile: Profile) -> str:
    return f"/melden/profile/{profile.pk}/"


def reported(profile: Profile, by: User) -> ModerationCase:
    assert "Dank" in send(by, path(profile), **TOLD)
    return ModerationCase.objects.get(code="profile", object_id=profile.pk)


def decided(profile: Profile, house: House, action: str) -> Decision:
    case = reported(profile, house.bram)
    page = read(house.mo, f"/moderatie/zaken/{case.pk}/")
    assert f"Koop {CANARY}." in page
    send(house.mo, f"/moderatie/zaken/{case.pk}/", action=action, **WHY)
    return Decision.objects.get()


def test_who_sees_a_profile_can_report_it_from_its_page(house: House) -> None:
    profile = profile_of(house.anna, "circle")
    page = profile.get_absolute_url()
    assert f'href="{path(profile)}"' in read(house.bram, page)
    assert path(profile) not in read(house.anna, page)  # one's own
    for outside in (house.outsider, None):
        assert browser_of(outside).get(path(profile)).status_code == 404
        assert browser_of(outside).post(path(profile), TOLD).status_code == 404
    assert "Dit schreef je zelf" in send(house.anna, path(profile), **TOLD)
    assert not ModerationCase.objects.exists()
    assert reported(profile, house.bram).author == house.anna


@pytest.mark.parametrize(("action", "words"), [("hide", "jij nog wel"), ("remove", "dan jij")])
def test_hidden_or_removed_it_is_shown_to_its_owner_alone_who_reads_why(
    house: House, action: str, words: str
) -> None:
    profile = profile_of(house.anna)
    readers = (house.bram, house.outsider, house.mo, None)
    assert all(CANARY in read(reader, profile.get_absolute_url()) for reader in readers)
    decided(profile, house, action)
    for reader in readers:
        assert browser_of(reader).get(profile.get_absolute_url()).status_code == 404
        assert browser_of(reader).get(path(profile)).status_code == 404
    for member in (house.bram, house.outsider):
        shown = shown_people([house.anna.pk], member)[house.anna.pk]
        assert (shown.name, shown.url) == ("Lid van Slimmer Werken", "")
        assert find_people(member, CANARY) == []
        assert not Profile.objects.visible_to(member).filter(pk=profile.pk).exists()
    assert not Profile.objects.open_to_questions().exists()

    own = read(house.anna, profile.get_absolute_url())
    assert CANARY in own and "Alleen jij ziet dit profiel" in own
    assert "Alleen jij ziet dit profiel" in read(house.anna, "/account/profiel/")
    assert [each.id for each in find_people(house.anna, CANARY)] == [house.anna.pk]
    [letter] = mails(house.anna.email, "moderation-statement")
    assert words in letter.text and WHY["reason"] in letter.text
    assert house.bram.email not in letter.text and "Bram" not in letter.text


@pytest.mark.parametrize("action", ["hide", "remove"])
def test_undone_everybody_sees_it_again(house: House, action: str) -> None:
    profile = profile_of(house.anna)
    decision = decided(profile, house, action)
    save_profile(house.anna, details=Details(name=f"Anna {CANARY}", about="Iets anders."))
    assert (
        browser_of(house.bram).get(profile.get_absolute_url()).status_code == 404
    )  # changing it undoes nothing
    services.undo(decision, by=house.mo, reason="Het was niet zo.", at=timezone.now())
    assert "Iets anders." in read(None, profile.get_absolute_url())
    assert "Alleen jij" not in read(house.anna, profile.get_absolute_url())
    assert len(mails(house.anna.email, "moderation-undone")) == 1


def test_a_reported_photo_is_seen_by_the_moderator_before_whom_it_lies(house: House) -> None:
    profile_of(house.anna)
    profile = set_photo(house.anna, upload=upload("ik.png", picture_bytes(size=(60, 60))))
    assert profile.photo is not None
    photo = profile.photo.get_absolute_url()
    assert browser_of(house.mo).get(photo).status_code == 404  # it is for her circle
    case = reported(profile, house.bram)
    assert profile.photo.small_url in read(house.mo, f"/moderatie/zaken/{case.pk}/")
    assert browser_of(house.mo).get(photo).status_code == 200
    for other in (house.outsider, house.host, None):
        seen = other == house.host  # who is in an ecosystem with her
        assert browser_of(other).get(photo).status_code == (200 if seen else 404)


def test_one_that_is_erased_leaves_nothing_to_decide_but_the_case(house: House) -> None:
    profile = profile_of(house.anna)
    case = reported(profile, house.bram)
    profile.delete()
    assert "haalde het weg" in read(house.mo, f"/moderatie/zaken/{case.pk}/")
