"""What the portal holds about people and organisations; every room offers its own in a `personal_data.py`.

One entry for each foreign key to a person or an organisation, and for each other field that holds a name, an address or
a person's words. `tests/portal/privacy/test_inventory.py` names what lacks. The same entries make the export, the
erasure, the retention job's test, and the public register of processing. An example, the whole `personal_data.py` of a
room with registrations:

    from datetime import timedelta
    from django.utils.translation import gettext_lazy as _
    from network.events.models import Registration
    from portal.privacy.registry import (
        DELETE, UNLINK, AsLong, Ground, NotTaken, Own, PersonalData, Purpose, Term, of_organisation, register,
    )
    from portal.privacy.rows import columns

    register(
        PersonalData(
            field="events.Registration.user",
            name=_("Aanmelding voor een bijeenkomst"),
            purpose=Purpose.EVENTS,
            why=_("Zodat de organisator weet wie er komt en wie er op de wachtlijst staat."),
            ground=Ground.AGREEMENT,
            term=Term(timedelta(days=365), since="event__ends_at", job="events.forget-registrations"),
            export=columns("event", "state", "answers", "created_at"),
            erasure=DELETE,
        ),
        PersonalData(
            field="events.Event.organised_by",
            name=_("Wie de bijeenkomst aanmaakte"),
            purpose=Purpose.EVENTS,
            why=_("Zodat je je eigen bijeenkomst kunt wijzigen."),
            ground=Ground.AGREEMENT,
            term=AsLong(_("zolang de bijeenkomst bestaat")),
            export=columns("title", "starts_at"),
            erasure=UNLINK,
        ),
        of_organisation("events.Event.organisation", name=_("Bijeenkomst van een organisatie"), purpose=Purpose.EVENTS),
    )

Erasing: `DELETE` deletes the rows, `UNLINK` empties the field, `Own(_("wat er gebeurt"), function)` is your own service,
called with a `Departure` (who leaves, and whether their texts go too), `Keep(_("de wettelijke reden"))` leaves the row.
Own ones go first, upper rooms before lower ones; then what is unlinked, then what is deleted. A field further away than a
foreign key is written as a lookup from the model: `field="events.Answer.text"`, `person="registration__user"`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.privacy.rows import Columns, columns

Text = str | Promise
Rows = Callable[[User], Iterable[Mapping[str, object]]]  # an export's own words: label → value


class Purpose(models.TextChoices):
    """What for; the register of processing is grouped by it, in this order."""

    ACCOUNT = "account", _("Je account en inloggen")
    PROFILE = "profile", _("Je profiel")
    ORGANISATION = "organisation", _("Organisaties en wie erbij hoort")
    COMMUNITY = "community", _("Ecosystemen, vragen en gesprekken")
    EVENTS = "events", _("Bijeenkomsten")
    CASES = "cases", _("Praktijkvoorbeelden")
    MESSAGES = "messages", _("Meldingen, mail en nieuwsbrief")
    SEARCH = "search", _("Zoeken, en leren wat beter kan")
    SAFETY = "safety", _("Veiligheid en modereren")
    EDITING = "editing", _("Redactie en beheer")
    RIGHTS = "rights", _("Je rechten: toestemming, meenemen en wissen")


class Ground(models.TextChoices):
    """Why it is allowed (General Data Protection Regulation, article 6)."""

    AGREEMENT = "agreement", _("Nodig om te doen wat je van het portaal vraagt")
    CONSENT = "consent", _("Je gaf er toestemming voor")
    INTEREST = "interest", _("Nodig om het portaal veilig en goed te houden")
    LAW = "law", _("De wet vraagt het")


@dataclass(frozen=True, slots=True)
class Term:
    """So long after the moment in `since` (a field or lookup of the model); then `job` (its name) makes it go.

    `only`: the rows that have this term, where not all of them have. Where the job empties fields instead of deleting
    rows, `only` leaves out the emptied ones.
    """

    after: datetime.timedelta
    since: str
    job: str
    only: Q = field(default_factory=Q)
    said: Text = (
        ""  # what is in `since`, behind "na": "het einde van de bijeenkomst"; empty: by the field's name
    )


@dataclass(frozen=True, slots=True)
class AsLong:
    """No term in days: `text` reads well after "Bewaard:" ("zolang je account bestaat")."""

    text: Text


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Not in the export, because of `reason`."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Somebody who leaves. `texts_go`: their texts go too; else those stay without a name."""

    user: User
    texts_go: bool
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Delete:
    says: Text = _("Dit wissen we.")


