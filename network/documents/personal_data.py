"""What documents hold about people: who put them there."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.privacy.registry import UNLINK, AsLong, Ground, PersonalData, Purpose, register
from portal.privacy.rows import columns

register(
    PersonalData(
        field="documents.EcosystemDocument.added_by",
        name=_("Documenten die je in een ecosysteem zette"),
        purpose=Purpose.COMMUNITY,
        why=_("Zodat wie meedoet weet van wie een document komt. Het document zelf is van het ecosysteem."),
        ground=Ground.AGREEMENT,
        term=AsLong(_("zolang het document in het ecosysteem staat")),
        export=columns("ecosystem", "title", "summary", "url", "added_at"),
        erasure=UNLINK,
    )
)
