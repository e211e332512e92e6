"""Nothing about a person is held that the registry doesn't know: why, how long, what is taken along, what is erased."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from portal.accounts.models import User
from portal.background.registry import registered
from portal.privacy import inventory
from portal.privacy.registry import DELETE, UNLINK, Term, entries, find
from portal.privacy.rows import columns

# Reviewed: text that holds somebody's name or words and points at nobody by itself. New ones belong here.
TEXTS = (
    "accounts.User.name",
    "conversations.PostVersion.text",
    "evidence.Source.author",
    "mail.Mail.text",
    "media.PortalImage.credit",
    "pages.PageCitation.by",
    "privacy.Consent.actor",
    "search_journal.Phrase.text",
    "search_journal.Verdict.remark",
    "search_journal.Visit.token",
    "wagtailcore.ModelLogEntry.label",
)


def test_every_field_about_a_person_or_organisation_has_an_entry() -> None:
    assert inventory.lacking() == []


@pytest.mark.parametrize("name", TEXTS)
def test_what_holds_names_without_pointing_at_anybody_has_an_entry(name: str) -> None:
    assert find(name) is not None


def test_the_inventory_finds_what_has_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise an inventory that looks at nothing would be content."""
    known = {
        "people.Profile.user",
        "mail.Mail.to",
        "cases.CasePage.organisation",
        "usersessions.UserSession.ip",
    }
    assert known <= set(inventory.personal_fields())
    monkeypatch.setattr(inventory, "find", lambda name: None if name == "people.Profile.user" else find(name))
    assert (
        "people.Profile.user wijst naar een persoon of organisatie, of bevat een adres: schrijf er een PersonalData "
        "voor in personal_data.py van de kamer (zie portal/privacy/registry.py)."
    ) in inventory.lacking()


def test_only_what_may_be_empty_is_unlinked() -> None:
    unlinked = [entry for entry in entries() if entry.erasure is UNLINK]
    stuck = [entry.field for entry in unlinked if not entry.model._meta.get_field(entry.field_name).null]
    assert stuck == []


def test_what_is_deleted_is_found_by_its_person() -> None:
    assert [entry.field for entry in entries() if entry.erasure is DELETE and entry.lookup == ""] == []


def test_every_term_is_kept_by_a_job_that_runs() -> None:
    jobs = {entry.field: entry.term.job for entry in entries() if isinstance(entry.term, Term)}
    assert {field: job for field, job in jobs.items() if job not in registered()} == {}


def test_an_export_shows_no_column_that_leads_to_somebody_else() -> None:
    post = apps.get_model("conversations", "Post")
    with pytest.raises(ValueError, match="leads to a person"):
        columns("author").check(post)


@isolate_apps("portal.privacy")
def test_an_export_never_shows_two_columns_under_one_name() -> None:
    class Twice(models.Model):  # noqa: DJ008
        one = models.CharField("naam", max_length=5)
        other = models.CharField("naam", max_length=5)

        class Meta:
            app_label = "privacy"

    with pytest.raises(ValueError, match="one name"):
        columns("one", "other").check(Twice)


def test_upper_rooms_are_erased_before_lower_ones() -> None:
    order = [entry.model for entry in entries()]
    assert order.index(apps.get_model("conversations", "Post")) < order.index(User)
