from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.taxonomy.models import Sector, Theme


class ChoiceForm(forms.Form):
    """What the newsletter should be about; nothing chosen is everything."""

    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        to_field_name="slug",
        required=False,
        label=_("Over welke thema's?"),
        help_text=_("Kies je niets, dan gaat het over alles."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Dit thema kennen we niet."),
            "invalid_list": _("Kies uit de lijst."),
        },
    )
    sectors = forms.ModelMultipleChoiceField(
        Sector.objects.filter(level=Sector.Level.SECTION),
        to_field_name="code",
        required=False,
        label=_("Voor welke sectoren?"),
        help_text=_("Kies je niets, dan gaat het over alle sectoren."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Deze sector kennen we niet."),
            "invalid_list": _("Kies uit de lijst."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A portal without lists asks nothing.
        for name in ("themes", "sectors"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
            if field.queryset is None or not field.queryset.exists():
                del self.fields[name]

    def chosen(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name, []) for name in ("themes", "sectors")}


class SubscribeForm(ChoiceForm):
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We sturen eerst een mail. Klik daarin op de link, dan weten we dat jij het bent."),
        error_messages={
            "required": _("Vul je e-mailadres in."),
            "invalid": _("Vul een e-mailadres in zoals naam@bedrijf.nl."),
            "max_length": _("Dit e-mailadres is te lang."),
        },
    )
    field_order = ("email", "themes", "sectors")
