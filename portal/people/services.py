"""What happens to profiles: one verb a function, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services import begun_and_left
from portal.http.page_cache import bump_generation
from portal.media.models import MemberImage
from portal.media.services import attach_images, keep_image, remove_image
from portal.people.circles import in_circle, is_person
from portal.people.models import Audience, Expertise, Profile, Shown
from portal.people.rules import MOST_THEMES
from portal.people.shapes import ShownPerson, shown_people
from portal.privacy.services import Agreed, record_consent
from portal.taxonomy.models import Theme

PURPOSE: Final = "profile"  # of the images
SHORTEST_WORDS: Final = 2  # characters
MOST_FOUND: Final = 20
MOST_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person fills in. `audiences`: who sees each group of fields, by the name of its field (`show_name`)."""

    name: str
    role_at_work: str = ""
    about: str = ""
    themes: Sequence[Theme] = ()
    open_to_questions: bool = False
    audiences: dict[str, str] | None = None


def own_profile(user: User) -> Profile:
    """The profile of `user`; one that isn't stored yet where there is none, so that looking at it writes nothing."""
    found = Profile.objects.filter(user=user).select_related("user", "photo").first()
    return found or Profile(user=user)


@transaction.atomic
def save_profile(user: User, *, details: Details) -> Profile:
    """Raises ValueError on more themes than fit."""
    if len(details.themes) > MOST_THEMES:
        raise ValueError(f"{len(details.themes)} themes, at most {MOST_THEMES}")
    profile = _locked(user)
    profile.role_at_work = details.role_at_work
    profile.about = details.about
    profile.open_to_questions = details.open_to_questions
    for field, audience in (details.audiences or {}).items():
        if getattr(profile, field) != Audience(audience).value:
            record_consent(
                user,
                about=f"{Agreed.PROFILE}:{field.removeprefix('show_')}",
                given=audience != Audience.NOBODY,
                version=Audience(audience).value,
            )
        setattr(profile, field, Audience(audience).value)
    profile.changed_at = timezone.now()
    profile.save()
    profile.expertise.all().delete()
    Expertise.objects.bulk_create([Expertise(profile=profile, theme=theme) for theme in details.themes])
    if details.name != user.name:
        user.name = details.name
        user.save(update_fields=["name"])
    bump_generation()
    return profile


def set_photo(user: User, *, upload: UploadedFile[Any]) -> Profile:
    """The picture in `upload` in the place of the one that there was. Raises UploadRefused."""
    image = keep_image(upload, owner=user, purpose=PURPOSE)
    with transaction.atomic():
        profile = _locked(user)
        attach_images([image], object_id=profile.pk)
        _replace_photo(profile, image)
    return profile


@transaction.atomic
def remove_photo(user: User) -> None:
    _replace_photo(_locked(user), None)


@transaction.atomic
def put_shown(pk: int, shown: str) -> None:
    """What moderators decided about a profile; twice is once, and one that is gone stays gone."""
    if Profile.objects.filter(pk=pk).exclude(shown=shown).update(shown=Shown(shown)):
        bump_generation()


@transaction.atomic
def erase_profile(user: User) -> None:
    """Before an account goes: the profile, and the photo with its files."""
    profile = Profile.objects.filter(user=user).select_related("photo").first()
    if profile is not None:
        _replace_photo(profile, None)
        profile.delete()


def _replace_photo(profile: Profile, image: MemberImage | None) -> None:
    before, profile.photo = profile.photo, image
    profile.changed_at = timezone.now()
    profile.save(update_fields=["photo", "changed_at"])
    if before is not None:
        remove_image(before)
    bump_generation()


def _locked(user: User) -> Profile:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return Profile.objects.get_or_create(user=user)[0]


def find_people(reader: Any, words: str, limit: int = 10) -> list[ShownPerson]:
    """People whose name holds each of `words`, of those whose name `reader` may see; by name. Never by address.

    Nobody for who isn't signed in, and for less than two letters.
    """
    parts = words.split()
    if not is_person(reader) or len("".join(parts)) < SHORTEST_WORDS:
        return []
    rows = User.objects.filter(is_active=True).exclude(name="").exclude(pk__in=begun_and_left().values("pk"))
    for part in parts:
        rows = rows.filter(name__icontains=part)
    shown = Q(profile=None) | Q(profile__show_name__in=[Audience.MEMBERS, Audience.EVERYONE])
    maybe = shown | Q(profile__show_name=Audience.CIRCLE)
    maybe = (maybe & (Q(profile=None) | Q(profile__shown=Shown.VISIBLE))) | Q(pk=reader.pk)
    found = rows.filter(maybe).select_related("profile").order_by("name", "pk")[:MOST_LOOKED_AT]
    in_question = {
        user.pk
        for user in found
        if hasattr(user, "profile") and user.profile.show_name == Audience.CIRCLE and user.pk != reader.pk
    }
    hidden = in_question - in_circle(reader, in_question)
    kept = [user.pk for user in found if user.pk not in hidden][: min(limit, MOST_FOUND)]
    people = shown_people(kept, reader)
    return [people[pk] for pk in kept]
