"""What staff fill in about what was sent in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.submissions.forms.fields import TOO_LONG, long_text, short_text
from cases.submissions.models.parts import MOST_NOTE
from network.conversations.forms import TokenForm
from network.conversations.models import Post
from portal.http.forms import offer_rows
from portal.organisations.models import Organisation
from portal.taxonomy.models import Theme


def _words(label: Any, lacks: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=MOST_NOTE, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": lacks, "max_length": TOO_LONG},
    )  # fmt: skip


class AskForm(TokenForm):
    use_required_attribute = False
    text = _words(_("Je vraag aan de inzender"), _("Schrijf je vraag op."))


class RefuseForm(forms.Form):
    use_required_attribute = False
    reason = _words(_("Waarom niet? De inzender leest dit."), _("Schrijf op waarom. De inzender leest dit."))


class ProposeForm(forms.Form):
    use_required_attribute = False
    title = short_text(_("Titel"), most=150, lacks=_("Geef het voorbeeld een titel."))
    theme = forms.ModelChoiceField(Theme.objects.all(), label=_("Thema"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Bedrijf van de schrijver"), empty_label=None
    )
    situation = long_text(_("Situatie"), lacks=_("Vertel hoe het was."))
    approach = long_text(_("Aanpak"), lacks=_("Vertel wat ze deden."), rows=10)
    result = long_text(_("Resultaat"))

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organisation", Organisation.objects.of(post.author))
