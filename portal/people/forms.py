"""What a person fills in about themself. Every rule is in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.details import clean_name
from portal.http.forms import offer_rows
from portal.people.models import Audience, Profile
from portal.people.rules import MOST_THEMES
from portal.people.services import Details
from portal.taxonomy.models import Theme

AUDIENCE_FIELDS = ("show_name", "show_photo", "show_about", "show_expertise")
PICTURES = "image/jpeg,image/png,image/webp,image/avif"


def _audience(label: Any, help_text: Any = "") -> forms.ChoiceField:
    choices = [(value, str(name).capitalize()) for value, name in Audience.choices]
    return forms.ChoiceField(label=label, choices=choices, help_text=help_text)


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Je naam"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul je naam in.")},
    )
    role_at_work = forms.CharField(
        label=_("Wat doe je op je werk?"),
        required=False,
        max_length=80,
        help_text=_("Bijvoorbeeld: planner, of eigenaar."),
    )
    show_name = _audience(
        _("Wie ziet je naam, je rol en je bedrijf?"),
        _(
            "Wie je naam niet ziet, ziet ook de rest niet. Bij wat je schrijft staat dan alleen dat je lid bent."
        ),
    )
    about = forms.CharField(
        label=_("Wat wil je over jezelf vertellen?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Waar werk je aan? Waar ben je trots op? Hoogstens 1.000 tekens."),
    )
    show_about = _audience(_("Wie ziet wat je vertelt?"))
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(),
        label=_("Waar weet je iets van?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kies er hoogstens acht."),
    )
    open_to_questions = forms.BooleanField(
        label=_("Vraag mij om een antwoord als iemand een vraag heeft over deze thema's"), required=False
    )
    show_expertise = _audience(_("Wie ziet waar je iets van weet?"))
    show_photo = _audience(_("Wie ziet je foto?"))

    def __init__(self, data: Any = None, *, profile: Profile) -> None:
        super().__init__(data, initial=_stored(profile))
        offer_rows(self, "themes", Theme.objects.all())

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_themes(self) -> Any:
        themes = self.cleaned_data["themes"]
        if len(themes) > MOST_THEMES:
            raise forms.ValidationError(
                _("Je koos %(number)s thema's. Kies er hoogstens %(most)s."),
                params={"number": len(themes), "most": MOST_THEMES},
            )
        return themes

    def details(self) -> Details:
        values = self.cleaned_data
        return Details(
            name=values["name"],
            role_at_work=values["role_at_work"].strip(),
            about=values["about"].strip(),
            themes=list(values["themes"]),
            open_to_questions=values["open_to_questions"],
            audiences={field: values[field] for field in AUDIENCE_FIELDS},
        )


def _stored(profile: Profile) -> dict[str, Any]:
    fields = ("role_at_work", "about", "open_to_questions", *AUDIENCE_FIELDS)
    themes = list(profile.expertise.values_list("theme_id", flat=True)) if profile.pk else []
    stored = {field: getattr(profile, field) for field in fields}
    return {**stored, "name": profile.user.name, "themes": themes}


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Kies een foto"),
        help_text=_("Een JPEG, PNG, WebP of AVIF van hoogstens 10 MB."),
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        error_messages={
            "required": _("Kies eerst een foto."),
            "empty": _("Dit bestand is leeg. Kies een ander bestand."),
        },
    )
