"""What people fill in about topics and rooms. Every rule is in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.conversations.forms import WritingForm, text_field, title_field
from network.forum.models import ForumRoom
from portal.http.forms import offer_choices, offer_rows


class TopicForm(WritingForm):
    title = title_field(_("Titel"), _("Zeg in één zin waar het over gaat."))
    text = text_field(_("Je bericht"), rows=10)


class NewsForm(TopicForm):
    title = title_field(_("Titel"), _("Zeg in één zin wat er nieuw is."))
    text = text_field(_("Je nieuws"), rows=10)


class RoomForm(forms.Form):
    name = forms.CharField(
        label=_("Naam"), max_length=80, error_messages={"required": _("Geef de ruimte een naam.")}
    )
    summary = forms.CharField(label=_("Waar het over gaat"), max_length=200, required=False)


class MoveForm(forms.Form):
    room = forms.ModelChoiceField(
        ForumRoom.objects.none(),
        label=_("Naar welke ruimte?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies een ruimte."),
            "invalid_choice": _("Kies een ruimte uit de lijst."),
        },
    )

    def __init__(self, *args: Any, rooms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "room", rooms)


class SplitForm(forms.Form):
    title = title_field(_("Titel van het nieuwe onderwerp"))
    posts = forms.MultipleChoiceField(
        label=_("Welke berichten gaan mee?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies ten minste één bericht.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "posts", choices)
