"""What is held of who saves a search."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.privacy.registry import DELETE, WITH_ACCOUNT, Ground, PersonalData, Purpose, register
from portal.privacy.rows import columns

register(
    PersonalData(
        field="saved_searches.SavedSearch.user",
        name=_("Bewaarde zoekopdracht"),
        purpose=Purpose.SEARCH,
        why=_("Zodat we je melden wat er nieuw is voor wat je zoekt."),
        ground=Ground.AGREEMENT,
        term=WITH_ACCOUNT,
        export=columns("name", "question", "frequency", "created_at", "looked_at"),
        erasure=DELETE,
    )
)
