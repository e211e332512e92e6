"""What a case holds about the company it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.privacy.registry import Purpose, of_organisation, register

register(
    of_organisation(
        "cases.CasePage.organisation",
        name=_("Over welk bedrijf een praktijkvoorbeeld gaat"),
        purpose=Purpose.CASES,
    )
)
