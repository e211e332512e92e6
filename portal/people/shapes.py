"""People as others see them. Everything that shows a person to a reader comes from here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.design.shapes import Link, SummaryItem
from portal.organisations.models import Membership, Organisation
from portal.people.circles import in_circle, is_person
from portal.people.models import Profile
from portal.people.rules import GROUPS, NOTHING, Nearness, shown_groups
from portal.text import render_markdown

FACE: Final = frozenset({"name", "photo"})  # the groups of fields that stand beside what somebody wrote


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person beside what they wrote. `line` is "planner bij Bakker Metaal"; addresses are "" where there is nothing."""

    id: int
    name: str
    line: str = ""
    url: str = ""
    photo_url: str = ""


@dataclass(frozen=True, slots=True)
class ShownProfile:
    """All that a reader sees of a profile; what is hidden is empty."""

    name: str
    role: str
    companies: list[Link]
    photo_url: str
    about: SafeString
    themes: list[str]
    open_to_questions: bool

    @property
    def line(self) -> str:
        return line_of(self.role, self.companies[0].label if self.companies else "")


def nameless() -> str:
    return _("Lid van %(site)s") % {"site": settings.SITE_NAME}


def shown_people(user_ids: Iterable[int], reader: User | AnonymousUser) -> dict[int, ShownPerson]:
    """An entry for each id, in a number of queries that doesn't grow with them.

    Whoever hides their name from `reader` is a member of the portal; who is gone was one.
    """
    asked = set(user_ids)
    people = _by_id(asked)
    groups = groups_shown(people.values(), reader, wanted=FACE)
    named = [pk for pk, shown in groups.items() if shown]
    companies = companies_of(named, reader) if named else {}
    found = {pk: ShownPerson(id=pk, name=_("Oud-lid")) for pk in asked}
    for pk, user in people.items():
        first = companies[pk][0].name if pk in companies else ""
        found[pk] = _shown(user, groups[pk], line_of(profile_or_default(user).role_at_work, first))
    return found


def shown_faces(user_ids: Iterable[int], reader: User | AnonymousUser) -> dict[int, ShownPerson]:
    """Of those who can still sign in, without their `line`: for where the page itself says where people work."""
    return faces_at_hand(_by_id(set(user_ids)).values(), reader)


def faces_at_hand(people: Iterable[User], reader: User | AnonymousUser) -> dict[int, ShownPerson]:
    """The same of people who were fetched with their `profile__photo`: mostly without any query."""
    known = {user.pk: user for user in people if user.is_active}
    groups = groups_shown(known.values(), reader, wanted=FACE)
    return {pk: _shown(user, groups[pk], "") for pk, user in known.items()}


def _by_id(user_ids: set[int]) -> dict[int, User]:
    rows = User.objects.filter(pk__in=user_ids, is_active=True).select_related("profile__photo")
    return {user.pk: user for user in rows} if user_ids else {}


def groups_shown(
    people: Iterable[User], reader: Any, *, wanted: Collection[str] = GROUPS
) -> dict[int, frozenset[str]]:
    """The groups of fields of each of `people` (with their profile) that `reader` sees; right for those `wanted`."""
    profiles = {user.pk: profile_or_default(user) for user in people}
    near = nearness_of(profiles, reader, wanted)
    return {pk: shown_groups(profile, near[pk]) for pk, profile in profiles.items()}


def nearness_of(
    profiles: Mapping[int, Profile], reader: Any, wanted: Collection[str] = GROUPS
) -> dict[int, Nearness]:
    """How near `reader` is to each person, as far as it matters for the groups `wanted`."""
    if not is_person(reader):
        return dict.fromkeys(profiles, Nearness.ANYONE)
    near = in_circle(reader, [pk for pk, each in profiles.items() if _depends_on_circle(each, wanted)])
    return {
        pk: Nearness.SELF if pk == reader.pk else Nearness.CIRCLE if pk in near else Nearness.MEMBER
        for pk in profiles
    }


def _depends_on_circle(profile: Profile, wanted: Collection[str]) -> bool:
    """Who has no profile, or no photo, has nothing there to hide; so that most lists ask nothing about circles."""
    more = shown_groups(profile, Nearness.CIRCLE) - shown_groups(profile, Nearness.MEMBER)
    if profile.photo_id is None:
        more -= {"photo"}
    return profile.pk is not None and bool(more & set(wanted))


def profile_or_default(user: User) -> Profile:
    """The profile of who has one; else what its defaults say."""
    stored: Profile | None = getattr(user, "profile", None)  # none there is an AttributeError too
    return stored or Profile(user=user)


def companies_of(user_ids: Iterable[int], reader: Any) -> dict[int, list[Organisation]]:
    """Where people belong today, as far as `reader` may know of those organisations; the first they joined first."""
    rows = (
        Membership.objects.filter(
            user__in=list(user_ids), organisation__in=Organisation.objects.visible_to(reader)
        )
        .current(timezone.localdate())
        .select_related("organisation")
        .order_by("started_at", "pk")
    )
    found: dict[int, list[Organisation]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(row.organisation)
    return found


def _shown(user: User, groups: frozenset[str], line: str) -> ShownPerson:
    if groups == NOTHING:
        return ShownPerson(id=user.pk, name=nameless())
    profile = profile_or_default(user)
    return ShownPerson(
        id=user.pk,
        name=user.name or nameless(),
        line=line,
        url=profile.get_absolute_url() if profile.pk else "",
        photo_url=profile.photo.small_url if profile.photo is not None and "photo" in groups else "",
    )


def line_of(role: str, company: str) -> str:
    if role and company:
        return _("%(role)s bij %(company)s") % {"role": role, "company": company}
    return role or company


def shown_profile(
    profile: Profile, groups: frozenset[str], companies: Iterable[Organisation]
) -> ShownProfile:
    """One whole profile (with its user and photo) for who sees `groups`, of which the name is one."""
    about = profile.about if "about" in groups else ""
    shows_themes = "expertise" in groups and profile.pk is not None
    return ShownProfile(
        name=profile.user.name or nameless(),
        role=profile.role_at_work,
        companies=[Link(label=each.name, url=each.get_absolute_url()) for each in companies],
        photo_url=profile.photo.get_absolute_url() if profile.photo is not None and "photo" in groups else "",
        about=mark_safe(render_markdown(about)),  # noqa: S308 - portal.text has the last word on what may stand in it
        themes=[row.theme.name for row in profile.expertise.select_related("theme")] if shows_themes else [],
        open_to_questions=shows_themes and profile.open_to_questions,
    )


def work_facts(profile: ShownProfile) -> list[SummaryItem]:
    return [SummaryItem(term=_("Werkt bij"), links=profile.companies)] if profile.companies else []


def seen_profile(profile: Profile, reader: Any) -> ShownProfile | None:
    """What `reader` sees; None where that is nothing."""
    groups = groups_shown([profile.user], reader)[profile.user_id]
    if not groups:
        return None
    return shown_profile(profile, groups, companies_of([profile.user_id], reader).get(profile.user_id, []))


def previewed_profile(profile: Profile, nearness: Nearness) -> ShownProfile | None:
    """What somebody so near sees. Of organisations: who is far sees those that everybody may know of."""
    groups = shown_groups(profile, nearness)
    if not groups:
        return None
    reader = profile.user if nearness >= Nearness.CIRCLE else AnonymousUser()
    return shown_profile(profile, groups, companies_of([profile.user_id], reader).get(profile.user_id, []))
