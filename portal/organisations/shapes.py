"""Organisations and their people as the design system's components take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.design.shapes import Link, OrganisationView, PersonView, SummaryItem, Task
from portal.organisations.faces import NO_FACE, Face
from portal.organisations.models import Establishment, JoinRequest, Membership, Organisation

SUMMARY = 160


def kind_of(organisation: Organisation) -> str:
    return str(organisation.get_kind_display()).capitalize()


def card(organisation: Organisation) -> OrganisationView:
    """For a list; the organisation with its sector and region."""
    meta = [kind_of(organisation)]
    meta += [term.name for term in (organisation.sector, organisation.region) if term is not None]
    return OrganisationView(
        name=organisation.name,
        url=organisation.get_absolute_url(),
        meta=meta,
        summary=Truncator(organisation.description).chars(SUMMARY),
        sector=organisation.sector.code if organisation.sector else "",
        facts=[] if organisation.is_trusted else [_("Nog niet gecontroleerd: alleen jullie zien haar")],
    )


def name_of(user: User) -> str:
    """What others may read; an address isn't theirs to see."""
    return user.name or _("Iemand zonder naam")


def person(membership: Membership, face: Face = NO_FACE) -> PersonView:
    contact = [_("contactpersoon")] if membership.is_contact else []
    role = [str(membership.get_role_display())] if membership.role == Membership.Role.MANAGER else []
    return PersonView(
        name=name_of(membership.user),
        role=", ".join([*contact, *role]),
        url=face.url,
        photo_url=face.photo_url,
    )


def facts(
    organisation: Organisation, establishments: Sequence[Establishment], related: Iterable[Organisation]
) -> list[SummaryItem]:
    """What a reader may know of it; `related` are its holding and subsidiaries as far as they may be seen."""
    holding = [each for each in related if each.pk == organisation.parent_id]
    below = [each for each in related if each.parent_id == organisation.pk]
    items = [
        SummaryItem(term=_("Soort"), text=kind_of(organisation)),
        SummaryItem(term=_("Branche"), text=_name(organisation.sector)),
        SummaryItem(term=_("Grootte"), text=_name(organisation.size_class)),
        SummaryItem(term=_("Regio"), text=_name(organisation.region)),
    ]
    items = [item for item in items if item.text]
    if establishments:
        places = ", ".join(str(each) for each in establishments)
        items.append(SummaryItem(term=_("Vestigingen"), text=places))
    if organisation.website:
        items.append(
            SummaryItem(
                term=_("Website"), links=[Link(label=_bare(organisation.website), url=organisation.website)]
            )
        )
    if holding:
        items.append(SummaryItem(term=_("Onderdeel van"), links=_links(holding)))
    if below:
        items.append(SummaryItem(term=_("Hieronder vallen"), links=_links(below)))
    if organisation.verified_at is not None:
        when = date_format(timezone.localtime(organisation.verified_at), "j F Y")
        items.append(SummaryItem(term=_("Gecontroleerd"), text=_("door ons, op %(day)s") % {"day": when}))
    return items


def _name(term: object) -> str:
    return str(term) if term is not None else ""


def _bare(address: str) -> str:
    return address.partition("://")[2].strip("/") or address


def _links(organisations: Iterable[Organisation]) -> list[Link]:
    return [Link(label=each.name, url=each.get_absolute_url()) for each in organisations]


# --- for its own people


def manager_tasks(organisation: Organisation, requests: Sequence[JoinRequest]) -> list[Task]:
    """What waits for a manager."""
    tasks = [
        Task(
            label=_("%(name)s wil erbij horen") % {"name": request.user.name or request.user.email},
            status=_("beslis"),
            url=reverse("organisations:decide", args=[organisation.slug, request.pk]),
            kind="wait",
            hint=date_format(timezone.localtime(request.created_at), "j F Y"),
        )
        for request in requests
    ]
    return tasks + edit_tasks(organisation)


def edit_tasks(organisation: Organisation) -> list[Task]:
    if organisation.kvk_number:
        return []
    return [
        Task(
            label=_("Vul het KvK-nummer in"),
            status=_("te doen"),
            url=reverse("organisations:details", args=[organisation.slug]),
            hint=_("Daarmee weten wij zeker welk bedrijf het is."),
        )
    ]


def member_item(organisation: Organisation, membership: Membership, *, is_manager: bool) -> SummaryItem:
    """One of its people, for its own people; addresses are for managers."""
    parts = [str(membership.get_role_display())]
    if membership.is_contact:
        parts.append(_("contactpersoon"))
    if membership.ends_on:
        parts.append(_("gast tot en met %(day)s") % {"day": date_format(membership.ends_on, "j F Y")})
    if is_manager:
        parts.append(membership.user.email)
    url = reverse("organisations:person", args=[organisation.slug, membership.pk]) if is_manager else ""
    return SummaryItem(term=name_of(membership.user), text=" · ".join(parts), change_url=url)


def own_facts(organisation: Organisation) -> list[SummaryItem]:
    none = _("Nog niet ingevuld")
    return [
        SummaryItem(term=_("Naam"), text=organisation.name),
        SummaryItem(term=_("KvK-nummer"), text=organisation.kvk_number, missing=none),
        SummaryItem(term=_("Soort"), text=kind_of(organisation)),
        SummaryItem(term=_("Branche"), text=_name(organisation.sector), missing=none),
        SummaryItem(term=_("Grootte"), text=_name(organisation.size_class), missing=none),
        SummaryItem(term=_("Regio"), text=_name(organisation.region), missing=none),
        SummaryItem(term=_("Website"), text=organisation.website, missing=none),
        SummaryItem(term=_("Omschrijving"), text=organisation.description, missing=none),
    ]


def place_item(organisation: Organisation, establishment: Establishment) -> SummaryItem:
    parts = [establishment.place, _name(establishment.region)]
    parts += [_("hoofdvestiging")] if establishment.is_main else []
    return SummaryItem(
        term=establishment.name,
        text=" · ".join(part for part in parts if part),
        change_url=reverse("organisations:place-edit", args=[organisation.slug, establishment.pk]),
    )
