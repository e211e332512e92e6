"""Members, their companies and their ecosystems, many at once."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from network.ecosystems.models import CompanyMembership, Ecosystem, Participation
from portal.accounts.models import User
from portal.demo.crowd.words import NAMES
from portal.organisations.models import Membership, Organisation, OrganisationEvent
from portal.people.models import Expertise, Profile
from portal.taxonomy.models import Theme

BATCH = 2000
COLLEAGUES = 4  # of one company
DAYS = 1000  # how long ago the first came
DOMAIN = "menigte.example"


@dataclass
class People:
    """Who there are: by their company, and who takes part where."""

    members: list[User] = field(default_factory=list)
    ecosystems: list[Ecosystem] = field(default_factory=list)
    inside: dict[int, list[User]] = field(default_factory=dict)  # by ecosystem


def make_people(chance: random.Random, *, members: int, ecosystems: int, now: datetime) -> People:
    people = People(members=_members(chance, members, now))
    companies = _companies(people.members)
    _profiles(chance, people.members)
    people.ecosystems = _ecosystems(companies, ecosystems)
    _belong(chance, people, companies)
    return people


def _members(chance: random.Random, number: int, now: datetime) -> list[User]:
    # They sign in by a session that is made for them.
    password = make_password(None)
    rows = [
        User(
            email=f"lid-{each:05}@{DOMAIN}",
            name=f"{chance.choice(NAMES)} Lid {each:05}",
            password=password,
            date_joined=now - timedelta(days=DAYS + chance.random() * 30),
            last_login=now - timedelta(days=chance.random() * 60),
        )
        for each in range(1, number + 1)
    ]
    found = User.objects.bulk_create(rows, batch_size=BATCH)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=each, email=each.email, verified=True, primary=True) for each in found],
        batch_size=BATCH,
    )
    return found


def _companies(members: list[User]) -> list[tuple[Organisation, list[User]]]:
    groups = [members[start : start + COLLEAGUES] for start in range(0, len(members), COLLEAGUES)]
    rows = [
        Organisation(
            name=f"Bedrijf {number:04} (verzonnen)",
            slug=f"menigte-bedrijf-{number:04}",
            origin=Organisation.Origin.MEMBER,
            verified_at=people[0].date_joined,
            created_at=people[0].date_joined,
        )
        for number, people in enumerate(groups, 1)
    ]
    found = list(zip(Organisation.objects.bulk_create(rows, batch_size=BATCH), groups, strict=True))
    Membership.objects.bulk_create(
        [
            Membership(
                organisation=company,
                user=person,
                role=Membership.Role.MEMBER if place else Membership.Role.MANAGER,
                started_at=person.date_joined,
            )
            for company, people in found
            for place, person in enumerate(people)
        ],
        batch_size=BATCH,
    )
    kinds = OrganisationEvent.Kind
    OrganisationEvent.objects.bulk_create(
        [
            OrganisationEvent(organisation=company, kind=kind, actor=people[0], at=people[0].date_joined)
            for company, people in found
            for kind in (kinds.FOUNDED, kinds.VERIFIED)
        ],
        batch_size=BATCH,
    )
    return found


def _profiles(chance: random.Random, members: list[User]) -> None:
    """A fifth filled one in, and is open to questions on a theme or two."""
    themes = list(Theme.objects.order_by("pk"))
    rows = [Profile(user=each, open_to_questions=True, role_at_work="planner") for each in members[::5]]
    found = Profile.objects.bulk_create(rows, batch_size=BATCH)
    Expertise.objects.bulk_create(
        [
            Expertise(profile=each, theme=theme)
            for each in found
            for theme in chance.sample(themes, min(2, len(themes)))
        ],
        batch_size=BATCH,
    )


def _ecosystems(companies: list[tuple[Organisation, list[User]]], number: int) -> list[Ecosystem]:
    return Ecosystem.objects.bulk_create(
        Ecosystem(
            organisation=company,
            name=f"Kring {each:02} (verzonnen)",
            slug=f"menigte-kring-{each:02}",
            summary="Een verzonnen kring om het portaal mee te meten.",
        )
        for each, (company, _people) in enumerate(companies[:number], 1)
    )


def _belong(chance: random.Random, people: People, companies: list[tuple[Organisation, list[User]]]) -> None:
    """Each company belongs to one ecosystem or two, and its people take part there; the first holds a quarter of all."""
    belongs: list[CompanyMembership] = []
    staff: list[list[User]] = []
    for company, colleagues in companies:
        weights = [max(len(people.ecosystems) // 4, 1), *[1] * (len(people.ecosystems) - 1)]
        chosen = set(chance.choices(people.ecosystems, weights, k=chance.choice((1, 1, 2))))
        for ecosystem in sorted(chosen, key=lambda each: each.pk):
            row = CompanyMembership(
                ecosystem=ecosystem, organisation=company, started_at=colleagues[0].date_joined
            )
            belongs.append(row)
            staff.append(colleagues)
    rows = CompanyMembership.objects.bulk_create(belongs, batch_size=BATCH)
    for row, colleagues in zip(rows, staff, strict=True):
        people.inside.setdefault(row.ecosystem_id, []).extend(colleagues)
    Participation.objects.bulk_create(
        [
            Participation(
                ecosystem_id=row.ecosystem_id,
                user=each,
                company=row,
                rules_version=1,
                started_at=row.started_at,
            )
            for row, colleagues in zip(rows, staff, strict=True)
            for each in colleagues
        ],
        batch_size=BATCH,
    )
