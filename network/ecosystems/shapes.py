"""Ecosystems and their people as the design system's components take them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.ecosystems.models import CompanyMembership, Ecosystem, JoinRequest, Participation
from network.ecosystems.rules import must_accept_rules
from portal.accounts.models import User
from portal.design.shapes import OrganisationView, PersonView, SummaryItem, Task
from portal.organisations.shapes import name_of
from portal.people.shapes import ShownPerson
from portal.text import render_markdown


def as_html(text: str) -> SafeString:
    """A member's Markdown."""
    return mark_safe(render_markdown(text))  # noqa: S308 - portal.text has the last word on what may stand in it


def card(ecosystem: Ecosystem, *, own: Collection[int] = ()) -> OrganisationView:
    """For a list; the ecosystem with its parent and organisation. `own`: where the reader is inside."""
    parent = ecosystem.parent
    meta = [_("werkgroep van %(name)s") % {"name": parent.name}] if parent is not None else []
    meta += [_("van %(name)s") % {"name": ecosystem.organisation.name}] if parent is None else []
    facts = [_("Je doet mee")] if ecosystem.pk in own else []
    if ecosystem.closed_at is not None:
        facts.append(_("Gesloten"))
    return OrganisationView(
        name=ecosystem.name,
        url=ecosystem.get_absolute_url(),
        meta=meta,
        summary=ecosystem.summary,
        facts=facts,
    )


def participant(row: Participation, shown: ShownPerson | None = None) -> PersonView:
    """For who is inside too; an address isn't theirs to see. `shown`: as their profile shows them to this reader."""
    role = str(row.get_role_display()) if row.role == Participation.Role.MANAGER else ""
    if row.guest_until is not None:
        role = _("gast tot en met %(day)s") % {"day": day_text(row.guest_until)}
    company = row.company.organisation.name if row.company is not None else ""
    return PersonView(name=name_of(row.user), role=role, organisation=company, **_face(shown))


def manager(user: User, shown: ShownPerson | None = None) -> PersonView:
    return PersonView(name=name_of(user), role=_("beheerder"), **_face(shown))


def _face(shown: ShownPerson | None) -> dict[str, str]:
    return {"url": shown.url, "photo_url": shown.photo_url} if shown is not None else {}


def company(row: CompanyMembership, *, is_shown: bool) -> OrganisationView:
    """`is_shown`: the reader may see its own page too."""
    organisation = row.organisation
    meta = [term.name for term in (organisation.sector, organisation.region) if term is not None]
    return OrganisationView(
        name=organisation.name,
        url=organisation.get_absolute_url() if is_shown else "",
        meta=meta,
        sector=organisation.sector.code if organisation.sector else "",
    )


def day_text(day: Any) -> str:
    return date_format(day, "j F Y")


# --- for managers


def tasks(ecosystem: Ecosystem, requests: Sequence[JoinRequest]) -> list[Task]:
    """What waits for a manager."""
    found = [
        Task(
            label=_asks(request),
            status=_("beslis"),
            url=reverse("ecosystems:decide", args=[ecosystem.slug, request.pk]),
            kind="wait",
            hint=day_text(timezone.localtime(request.created_at)),
        )
        for request in requests
    ]
    if not ecosystem.house_rules.strip():
        found.append(
            Task(
                label=_("Schrijf huisregels"),
                status=_("te doen"),
                url=reverse("ecosystems:house-rules", args=[ecosystem.slug]),
                hint=_("Wie meedoet, accepteert ze."),
            )
        )
    return found


def _asks(request: JoinRequest) -> str:
    name = name_of(request.user)
    if request.for_company and request.organisation is not None:
        return _("%(name)s wil met %(company)s lid worden") % {
            "name": name,
            "company": request.organisation.name,
        }
    return _("%(name)s wil meedoen") % {"name": name}


def member_item(row: Participation, *, quiet: Collection[int]) -> SummaryItem:
    """One of the people, for managers. `quiet`: who hasn't been here for long."""
    parts = [str(row.get_role_display())]
    if row.guest_until is not None:
        parts = [_("gast tot en met %(day)s") % {"day": day_text(row.guest_until)}]
    if row.company is not None:
        parts.append(row.company.organisation.name)
    parts.append(row.user.email)
    if must_accept_rules(row):
        parts.append(_("huisregels nog niet geaccepteerd"))
    if row.user_id in quiet:
        parts.append(_("lang niet hier geweest"))
    url = reverse("ecosystems:person", args=[row.ecosystem.slug, row.pk])
    return SummaryItem(term=name_of(row.user), text=" · ".join(parts), change_url=url)


def company_item(row: CompanyMembership, people: int) -> SummaryItem:
    text = ngettext("%(number)s persoon doet mee", "%(number)s mensen doen mee", people) % {"number": people}
    url = reverse("ecosystems:company", args=[row.ecosystem.slug, row.pk])
    return SummaryItem(term=row.organisation.name, text=text, change_url=url)


def facts(ecosystem: Ecosystem) -> list[SummaryItem]:
    none = _("Nog niet ingevuld")
    return [
        SummaryItem(term=_("Naam"), text=ecosystem.name),
        SummaryItem(term=_("In één zin"), text=ecosystem.summary, missing=none),
        SummaryItem(term=_("Wie ziet dat het er is"), text=str(ecosystem.get_visibility_display())),
        SummaryItem(term=_("Hoe je meedoet"), text=str(ecosystem.get_joining_display())),
    ]
