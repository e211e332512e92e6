"""A person whose every field holds a word found nowhere else, and readers at every distance. All fictional."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from network.ecosystems.services import admit_company, found_ecosystem, take_part
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from portal.people.models import Profile
from portal.people.services import Details, save_profile, set_photo
from tests.factories.media import picture_bytes, upload
from tests.factories.pages import make_portal
from tests.factories.taxonomy import ThemeFactory
from tests.portal.organisations.people import make_person

NAME, ROLE, COMPANY, ABOUT, THEME = "Wielewaal", "putterkweker", "Goudvink BV", "kneutennest", "Sijsjeszang"
READERS = ("anonymous", "member", "colleague", "participant", "owner")
AUDIENCES = ("nobody", "circle", "members", "everyone")


@dataclass
class People:
    owner: User
    readers: dict[str, Any]
    profile: Profile

    def show(self, **audiences: str) -> None:
        Profile.objects.filter(pk=self.profile.pk).update(
            **{f"show_{group}": audience for group, audience in audiences.items()}
        )
        self.profile.refresh_from_db()


def company(name: str, *people: User, is_public: bool = True) -> Organisation:
    made = Organisation.objects.create(
        name=name,
        slug=name.lower().replace(" ", "-"),
        verified_at=timezone.now() if is_public else None,
        origin="member",
    )
    for each in people:
        Membership.objects.create(organisation=made, user=each, role="member")
    return made


@pytest.fixture(autouse=True)
def member_files() -> Iterator[Path]:
    place = Path(settings.MEMBER_IMAGES_ROOT)
    shutil.rmtree(place, ignore_errors=True)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def people(db: None) -> People:
    """The owner with a photo; a member who shares nothing, a colleague, and a participant in the same ecosystem."""
    make_portal()
    names = ("Anders", "Bram", "Carla")
    owner, member, colleague, participant = (make_person(name) for name in (f"Jan {NAME}", *names))
    host = make_person("Gastvrouw")
    own, other, house = company(COMPANY, owner, colleague), company("Anders BV", participant), company("Huis")
    Membership.objects.create(organisation=house, user=host, role="manager")
    circle = found_ecosystem(organisation=house, name="Kring", by=host)
    for each in (own, other):
        admit_company(circle, organisation=each, by=host)
    for user in (owner, participant):
        take_part(circle, user=user, by=host)
    theme = ThemeFactory.create(slug="canary", name=THEME)
    details = Details(
        name=owner.name, role_at_work=ROLE, about=f"Mijn **{ABOUT}**.", themes=[theme], open_to_questions=True
    )
    save_profile(owner, details=details)
    profile = set_photo(owner, upload=upload("ik.png", picture_bytes(size=(60, 60))))
    readers = {
        "anonymous": AnonymousUser(),
        "member": member,
        "colleague": colleague,
        "participant": participant,
        "owner": owner,
    }
    return People(owner, readers, profile)
