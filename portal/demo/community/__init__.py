"""A small fictional community to try the portal with, made by the services that people use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.services import end_sessions
from portal.demo.community.cast import Cast, read
from portal.demo.community.extras import load_documents, load_drafts, load_events, load_reports
from portal.demo.community.people import all_addresses, load_organisations, load_people
from portal.demo.community.places import load_ecosystems, load_rooms
from portal.demo.community.talk import load_talk
from portal.demo.safety import refuse_elsewhere
from portal.operations.staff import generate_password
from portal.taxonomy.models import Theme


class NothingToStandOn(Exception):
    """The portal has no content yet."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many of what are new, and the password of accounts that were made now (empty: none were)."""

    made: Mapping[str, int]
    password: str


@transaction.atomic
def load_community() -> Loaded:
    """What isn't there yet; what people changed since stays as it is. Raises NotHere, NothingToStandOn."""
    refuse_elsewhere()
    if not Theme.objects.exists():
        raise NothingToStandOn(_("Dit portaal is nog leeg. Start het eerst één keer met: make run"))
    password = generate_password()
    cast = Cast(now=timezone.now())
    load_people(cast, password)
    load_organisations(cast)
    load_ecosystems(cast)
    load_rooms(cast)
    load_talk(cast)
    load_events(cast)
    load_documents(cast)
    load_drafts(cast)
    load_reports(cast)
    return Loaded(cast.made, password if cast.made["people"] else "")


@transaction.atomic
def renew_password() -> str:
    """One new password for all accounts of the community; their sessions end. Raises NotHere."""
    refuse_elsewhere()
    password = generate_password()
    for user in User.objects.filter(email__in=all_addresses()):
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
    return password


def accounts() -> list[tuple[str, str]]:
    """Address and what one can try with it, for a list on the screen."""
    works_at = {
        key: organisation["name"]
        for organisation in read("people")["organisations"]
        for key in organisation["people"]
    }
    lines: list[tuple[str, str]] = []
    for entry in read("people")["people"]:
        what = ", ".join(part for part in (entry["role"], works_at.get(entry["key"], "")) if part)
        if entry.get("is_unverified"):
            what = _("adres nog niet bevestigd: kan niet inloggen")
        elif entry.get("is_new"):
            what = _("%(what)s; nieuw account, het eerste bericht wacht op een moderator") % {"what": what}
        lines.append((entry["email"], what))
    return lines