@dataclass(frozen=True, slots=True)
class Unlink:
    says: Text = _("Dit blijft staan, zonder jou.")


@dataclass(frozen=True, slots=True)
class Own:
    """`act` runs within the transaction of the erasure and bears being run again."""

    says: Text
    act: Callable[[Departure], object]


@dataclass(frozen=True, slots=True)
class Keep:
    """`reason`: why the law or somebody else's right asks for it. Without a name it stays all the same."""

    reason: Text


DELETE = Delete()
UNLINK = Unlink()
Erasure = Delete | Unlink | Own | Keep
WITH_ACCOUNT = AsLong(_("zolang je account bestaat"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """One thing that is held about a person (or, with `of_organisation`, about an organisation).

    `field`: "app.Model.field". `person`: the lookup from the model to the person, where `field` itself isn't it; empty
    where there is none and `export` and `erasure` find the rows themselves. `files` gives files that go along in the
    export, as (name, path).
    """

    field: str
    name: Text
    purpose: Purpose
    why: Text
    ground: Ground
    term: Term | AsLong
    export: Columns | Rows | NotTaken
    erasure: Erasure
    person: str | None = None
    files: Callable[[User], Iterable[tuple[str, Path]]] | None = None
    # Sentences that this person reads before they let their account be erased.
    tells: Callable[[User], Sequence[str]] | None = None
    about_organisation: bool = False

    @property
    def model(self) -> type[models.Model]:
        app, model, _name = self.field.split(".")
        return apps.get_model(app, model)

    @property
    def field_name(self) -> str:
        return self.field.rpartition(".")[2]

    @property
    def lookup(self) -> str:
        """From the model to the person."""
        return self.field_name if self.person is None else self.person

    def rows_of(self, user: User) -> models.QuerySet[Any]:
        return self.model._base_manager.filter(**{self.lookup: user.pk})

    def taken_by(self, user: User) -> list[Mapping[str, object]]:
        """What the export shows of it."""
        if isinstance(self.export, NotTaken):
            return []
        if isinstance(self.export, Columns):
            return list(self.export.rows(self.rows_of(user)))
        return list(self.export(user))

    def past_term(self, at: datetime.datetime) -> models.QuerySet[Any]:
        """Rows that should be gone by `at`; none where there is no term in days."""
        rows = self.model._base_manager.all()
        if isinstance(self.term, AsLong):
            return rows.none()
        return rows.filter(self.term.only, **{f"{self.term.since}__lt": at - self.term.after})


_entries: dict[str, PersonalData] = {}


def register(*entries: PersonalData) -> None:
    """Raises ValueError where a field is registered twice, LookupError where there is no such field."""
    for entry in entries:
        if entry.field in _entries:
            raise ValueError(f"personal data {entry.field!r} is registered twice")
        entry.model._meta.get_field(entry.field_name)
        if isinstance(entry.export, Columns):
            entry.export.check(entry.model)
        _entries[entry.field] = entry


def entries() -> Sequence[PersonalData]:
    """All of them, upper rooms first."""
    order = {config.label: number for number, config in enumerate(apps.get_app_configs())}
    return sorted(_entries.values(), key=lambda entry: order[entry.field.split(".")[0]])


def find(name: str) -> PersonalData | None:
    return _entries.get(name)


def of_organisation(
    name_of_field: str, *, name: Text, purpose: Purpose, term: Term | AsLong | None = None
) -> PersonalData:
    """The entry of a foreign key to an organisation: not a person's own, so neither taken along nor erased with one."""
    return PersonalData(
        field=name_of_field,
        name=name,
        purpose=purpose,
        why=_("Zodat te zien is bij welke organisatie het hoort."),
        ground=Ground.INTEREST,
        term=term or AsLong(_("zolang de organisatie op het portaal staat")),
        export=NotTaken(_("Het is van de organisatie. Wie haar beheert, ziet het op haar pagina's.")),
        erasure=Keep(_("Het gaat over een organisatie, niet over een persoon.")),
        about_organisation=True,
    )


def of_staff(
    name_of_field: str, *, name: Text, shows: Sequence[str], term: Term | AsLong | None = None
) -> PersonalData:
    """The entry of who of the staff did something: it stays when they leave. `shows`: the columns of the export."""
    return PersonalData(
        field=name_of_field,
        name=name,
        purpose=Purpose.EDITING,
        why=_("Zodat de redactie weet wie wat deed en aan wie ze iets kan vragen."),
        ground=Ground.INTEREST,
        term=term or AsLong(_("zolang het werk zelf bewaard wordt")),
        export=columns(*shows),
        erasure=UNLINK,
    )
