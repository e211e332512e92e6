"""What people fill in about questions. Every rule is in the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.conversations.forms import WritingForm, text_field, title_field
from network.ecosystems.models import Ecosystem
from portal.http.forms import offer_choices
from portal.people.shapes import ShownPerson
from portal.taxonomy.labels import labels
from portal.taxonomy.models import Sector, Theme

EVERYBODY = "iedereen"


class QuestionForm(WritingForm):
    """`looked`: what is like it was shown before. `opened`: some of that was opened. `audience` is only asked of who
    takes part somewhere, and nothing is chosen there but the place that one came from."""

    title = title_field(
        _("Je vraag in één zin"), _("Bijvoorbeeld: hoe plan je kleine series zonder overwerk?")
    )
    text = text_field(_("Vertel er meer over"))
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=_("Thema"), empty_label=_("Kies een thema"), to_field_name="slug",
        error_messages={
            "required": _("Kies een thema. Dan vinden de mensen die er iets van weten je vraag."),
            "invalid_choice": _("Kies een thema uit de lijst."),
        },
    )  # fmt: skip
    sector = forms.ChoiceField(
        label=_("Sector"), required=False,
        help_text=_("Kies er een als het antwoord van je branche afhangt."),
        error_messages={"invalid_choice": _("Kies een sector uit de lijst.")},
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=_("Wie mag je vraag lezen?"), widget=forms.RadioSelect,
        help_text=_("Dit kun je later niet meer veranderen."),
        error_messages={
            "required": _("Kies wie je vraag mag lezen."),
            "invalid_choice": _("Kies wie je vraag mag lezen."),
        },
    )  # fmt: skip
    looked = forms.BooleanField(widget=forms.HiddenInput, required=False)
    opened = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, ecosystems: Sequence[Ecosystem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ecosystems = {each.slug: each for each in ecosystems}
        offer_choices(self, "sector", [("", _("Maakt niet uit")), *sector_choices()])
        if ecosystems:
            here = [(each.slug, _("Alleen %(name)s") % {"name": each.name}) for each in ecosystems]
            offer_choices(self, "audience", [*here, (EVERYBODY, _("Iedereen, ook wie geen account heeft"))])
        else:
            del self.fields["audience"]
        # While somebody types what is like it appears, and at once where a draft has a title; the list itself says that
        # it was shown.
        self.fields["title"].widget.attrs |= {
            "autocomplete": "off",
            "hx-get": reverse("questions:alike"),
            "hx-trigger": "load, input changed delay:500ms",
            "hx-target": "#vergelijkbaar",
            "hx-sync": "this:replace",
        }

    def chosen_ecosystem(self) -> Ecosystem | None:
        return self.ecosystems.get(self.cleaned_data.get("audience", EVERYBODY))

    def chosen_sector(self) -> Sector | None:
        code = self.cleaned_data["sector"]
        return Sector.objects.filter(code=code).first() if code else None


def sector_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each section with the divisions in it, as they stand in the standard classification."""
    known = labels().sectors
    return [
        (
            section.name,
            [
                (code, label.name)
                for code, label in known.items()
                if code == section.code or label.parent == section.code
            ],
        )
        for section in known.values()
        if not section.parent
    ]


class FilterForm(forms.Form):
    """How the list is narrowed; what isn't understood is left out."""

    STANDINGS = (
        ("", _("Alle vragen")),
        ("onbeantwoord", _("Nog zonder antwoord")),
        ("open", _("Nog geen antwoord gekozen")),
        ("beantwoord", _("Beantwoord")),
        ("gesloten", _("Gesloten")),
    )
    SORTS = (("", _("Nieuwste eerst")), ("onbeantwoord", _("Zonder antwoord eerst")))

    thema = forms.ChoiceField(label=_("Thema"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False, choices=STANDINGS)
    sorteer = forms.ChoiceField(label=_("Volgorde"), required=False, choices=SORTS)
    mijn = forms.BooleanField(label=_("Alleen uit mijn ecosystemen"), required=False)

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        themes: Mapping[str, str],
        sectors: Mapping[str, str],
        is_member: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **kwargs})
        offer_choices(self, "thema", [("", _("Alle thema's")), *themes.items()])
        offer_choices(self, "sector", [("", _("Alle sectoren")), *sectors.items()])
        if not is_member:
            del self.fields["mijn"]
        if not sectors:
            del self.fields["sector"]

    def chosen(self) -> dict[str, Any]:
        """What was chosen, by name."""
        self.is_valid()
        for field in self.fields.values():
            field.required = True  # only drawn from here on, and a filter needn't be called optional
        return {name: value for name, value in self.cleaned_data.items() if value}


class InviteForm(forms.Form):
    expert = forms.ChoiceField(
        label=_("Wie nodig je uit?"), widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies iemand."),
            "invalid_choice": _("Deze persoon kun je nu niet uitnodigen. Kies iemand anders."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[ShownPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.id), f"{each.name}, {each.line}" if each.line else each.name) for each in people]
        offer_choices(self, "expert", choices)


__all__ = ["EVERYBODY", "FilterForm", "InviteForm", "QuestionForm"]
