"""The people, and the companies that they founded and joined."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from portal.accounts.models import User
from portal.accounts.services import note_staff
from portal.demo.community.cast import Cast, read
from portal.organisations.models import Membership, Organisation
from portal.organisations.names import fold_name
from portal.organisations.services import (
    ask_to_join,
    decide_join_request,
    found_organisation,
    verify_organisation,
)
from portal.organisations.services.founding import Details
from portal.pages.staff import EDITORS
from portal.people.services import Details as ProfileDetails
from portal.people.services import save_profile
from portal.privacy.services import accept_terms
from portal.taxonomy.models import Region, Sector, SizeClass, Theme

ABOUT = "Ik ben verzonnen. Je kunt met mij oefenen."
REASON = "Een verzonnen organisatie van het oefenportaal."


def load_people(cast: Cast, password: str) -> None:
    """Who isn't there yet, with this password."""
    stored = make_password(password)
    for entry in read("people")["people"]:
        user = User.objects.filter(email=entry["email"]).first()
        cast.people[entry["key"]] = user or _new_person(cast, entry, stored)


def _new_person(cast: Cast, entry: dict[str, Any], stored: str) -> User:
    is_new = entry.get("is_new", False)
    user = User.objects.create_user(
        entry["email"], name=entry["name"], date_joined=cast.now if is_new else cast.came
    )
    user.password = stored
    user.save(update_fields=["password"])
    EmailAddress.objects.create(
        user=user, email=user.email, primary=True, verified=not entry.get("is_unverified", False)
    )
    for name in entry.get("groups", []):
        user.groups.add(Group.objects.get(name=name))
        if name == EDITORS:
            note_staff(user, enters_staff_admin=True)
    themes = list(Theme.objects.filter(slug__in=entry.get("themes", [])))
    details = ProfileDetails(
        name=user.name,
        role_at_work=entry["role"],
        about=ABOUT,
        themes=themes,
        open_to_questions=bool(themes),
        audiences={"show_about": "members", "show_expertise": "members"},
    )
    if not entry.get("is_unverified"):
        save_profile(user, details=details)
        accept_terms(user)
    cast.made["people"] += 1
    return user


def load_organisations(cast: Cast) -> None:
    """Founded by the first of its people, verified by an editor, and joined by the others."""
    for entry in read("people")["organisations"]:
        founder, *others = (cast.people[key] for key in entry["people"])
        known = Organisation.objects.filter(name_key=fold_name(entry["name"])).first()
        if known is None:
            known = found_organisation(_details(entry), by=founder)
            known.created_at = cast.came
            known.save(update_fields=["created_at"])
            cast.made["organisations"] += 1
            if not entry.get("is_unverified"):
                verify_organisation(known, by=cast.people["ella"], reason=REASON)
            for other in others:
                request = ask_to_join(known, by=other, message="Ik werk hier ook. (verzonnen)")
                decide_join_request(request, is_accepted=True, by=founder)
            Membership.objects.filter(organisation=known).update(started_at=cast.came, is_listed=True)
        cast.organisations[entry["key"]] = known


def _details(entry: dict[str, Any]) -> Details:
    return Details(
        name=entry["name"],
        kind=entry.get("kind", "company"),
        description=entry["description"],
        sector=Sector.objects.filter(code=entry.get("sector", "")).first(),
        size_class=SizeClass.objects.filter(code=entry.get("size_class", "")).first(),
        region=Region.objects.filter(slug=entry.get("region", "")).first(),
    )


def all_addresses() -> list[str]:
    return [entry["email"] for entry in read("people")["people"]]


__all__ = ["all_addresses", "load_organisations", "load_people"]
