"""What people hear of documents: that there is a new one where they take part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network.documents.models import EcosystemDocument
from network.documents.services import ADDED
from portal.accounts.models import User
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.models import Notification


def show_added(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    """As long as it stands there, and the reader takes part."""
    seen = EcosystemDocument.objects.visible_to(reader).shown().filter(pk__in={row.object_id for row in rows})
    found = {document.pk: document for document in seen.select_related("ecosystem")}
    told: dict[int, Shown] = {}
    for row in rows:
        document = found.get(row.object_id)
        if document is not None:
            sentence = _now("Nieuw document: “%(title)s”") % {"title": document.title}
            told[row.pk] = Shown(sentence, document.get_absolute_url(), document.ecosystem.name)
    return told


register(
    Kind(
        code=ADDED,
        label=_("nieuwe documenten in je ecosystemen"),
        help=_("Als een beheerder een bestand of een link neerzet waar jij meedoet."),
        default=Frequency.DAILY,
        show=show_added,
        order=70,
    )
)
