"""What somebody keeps for themselves in the authorisation matrix: searches, and what was found."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.saved_searches.models import Finding, SavedSearch
from portal.saved_searches.services import save_search
from search.question import Question


def name_searches() -> dict[str, Any]:
    """Of somebody who has no role in the matrix."""
    owner = User.objects.get(email="eigenaar@portaal.example")
    search, _new = save_search(
        owner, question=Question(text="voorraad"), name="Voorraad", frequency=SavedSearch.Frequency.WEEKLY
    )
    finding = Finding.objects.create(search=search, found_at=timezone.now(), documents=["case:1"])
    return {"not_my_search": search.pk, "not_my_finding": finding.pk}
