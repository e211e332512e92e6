"""What people hear of their saved searches. Titles are asked at reading: who lost a right reads none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.models import Notification
from portal.saved_searches.models import Finding
from portal.saved_searches.services import DAILY, WEEKLY
from portal.saved_searches.showing import seen_documents
from search.documents import ShownHit


def show_findings(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    pks = {row.object_id for row in rows}
    findings = {
        each.pk: each
        for each in Finding.objects.visible_to(reader).filter(pk__in=pks).select_related("search")
    }
    seen = seen_documents(reader, findings.values())
    return {
        row.pk: Shown(
            _sentence(seen[row.object_id]),
            findings[row.object_id].get_absolute_url(),
            _where(findings[row.object_id]),
        )
        for row in rows
        if row.object_id in seen
    }


def _where(finding: Finding) -> str:
    return _now("Zoekopdracht ‘%(name)s’") % {"name": finding.search.name}


def _sentence(documents: Sequence[ShownHit]) -> str:
    """The newest by name, the others by number."""
    first, others = documents[0].title, len(documents) - 1
    if not others:
        return _now("Nieuw: “%(title)s”") % {"title": first}
    return ngettext(
        "Nieuw: “%(title)s” en nog %(number)d", "Nieuw: “%(title)s” en nog %(number)d", others
    ) % {"title": first, "number": others}


register(
    Kind(
        code=DAILY,
        label=_("wat nieuw is bij zoekopdrachten die je elke dag volgt"),
        help=_("Per zoekopdracht kies je hoe vaak we kijken."),
        default=Frequency.DAILY,
        show=show_findings,
        order=60,
    )
)
register(
    Kind(
        code=WEEKLY,
        label=_("wat nieuw is bij zoekopdrachten die je elke week volgt"),
        help=_("Per zoekopdracht kies je hoe vaak we kijken."),
        default=Frequency.WEEKLY,
        show=show_findings,
        order=61,
    )
)
