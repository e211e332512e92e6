"""What is held of who keeps a page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.privacy.registry import DELETE, WITH_ACCOUNT, Ground, PersonalData, Purpose, register
from portal.privacy.rows import columns

register(
    PersonalData(
        field="visitors.KeptPage.user",
        name=_("Bewaarde pagina"),
        purpose=Purpose.PROFILE,
        why=_("Zodat je terugvindt wat je bewaarde, ook op een ander apparaat."),
        ground=Ground.AGREEMENT,
        term=WITH_ACCOUNT,
        export=columns("page__title", "kept_at"),
        erasure=DELETE,
    )
)
