"""Staff erase an account for who asks them: with a reason, by the same rules, and never in Wagtail's own way."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from portal.privacy.models import Leaving
from portal.privacy.services import erase_due
from tests.portal.organisations.people import browser_of, make_organisation, make_staff


@pytest.fixture
def staff(portal: Any) -> User:
    return make_staff()


def test_a_reason_and_a_choice_are_asked_and_it_is_done_at_once(me: User, staff: User) -> None:
    make_organisation("Vogelhuis", by=me)
    browser, path = browser_of(staff), reverse("privacy_erase_on_request", args=[me.pk])
    assert "Je bent de enige beheerder van Vogelhuis" in browser.get(path).content.decode()
    answer = browser.post(path, {}).content.decode()
    assert "Schrijf op waarom." in answer and "Vraag wat zij wil" in answer
    browser.post(path, {"texts": "weg", "reason": "Belde, en noemde de code uit de mail"})
    assert ModelLogEntry.objects.get(action="privacy.erasure_on_request").user == staff
    assert Leaving.objects.get().texts_go
    assert erase_due(timezone.now()) == 1
    assert not User.objects.filter(pk=me.pk).exists()
    # That staff did it is kept, and no word about whom.
    entry = ModelLogEntry.objects.get(action="privacy.erasure_on_request")
    assert (entry.label, entry.data) == ("", {})


def test_wagtails_own_removal_leads_to_the_rules(me: User, staff: User) -> None:
    browser, own = browser_of(staff), reverse("privacy_erase_on_request", args=[me.pk])
    assert own in browser.get(reverse("wagtailusers_users:index")).content.decode()
    single = browser.post(reverse("wagtailusers_users:delete", args=[me.pk]))
    assert (single.status_code, single["Location"]) == (302, own)
    many = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    browser.post(f"{many}?id={me.pk}")
    assert User.objects.filter(pk=me.pk).exists()


def test_only_for_who_may_remove_accounts(me: User, other: User) -> None:
    path = reverse("privacy_erase_on_request", args=[me.pk])
    for user in (None, other, me):
        browser_of(user).post(path, {"texts": "weg", "reason": "Zomaar"})
    assert not Leaving.objects.exists()


def test_who_may_do_everything_is_erased_by_an_equal_alone(me: User, staff: User) -> None:
    """Whoever may remove accounts doesn't rid the portal of its administrators that way."""
    me.user_permissions.add(*permissions("delete_user", "change_user", "access_admin"))
    User.objects.filter(pk=me.pk).update(is_staff=True)
    browser = browser_of(User.objects.get(pk=me.pk))
    path = reverse("privacy_erase_on_request", args=[staff.pk])
    assert path not in browser.get(reverse("wagtailusers_users:index")).content.decode()
    browser.post(path, {"texts": "weg", "reason": "Zomaar"})
    assert not Leaving.objects.exists()
    other = make_staff()
    browser.post(reverse("privacy_erase_on_request", args=[other.pk]), {"texts": "weg", "reason": "Zomaar"})
    assert not Leaving.objects.exists()
    browser_of(staff).post(
        reverse("privacy_erase_on_request", args=[other.pk]), {"texts": "weg", "reason": "Belde"}
    )
    assert Leaving.objects.get().user == other


def permissions(*names: str) -> Any:
    return Permission.objects.filter(codename__in=names)
