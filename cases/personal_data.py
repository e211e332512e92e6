"""What a case holds about the company it is about, and about who is named on it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.models import CaseCredit
from portal.http.page_cache import bump_generation
from portal.privacy.registry import (
    AsLong,
    Departure,
    Ground,
    Own,
    PersonalData,
    Purpose,
    of_organisation,
    register,
)
from portal.privacy.rows import columns


def take_name_off(departure: Departure) -> None:
    """Stored pages show it until they are made anew."""
    if CaseCredit.objects.filter(user=departure.user).delete()[0]:
        bump_generation()


register(
    of_organisation(
        "cases.CasePage.organisation",
        name=_("Over welk bedrijf een praktijkvoorbeeld gaat"),
        purpose=Purpose.CASES,
    ),
    PersonalData(
        field="cases.CaseCredit.user",
        name=_("Je naam bij een praktijkvoorbeeld"),
        purpose=Purpose.CASES,
        why=_("Zodat lezers zien wie het deed."),
        ground=Ground.CONSENT,
        term=AsLong(_("tot je je naam eraf haalt of je account wist")),
        export=columns("page__title", "name", "role", "agreed_at"),
        erasure=Own(_("Je naam gaat van de pagina."), take_name_off),
    ),
)
