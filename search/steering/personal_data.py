"""Who of the staff steers the search."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.privacy.registry import AsLong, of_staff, register

_STANDS = AsLong(_("zolang het in het beheer staat"))
KINDS = {
    "SynonymGroup": (_("Wie een groep synoniemen maakte"), _("Wie een groep synoniemen wijzigde"), "words"),
    "OneWaySynonym": (_("Wie een synoniem maakte"), _("Wie een synoniem wijzigde"), "term"),
    "WholeWord": (_("Wie een woord heel liet"), _("Wie een heel woord wijzigde"), "word"),
    "PromotedResult": (_("Wie een resultaat aanbeval"), _("Wie een aanbeveling wijzigde"), "term"),
    "JudgedQuery": (_("Wie een zoekvraag beoordeelde"), _("Wie een beoordeling wijzigde"), "text"),
}

register(
    *(
        of_staff(f"search_steering.{model}.{field}", name=name, shows=[shown, moment], term=_STANDS)
        for model, (made, changed, shown) in KINDS.items()
        for name, field, moment in ((made, "created_by", "created_at"), (changed, "changed_by", "changed_at"))
    ),
    of_staff(
        "search_steering.JudgedRun.ran_by",
        name=_("Wie het zoeken liet meten"),
        shows=["ran_at"],
        term=_STANDS,
    ),
    of_staff(
        "search_steering.JudgedRun.accepted_by",
        name=_("Wie een meting van het zoeken goedvond"),
        shows=["ran_at", "accepted"],
        term=_STANDS,
    ),
)
