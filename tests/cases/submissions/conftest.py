"""A company with a manager and a writer, staff, and a case in every state. All fictional."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache

from cases.submissions import services
from cases.submissions.models import CaseSubmission
from cases.submissions.steps import APPROACH, COMPANY, RESULTS, SITUATION
from portal.accounts.models import User
from portal.notifications.kinds import shown
from portal.notifications.models import Notification
from portal.organisations.models import Membership, Organisation
from portal.pages.staff import EDITORS, EXPERTS, setup_staff
from tests.factories.pages import Portal, make_portal
from tests.factories.taxonomy import CoropFactory, DivisionFactory, ThemeFactory, indicator
from tests.network.conversations.conftest import known
from tests.network.ecosystems.conftest import company, person
from tests.scenes import scene


@pytest.fixture(autouse=True)
def _counted_anew() -> Iterator[None]:
    """No limit of writing that another test used up."""
    cache.clear()
    yield


@pytest.fixture(autouse=True)
def _no_files_of_others() -> Iterator[None]:
    """Nor of tests of other rooms, which write some too."""
    remove_files()
    yield
    remove_files()


def remove_files() -> None:
    for place in (settings.PROOF_FILES_ROOT, settings.MEMBER_IMAGES_ROOT):
        shutil.rmtree(Path(place), ignore_errors=True)


@dataclass
class House:
    """`writer` belongs to `metaal`, whose manager is `boss`; `stranger` is a member of another company."""

    portal: Portal
    metaal: Organisation
    elders: Organisation
    writer: User
    boss: User
    colleague: User
    stranger: User
    editor: User
    expert: User


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@scene(User, Organisation)
def make_house() -> House:
    portal = make_portal()
    setup_staff()
    ThemeFactory.create(slug="proces", name="Proces")
    indicator("stocks")
    people = {
        name: person(name) for name in ("schrijver", "baas", "collega", "vreemde", "redacteur", "expert")
    }
    known(*people.values())
    metaal = company("Metaal BV", people["schrijver"], people["collega"])
    Organisation.objects.filter(pk=metaal.pk).update(
        sector=DivisionFactory.create(), region=CoropFactory.create()
    )
    Membership.objects.create(organisation=metaal, user=people["baas"], role="manager")
    elders = company("Elders BV", people["vreemde"], role="manager")
    for name, group in (("redacteur", EDITORS), ("expert", EXPERTS)):
        User.objects.filter(pk=people[name].pk).update(is_staff=True)
        people[name].groups.add(Group.objects.get(name=group))
        people[name].refresh_from_db()
    metaal.refresh_from_db()
    return House(
        portal, metaal, elders, people["schrijver"], people["baas"], people["collega"], people["vreemde"],
        people["redacteur"], people["expert"],
    )  # fmt: skip


FIGURE = {
    "indicator": None, "before": Decimal(120), "after": Decimal(90), "change": None, "established": "counted",
    "period_note": "2026", "base": "",
}  # fmt: skip


def keep(submission: CaseSubmission, step: str, **values: Any) -> CaseSubmission:
    """As the form does it."""
    submission.refresh_from_db()
    assert submission.author is not None
    seen = submission.step_version(step)
    return services.save_step(submission, step=step, by=submission.author, values=values, seen=seen)


def write(
    house: House, *, by: User | None = None, title: str = "Minder zoeken", **facts: Any
) -> CaseSubmission:
    """A whole one, not sent yet."""
    submission = services.begin_submission(by=by or house.writer)
    keep(
        submission, SITUATION, title=title, theme=ThemeFactory.create(slug="proces"),
        situation="Wij zochten elke dag gereedschap.\n\nDat kostte een uur.",
    )  # fmt: skip
    keep(
        submission, APPROACH, approach="1. Tel wat er ligt\n2. Gooi weg wat niemand gebruikt",
        personnel_involved="from-start", effort="twee middagen", cost="", payback="",
    )  # fmt: skip
    figures = facts.get("figures", [{**FIGURE, "indicator": indicator("stocks")}])
    keep(
        submission, RESULTS, result="Wij zoeken bijna niet meer.", lessons="Begin klein", tomorrow="- Tel je voorraad",
        figures=figures,
    )  # fmt: skip
    return keep(
        submission, COMPANY, organisation=facts.get("organisation", house.metaal),
        names_author=facts.get("names_author", False), takes_questions=facts.get("takes_questions", True),
        people=facts.get("people", []),
    )  # fmt: skip


def sent(house: House, **facts: Any) -> CaseSubmission:
    """In the queue of staff, with the manager's approval."""
    submission = write(house, **facts)
    assert submission.author is not None
    services.send_submission(submission, by=submission.author)
    submission.refresh_from_db()
    services.approve_submission(submission, by=house.boss, seen=submission.version)
    submission.refresh_from_db()
    return submission


def taken_up(house: House, **facts: Any) -> CaseSubmission:
    submission = sent(house, **facts)
    services.take_up(submission, by=house.editor)
    submission.refresh_from_db()
    return submission


def online(house: House, **facts: Any) -> CaseSubmission:
    submission = taken_up(house, **facts)
    assert submission.page is not None
    submission.page.get_latest_revision().publish()
    submission.refresh_from_db()
    return submission


def token() -> uuid.UUID:
    return uuid.uuid4()


def told(user: User) -> list[str]:
    """What this person reads now among their notifications."""
    rows = list(Notification.objects.filter(recipient=user).order_by("pk"))
    lines = shown(user, rows)
    return [lines[row.pk].text for row in rows if row.pk in lines]
