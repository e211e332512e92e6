"""People as others see them. Everything that shows a person to a reader comes from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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
from portal.people.rules import NOTHING, Nearness, shown_groups
from portal.text import render_markdown


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
    if not asked:
        return {}
    people = {
        user.pk: user
        for user in User.objects.filter(pk__in=asked, is_active=True).select_related("profile__photo")
    }
    groups = groups_shown(people.values(), reader)
    companies = companies_of([pk for pk, shown in groups.items() if shown], reader)
    return {
        pk: _shown(people[pk], groups[pk], companies.get(pk, []))
        if pk in people
        else ShownPerson(id=pk, name=_("Oud-lid"))
        for pk in asked
    }


def groups_shown(people: Iterable[User], reader: Any) -> dict[int, frozenset[str]]:
    """The groups of fields of each of `people` (with their profile) that `reader` sees."""
    profiles = {user.pk: profile_or_default(user) for user in people}
    near = nearness_of(profiles, reader)
    return {pk: shown_groups(profile, near[pk]) for pk, profile in profiles.items()}


def nearness_of(profiles: Mapping[int, Profile], reader: Any) -> dict[int, Nearness]:
    """How near `reader` is to each person; who shares what is only looked up where a profile asks for it."""
    if not is_person(reader):
        return dict.fromkeys(profiles, Nearness.ANYONE)
    near = in_circle(
        reader,
        [
            pk
            for pk, profile in profiles.items()
            if shown_groups(profile, Nearness.CIRCLE) != shown_groups(profile, Nearness.MEMBER)
        ],
    )
    return {
        pk: Nearness.SELF if pk == reader.pk else Nearness.CIRCLE if pk in near else Nearness.MEMBER
        for pk in profiles
    }


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


def _shown(user: User, groups: frozenset[str], companies: list[Organisation]) -> ShownPerson:
    if groups == NOTHING:
        return ShownPerson(id=user.pk, name=nameless())
    profile = profile_or_default(user)
    return ShownPerson(
        id=user.pk,
        name=user.name or nameless(),
        line=line_of(profile.role_at_work, companies[0].name if companies else ""),
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
    items = [SummaryItem(term=_("Rol"), text=profile.role)] if profile.role else []
    if profile.companies:
        items.append(SummaryItem(term=_("Werkt bij"), links=profile.companies))
    return items


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
