"""What people fill in when they write. Every rule is in the services."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.conversations.models import MOST_TEXT, MOST_TITLE
from portal.http.forms import show_again_with

MARKDOWN_HELP = _(
    "Begin een lijst met een streepje. **Vet** maak je met twee sterretjes. Met @ en een naam noem je iemand."
)


class TokenForm(forms.Form):
    """A form that carries a number of its own, so that sending it twice does the thing once."""

    token = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"invalid": _("Open dit formulier opnieuw.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def renew_token(self) -> None:
        """Where somebody's page has a token that is none: a new one, and a sentence, since nobody sees that field."""
        if "token" in self.errors:
            show_again_with(self, token=uuid.uuid4())
            self.add_error(None, _("Er ging iets mis met dit formulier. Verstuur het nog eens."))


def text_field(label: Any, rows: int = 8) -> forms.CharField:
    """For Markdown. Its length is checked in the service too, which counts what is kept."""
    return forms.CharField(
        label=label,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=MARKDOWN_HELP,
        error_messages={
            "required": _("Schrijf eerst je bericht."),
            "max_length": _(
                "Je bericht is %(show_value)d tekens lang. Het mogen er hoogstens %(limit_value)d zijn."
            ),
        },
    )


def title_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MOST_TITLE,
        help_text=help_text,
        error_messages={
            "required": _("Geef je bericht een titel."),
            "max_length": _("Maak de titel korter: hoogstens %(limit_value)d tekens."),
        },
    )


class ReplyForm(TokenForm):
    replies_to = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1
    )
    text = text_field(_("Je bericht"))


class EditForm(forms.Form):
    text = text_field(_("Je bericht"))
    # Of the post, as it was shown.
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
