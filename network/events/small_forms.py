"""The short forms about events: how the list is narrowed, registering, and what an organiser sends and adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.conversations.forms import TokenForm, text_field
from network.events.models import Event, EventQuestion
from network.events.models.registering import MOST_ANSWER
from network.events.services.registering import NO, YES
from portal.http.forms import offer_choices
from portal.media.file_or_link import FileOrLinkForm


class FilterForm(forms.Form):
    """How the list is narrowed; what isn't understood is left out. `options`: per field what there is to choose."""

    soort = forms.ChoiceField(
        label=_("Soort"), required=False, choices=[("", _("Alle soorten")), *Event.Kind.choices]
    )
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    regio = forms.ChoiceField(label=_("Regio"), required=False)
    maand = forms.ChoiceField(label=_("Maand"), required=False)
    ecosysteem = forms.ChoiceField(label=_("Ecosysteem"), required=False)
    online = forms.BooleanField(label=_("Alleen online"), required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, options: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **kwargs})
        everything = {
            "thema": _("Alle thema's"),
            "sector": _("Alle sectoren"),
            "regio": _("Alle regio's"),
            "maand": _("Alle maanden"),
            "ecosysteem": _("Alle ecosystemen"),
        }
        for name, label in everything.items():
            if options[name]:
                offer_choices(self, name, [("", label), *options[name].items()])
            else:
                del self.fields[name]

    def chosen(self) -> dict[str, Any]:
        """What was chosen, by name."""
        self.is_valid()
        for field in self.fields.values():
            field.required = True  # only drawn from here on, and a filter needn't be called optional
        return {name: value for name, value in self.cleaned_data.items() if value}


class RegisterForm(forms.Form):
    """The organiser's own questions, in their order."""

    def __init__(self, *args: Any, questions: Sequence[EventQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[field_name(question.pk)] = _field_for(question)

    def answers(self) -> dict[int, str]:
        return {int(name.partition("-")[2]): value for name, value in self.cleaned_data.items()}


def field_name(question: int) -> str:
    return f"vraag-{question}"


def _field_for(question: EventQuestion) -> forms.Field:
    required = {
        "required": _("Beantwoord deze vraag."),
        "invalid_choice": _("Kies een antwoord uit de lijst."),
    }
    if question.kind == EventQuestion.Kind.TEXT:
        return forms.CharField(
            label=question.label,
            required=question.is_required,
            max_length=MOST_ANSWER,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages=required,
        )
    options: list[tuple[str, Any]] = [(YES, _("Ja")), (NO, _("Nee"))]
    if question.kind == EventQuestion.Kind.CHOICE:
        options = [(each, each) for each in question.choices]
    return forms.ChoiceField(
        label=question.label,
        required=question.is_required,
        choices=options,
        widget=forms.RadioSelect,
        error_messages=required,
    )


class MessageForm(TokenForm):
    GROUPS = (
        ("aangemeld", _("Wie is aangemeld")),
        ("wachtlijst", _("Wie op de wachtlijst staat")),
        ("iedereen", _("Allebei")),
    )

    group = forms.ChoiceField(
        label=_("Voor wie?"), choices=GROUPS, initial="aangemeld", widget=forms.RadioSelect,
        error_messages={"required": _("Kies voor wie het is."), "invalid_choice": _("Kies uit de lijst.")},
    )  # fmt: skip
    subject = forms.CharField(
        label=_("Onderwerp"), max_length=150, error_messages={"required": _("Schrijf een onderwerp.")}
    )
    text = text_field(_("Bericht"), rows=6)
    text.help_text = ""


class QuestionForm(forms.Form):
    label = forms.CharField(
        label=_("Vraag"), max_length=150, error_messages={"required": _("Schrijf je vraag.")},
        help_text=_("Vraag alleen wat je nodig hebt, zoals: eet je mee?"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Soort antwoord"), choices=EventQuestion.Kind.choices)
    options = forms.CharField(
        label=_("Keuzes, elk op een eigen regel"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Alleen als men kiest uit een lijst."),
    )  # fmt: skip
    is_required = forms.BooleanField(label=_("Iedereen moet dit beantwoorden"), required=False)


class MaterialForm(TokenForm, FileOrLinkForm):
    """`may_send` is False for who may send no files yet."""

    field_order = ("token", "title")

    title = forms.CharField(
        label=_("Wat is het?"), max_length=150, error_messages={"required": _("Schrijf wat het is.")},
        help_text=_("Bijvoorbeeld: de presentatie van Jo"),
    )  # fmt: skip

    def __init__(self, *args: Any, may_send: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_send:
            self.take_links_alone()


class AddressForm(forms.Form):
    """Only shown, to copy from."""

    address = forms.CharField(
        label=_("Je geheime adres"), widget=forms.TextInput(attrs={"readonly": True, "spellcheck": "false"})
    )
    wider = forms.CharField(
        label=_("Of dit adres: ook met wat er verder voor jou te doen is"),
        widget=forms.TextInput(attrs={"readonly": True, "spellcheck": "false"}),
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom gaat het niet door?"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Wie zou komen, leest dit."),
    )  # fmt: skip


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom?"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Deze persoon leest dit, in de meldingen en per mail."),
        error_messages={"required": _("Schrijf waarom. Wie je weghaalt, leest het.")},
    )  # fmt: skip
