"""Two organisations become one."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.http.page_cache import bump_generation
from portal.organisations import merging, rules
from portal.organisations.models import Organisation
from portal.organisations.services.founding import makes_circle
from portal.organisations.services.refusals import Refused
from portal.organisations.services.standing import Kind, record, require_allowed, require_reason


@transaction.atomic
def merge_organisations(
    organisation: Organisation, *, into: Organisation, by: User, reason: str
) -> Organisation:
    """All that points to `organisation` points to `into` from now on, and its address leads there. Gives `into`.

    Doing it again changes nothing. Refused where it would show or hide what wasn't shown or hidden before.
    """
    require_allowed(rules.can_merge(by))
    text = require_reason(reason)
    forgotten = merging.unregistered()
    if forgotten:
        raise ImproperlyConfigured(f"nobody says how these move: {', '.join(forgotten)}")
    # All of them, in one order: the tree above and below both is read too.
    rows = {row.pk: row for row in Organisation.objects.select_for_update().order_by("pk")}
    old, new = rows[organisation.pk], rows[into.pk]
    if old.merged_into_id == new.pk:
        return new
    _refuse(old, new)
    if makes_circle(old, new, {pk: row.parent_id for pk, row in rows.items()}):
        new.parent = old.parent
        new.save(update_fields=["parent"])
    for _label, move in merging.movers():
        move(old, new)
    _close(old, new)
    record(new, Kind.MERGED, actor=by, text=text)
    bump_generation()
    return new


def _refuse(old: Organisation, new: Organisation) -> None:
    if old.pk == new.pk:
        raise Refused(_("Kies twee verschillende organisaties."))
    if old.merged_into_id is not None or new.merged_into_id is not None:
        raise Refused(_("Een van de twee is al opgegaan in een andere."))
    if old.is_trusted and not new.is_trusted:
        raise Refused(_("Controleer eerst de organisatie die blijft: nu ziet niet iedereen haar."))


def _close(old: Organisation, new: Organisation) -> None:
    """The one that goes keeps name and address; its KvK number goes along where the other has none."""
    number, old.merged_into, old.parent = old.kvk_number, new, None
    if number and not new.kvk_number:
        old.kvk_number = ""
    old.save(update_fields=["merged_into", "parent", "kvk_number"])
    if number and not new.kvk_number:
        new.kvk_number = number
    # Also where nothing of its own changed: what shows or finds its name is looked at again.
    new.save(update_fields=["kvk_number"])
