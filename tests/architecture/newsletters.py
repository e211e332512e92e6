"""In the authorisation matrix: the newsletter and its readers, and what somebody searches for again and again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.newsletters.models import Edition, Subscription
from portal.saved_searches.models import Finding, SavedSearch
from portal.saved_searches.services import save_search
from search.question import Question


def name_newsletters() -> dict[str, Any]:
    """One that was sent and one that wasn't; who was asked, who reads it and who is about to leave."""
    now = timezone.now()
    sent = Edition.objects.create(
        subject="Verstuurd", introduction="Dit is er nieuw.", state="sent", started_at=now, sent_at=now
    )
    draft = Edition.objects.create(subject="Concept", introduction="Dit komt nog.")
    readers = {
        name: Subscription.objects.create(email=f"{name}@portaal.example", confirmed_at=confirmed)
        for name, confirmed in (("gevraagd", None), ("lezer", now), ("vertrekker", now))
    }
    return {
        "newsletter_sent": sent.pk,
        "newsletter_draft": draft.pk,
        "newsletter_asked": readers["gevraagd"].confirm_key,
        "newsletter_reader": readers["lezer"].key,
        "newsletter_leaver": readers["vertrekker"].key,
    }


def name_searches() -> dict[str, Any]:
    """Of somebody who has no role in the matrix."""
    owner = User.objects.get(email="eigenaar@portaal.example")
    search, _new = save_search(
        owner, question=Question(text="voorraad"), name="Voorraad", frequency=SavedSearch.Frequency.WEEKLY
    )
    finding = Finding.objects.create(search=search, found_at=timezone.now(), documents=["case:1"])
    return {"not_my_search": search.pk, "not_my_finding": finding.pk}
