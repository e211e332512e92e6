"""What an organiser fills in about an event. Every rule is in the services, but those of the clock."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from network.conversations.forms import TokenForm, text_field, title_field
from network.ecosystems.models import Ecosystem
from network.events import rules
from network.events.clock import DoubleHour, MissingHour, comes_twice, end_of_day, local, moment_of
from network.events.models import Event
from network.events.models.events import MOST_OFFER_HOURS, MOST_PLACES
from network.events.services import Details
from portal.http.forms import offer_choices
from portal.taxonomy.labels import labels
from portal.taxonomy.models import Region, Sector, Theme

PORTAL = "portaal"
SELDOM = ("end_day", "closes_day", "offer_hours", "themes", "sector", "region")
MARKDOWN_HELP = _("Begin een lijst met een streepje. **Vet** maak je met twee sterretjes.")
FIRST, SECOND = "eerste", "tweede"
WHICH = ((FIRST, _("De eerste keer: nog zomertijd")), (SECOND, _("De tweede keer: al wintertijd")))
MISSING_HOUR = _("Deze tijd bestaat niet: die nacht gaat de klok een uur vooruit. Kies een andere tijd.")
DOUBLE_HOUR = _(
    "Deze tijd komt die nacht twee keer voor: de klok gaat een uur terug. Kies hieronder welke je bedoelt."
)


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        validators=[
            MinValueValidator(datetime.date(2000, 1, 1), _("Kies een latere dag.")),
            MaxValueValidator(datetime.date(2100, 1, 1), _("Kies een eerdere dag.")),
        ],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Kies een dag."), "invalid": _("Schrijf de dag als 31-12-2026.")},
    )


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Kies een tijd."), "invalid": _("Schrijf de tijd als 14:30.")},
    )


def which_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=WHICH,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Kies een van beide.")},
    )


class EventForm(TokenForm):
    """`places`: for whom this person may organise; asked only where there is a choice.

    The fields `start_which` and `end_which` are there only where the clock shows that time twice.
    """

    organiser = forms.ChoiceField(
        label=_("Wie organiseert het?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wie het organiseert."),
            "invalid_choice": _("Kies uit de lijst."),
        },
    )
    title = title_field(_("Titel"), _("Bijvoorbeeld: plannen met een bord, in één middag"))
    kind = forms.ChoiceField(label=_("Soort"), choices=Event.Kind.choices)
    summary = forms.CharField(
        label=_("In één zin"), max_length=260, required=False, help_text=_("Dit staat in de lijst.")
    )
    text = text_field(_("Waar het over gaat"))
    text.help_text = MARKDOWN_HELP
    audience = forms.ChoiceField(
        label=_("Wie mag dit zien en zich aanmelden?"),
        widget=forms.RadioSelect,
        help_text=_("Dit kun je niet meer veranderen als het op de agenda staat."),
        error_messages={"required": _("Kies voor wie het is."), "invalid_choice": _("Kies uit de lijst.")},
    )
    day = day_field(_("Dag"))
    start = time_field(_("Begint om"))
    start_which = which_field(_("Welke keer begint het?"))
    end_day = day_field(
        _("Laatste dag"), required=False, help_text=_("Alleen als het langer dan een dag duurt.")
    )
    end = time_field(_("Eindigt om"))
    end_which = which_field(_("Welke keer eindigt het?"))
    is_online = forms.BooleanField(label=_("Je kunt online meedoen"), required=False)
    place = forms.CharField(
        label=_("Plaats"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: Utrecht. Iedereen ziet dit."),
    )
    address = forms.CharField(
        label=_("Volledig adres"), max_length=300, required=False,
        help_text=_("Alleen wie is aangemeld, ziet dit."),
    )  # fmt: skip
    online_url = forms.URLField(
        label=_("Link om online mee te doen"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Alleen wie is aangemeld, ziet dit."),
        error_messages={"invalid": _("Schrijf het hele adres, zoals https://voorbeeld.nl/kamer.")},
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("Aantal plaatsen"), min_value=1, max_value=MOST_PLACES, required=False,
        help_text=_("Laat leeg als er geen maximum is. Is het vol, dan komt er een wachtlijst."),
        error_messages={"invalid": _("Schrijf een getal."), "min_value": _("Schrijf een getal vanaf 1.")},
    )  # fmt: skip
    closes_day = day_field(_("Aanmelden kan tot en met"), required=False)
    offer_hours = forms.IntegerField(
        label=_("Uren bedenktijd voor wie een plek van de wachtlijst krijgt"),
        min_value=1, max_value=MOST_OFFER_HOURS, initial=24,
        help_text=_("Kort voor het begin wordt dat vanzelf minder."),
        error_messages={"required": _("Schrijf een getal."), "invalid": _("Schrijf een getal.")},
    )  # fmt: skip
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(), label=_("Thema's"), required=False, to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies thema's uit de lijst.")},
    )  # fmt: skip
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    region = forms.ChoiceField(label=_("Regio"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    kopie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(
        self, *args: Any, places: Sequence[rules.Place], event: Event | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place_code(each): each for each in places}
        self.event = event
        self.fixed_audience = event is not None and event.state != Event.State.DRAFT
        # Asked on request alone, since other people's hours come once.
        self.doubles: set[str] = {name for name in ("start", "end") if self[f"{name}_which"].value()}
        offer_choices(self, "organiser", [(code, place_name(each)) for code, each in self.places.items()])
        known = labels()
        offer_choices(
            self,
            "sector",
            [("", _("Maakt niet uit")), *((each.code, each.name) for each in known.sectors.values())],
        )
        offer_choices(
            self,
            "region",
            [("", _("Maakt niet uit")), *((each.code, each.name) for each in known.regions.values())],
        )
        if event is not None or len(places) < 2:
            del self.fields["organiser"]
        self._set_audiences(places if event is None else [event.ecosystem])

    def _set_audiences(self, places: Sequence[Any]) -> None:
        if self.fixed_audience:
            del self.fields["audience"]
            return
        hidden = [isinstance(each, Ecosystem) and Event(ecosystem=each).is_of_hidden for each in places]
        choices = [
            (code, label)
            for code, label in Event.Audience.choices
            if code != Event.Audience.ECOSYSTEM and not all(hidden)
        ]
        if any(isinstance(each, Ecosystem) for each in places):
            choices.insert(0, (Event.Audience.ECOSYSTEM, Event.Audience.ECOSYSTEM.label))
        offer_choices(self, "audience", choices)

    def shown_fields(self) -> list[forms.BoundField]:
        """What everybody fills in."""
        return [
            field
            for field in self.visible_fields()
            if field.name not in SELDOM
            and not (field.name.endswith("_which") and field.name.removesuffix("_which") not in self.doubles)
        ]

    def more_fields(self) -> list[forms.BoundField]:
        """What is folded away until somebody wants it."""
        return [field for field in self.visible_fields() if field.name in SELDOM]

    def opens_more(self) -> bool:
        return any(field.errors for field in self.more_fields())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day, last = given.get("day"), given.get("end_day")
        given["starts_at"] = self._moment("start", day)
        given["ends_at"] = self._moment("end", last or day)
        closes = given.get("closes_day")
        # So that "until the day itself" means until it begins.
        if closes is not None and given["starts_at"] is not None:
            until, begin = end_of_day(closes), given["starts_at"]
            given["closes_at"] = begin if closes == local(begin).date() else until
        return given

    def _moment(self, name: str, day: datetime.date | None) -> datetime.datetime | None:
        time, which = self.cleaned_data.get(name), self.cleaned_data.get(f"{name}_which")
        if day is None or time is None:
            return None
        try:
            if comes_twice(day, time):
                self.doubles.add(name)
            return moment_of(day, time, second=which == SECOND if which else None)
        except MissingHour:
            self.add_error(name, MISSING_HOUR)
        except DoubleHour:
            self.add_error(name, DOUBLE_HOUR)
        return None

    def place_chosen(self) -> rules.Place:
        return self.places[self.cleaned_data.get("organiser") or next(iter(self.places))]

    def details(self) -> Details:
        given = self.cleaned_data
        return Details(
            **{
                name: given[name]
                for name in (
                    "title", "kind", "summary", "text", "starts_at", "ends_at", "is_online", "place", "address",
                    "online_url", "capacity", "offer_hours", "themes",
                )
            },
            audience=self.event.audience if self.event is not None and self.fixed_audience else given["audience"],
            closes_at=given.get("closes_at"),
            sectors=Sector.objects.filter(code=given["sector"]) if given["sector"] else [],
            region=Region.objects.filter(code=given["region"]).first() if given["region"] else None,
        )  # fmt: skip


# What says that somebody began; the other fields have a value of themselves.
BEGUN = ("title", "text", "summary", "place", "address", "online_url", "day")


def half_typed(form: EventForm) -> dict[str, Any]:
    """All that was sent, as it was typed, as `save_draft` takes it; empty where nothing was."""
    data: Any = form.data
    if not any(data.get(name, "").strip() for name in BEGUN):
        return {}
    names = [name for name in form.fields if name not in ("title", "text", "token", "version")]
    rest = {name: data.getlist(name) if name == "themes" else data.get(name, "") for name in names}
    return {"title": data.get("title", ""), "text": data.get("text", ""), "rest": rest}


def place_code(place: rules.Place) -> str:
    if place is None:
        return PORTAL
    return f"{'ecosysteem' if isinstance(place, Ecosystem) else 'organisatie'}:{place.slug}"


def place_name(place: rules.Place) -> str:
    return str(_("Het portaal zelf")) if place is None else place.name


def begun_with(event: Event) -> dict[str, Any]:
    """What the form shows of an event that is there already."""
    start, end = local(event.starts_at), local(event.ends_at)
    sector = event.sectors.first()
    found: dict[str, Any] = {
        name: getattr(event, name)
        for name in (
            "title", "kind", "summary", "text", "audience", "is_online", "place", "address", "online_url",
            "capacity", "offer_hours", "version",
        )
    }  # fmt: skip
    found |= {"day": start.date(), "start": start.time(), "end": end.time()}
    found["end_day"] = end.date() if end.date() != start.date() else None
    found["closes_day"] = None
    if event.closes_at is not None:
        found["closes_day"] = local(event.closes_at - datetime.timedelta(seconds=1)).date()
    for name, at in (("start", start), ("end", end)):
        if comes_twice(at.date(), at.time()):
            found[f"{name}_which"] = SECOND if at.fold else FIRST
    found["themes"] = [each.slug for each in event.themes.all()]
    found["sector"] = sector.code if sector is not None else ""
    found["region"] = event.region.code if event.region is not None else ""
    return found
