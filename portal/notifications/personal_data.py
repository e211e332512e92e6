"""What is held about whom is told of what."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.notifications.services import KEEP_SEEN, KEEP_UNSEEN
from portal.privacy.registry import (
    DELETE,
    UNLINK,
    WITH_ACCOUNT,
    Ground,
    NotTaken,
    PersonalData,
    Purpose,
    Term,
    register,
)
from portal.privacy.rows import columns

register(
    PersonalData(
        field="notifications.Notification.recipient",
        name=_("Meldingen voor jou"),
        purpose=Purpose.MESSAGES,
        why=_("Zodat je ziet wat er voor je gebeurde."),
        ground=Ground.AGREEMENT,
        term=Term(KEEP_UNSEEN, since="created_at", job="notifications.forget-old"),
        export=columns("kind", "created_at", "seen_at", "mailed_at"),
        erasure=DELETE,
    ),
    PersonalData(
        field="notifications.Notification.actor",
        name=_("Door wie een ander een melding kreeg"),
        purpose=Purpose.MESSAGES,
        why=_("Zodat iemand leest van wie een reactie komt."),
        ground=Ground.AGREEMENT,
        term=Term(
            KEEP_SEEN, since="created_at", job="notifications.forget-old", only=Q(seen_at__isnull=False)
        ),
        export=NotTaken(_("De melding is van wie haar kreeg. Wat je zelf schreef, staat bij je berichten.")),
        erasure=UNLINK,
    ),
    PersonalData(
        field="notifications.Preference.user",
        name=_("Hoe vaak je mail wilt"),
        purpose=Purpose.MESSAGES,
        why=_("Zodat je niet meer mail krijgt dan je wilt."),
        ground=Ground.AGREEMENT,
        term=WITH_ACCOUNT,
        export=columns("kind", "frequency"),
        erasure=DELETE,
    ),
)
