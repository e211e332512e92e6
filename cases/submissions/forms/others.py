"""Forms that say one thing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.submissions.forms.fields import TOO_LONG, long_text, short_text
from cases.submissions.models.parts import MOST_NOTE
from cases.submissions.models.reading import MOST_QUESTION
from network.conversations.forms import TokenForm
from portal.pages.models import SUMMARY_LENGTH


def _note(label: Any, *, lacks: Any, help_text: Any = "", most: int = MOST_NOTE) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, help_text=help_text, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": lacks, "max_length": TOO_LONG},
    )  # fmt: skip


class RemarkForm(forms.Form):
    """What a manager wants changed."""

    use_required_attribute = False
    remark = _note(_("Wat moet er anders?"), lacks=_("Schrijf erbij wat er anders moet."))


class AnswerForm(TokenForm):
    use_required_attribute = False
    text = _note(_("Je antwoord aan de redactie"), lacks=_("Schrijf je antwoord op."))


class ReaderQuestionForm(TokenForm):
    use_required_attribute = False
    text = _note(
        _("Je vraag"), lacks=_("Schrijf je vraag op."), most=MOST_QUESTION,
        help_text=_("De maker ziet je naam zoals die op je profiel staat, niet je e-mailadres."),
    )  # fmt: skip


class ReaderAnswerForm(forms.Form):
    use_required_attribute = False
    text = _note(_("Je antwoord"), lacks=_("Schrijf je antwoord op."), most=MOST_QUESTION)


class CreditForm(forms.Form):
    use_required_attribute = False
    agrees = forms.ChoiceField(
        label=_("Mag je naam bij dit praktijkvoorbeeld staan?"), widget=forms.RadioSelect,
        choices=[("ja", _("Ja, iedereen mag mijn naam lezen")), ("nee", _("Nee, liever niet"))],
        error_messages={"required": _("Kies ja of nee."), "invalid_choice": _("Kies ja of nee.")},
    )  # fmt: skip


class PageForm(forms.Form):
    """The texts of a page. `revision`: which one was shown."""

    use_required_attribute = False
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62, required=False)
    title = short_text(_("Titel"), most=150, lacks=_("Geef je voorbeeld een titel."))
    summary = forms.CharField(
        label=_("Samenvatting"), max_length=SUMMARY_LENGTH, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Vat je voorbeeld samen in een of twee zinnen."), "max_length": TOO_LONG},
    )  # fmt: skip
    reason = long_text(_("Waarom"), lacks=_("Vertel hoe het was."), rows=8)
    approach = long_text(
        _("Zo pakten jullie het aan"), lacks=_("Vertel wat jullie deden."), rows=10,
        help_text=_("Elke stap op een eigen regel met een nummer ervoor, of met een lege regel ertussen."),
    )  # fmt: skip
    result = long_text(_("Wat het opleverde"), rows=6)
    lessons = long_text(_("Wat een ander ervan kan leren"), help_text=_("Eén les op een regel."), rows=4)
    tomorrow = long_text(_("Wat een ander morgen kan doen"), help_text=_("Eén ding op een regel."), rows=4)
