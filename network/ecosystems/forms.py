"""What people fill in about ecosystems. Every rule is in the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.ecosystems.models import Ecosystem, JoinRequest, Participation
from network.ecosystems.rules import has_rules
from network.ecosystems.services import Details
from portal.http.forms import offer_rows
from portal.organisations.forms import InviteForm as ColleagueInviteForm
from portal.organisations.forms import ReasonForm
from portal.organisations.models import Organisation
from portal.text import one_line

__all__ = [
    "DecideForm",
    "DetailsForm",
    "GuestForm",
    "HouseRulesForm",
    "InviteForm",
    "JoinForm",
    "ReasonForm",
    "RoleForm",
    "SearchForm",
]


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Naam"), required=False, max_length=100)

    def chosen(self) -> str:
        """What was asked for; what isn't understood is left out."""
        self.is_valid()
        self.fields["q"].required = True  # only drawn from here on, and a search needn't be called optional
        return " ".join(self.cleaned_data.get("q", "").split())


class JoinForm(forms.Form):
    """Through which company, the house rules, and a message where somebody decides."""

    through = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Via welk bedrijf doe je mee?"), widget=forms.RadioSelect,
        empty_label=None, error_messages={"required": _("Kies via welk bedrijf je meedoet.")},
    )  # fmt: skip
    message = forms.CharField(
        label=_("Bericht aan de beheerders"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Bijvoorbeeld waarom je mee wilt doen."),
    )  # fmt: skip
    rules = forms.BooleanField(
        label=_("Ik houd me aan de huisregels"),
        error_messages={"required": _("Lees de huisregels en vink aan dat je je eraan houdt.")},
    )
    # Of the house rules, as they were shown.
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self, *args: Any, ecosystem: Ecosystem, companies: Sequence[Organisation], asks: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": {"version": ecosystem.rules_version}, **kwargs})
        self.ecosystem = ecosystem
        self.only = companies[0] if len(companies) == 1 else None
        offer_rows(self, "through", Organisation.objects.filter(pk__in=[each.pk for each in companies]))
        if len(companies) < 2:
            del self.fields["through"]
        if not asks:
            del self.fields["message"]
        if not has_rules(ecosystem):
            del self.fields["rules"], self.fields["version"]

    def through_company(self) -> Organisation | None:
        chosen: Organisation | None = self.cleaned_data.get("through")
        return chosen or self.only

    def accepted_rules(self) -> int:
        """The version that was shown and accepted; 0 where there are no rules."""
        return int(self.cleaned_data.get("version") or 0)

    def ask_again(self, why: str) -> None:
        """The rules are others by now: they are shown anew, and the box is to be ticked anew."""
        self.add_error("rules" if "rules" in self.fields else None, why)
        kept = {name: value for name, value in self.data.items() if name != "rules"}
        self.data = {**kept, "version": self.ecosystem.rules_version}


class InviteForm(ColleagueInviteForm):
    role = None  # type: ignore[assignment] # who manages is chosen among who takes part
    guest_until = forms.DateField(
        label=_("Gast tot en met"), required=False,
        help_text=_("Alleen voor wie niet via een bedrijf meedoet, zoals een deskundige."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, ecosystem: Ecosystem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ecosystem.is_group:
            del self.fields["guest_until"]


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Wat besluit je?"),
        widget=forms.RadioSelect,
        choices=[(JoinRequest.Outcome.ACCEPTED, _("Laat toe")), (JoinRequest.Outcome.DECLINED, _("Wijs af"))],
    )
    reason = forms.CharField(
        label=_("Toelichting"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Komt in de mail aan wie het vroeg. Bij een afwijzing is ze nodig."),
    )  # fmt: skip


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Rol"),
        widget=forms.RadioSelect,
        choices=[
            (Participation.Role.MEMBER, _("Deelnemer")),
            (Participation.Role.MANAGER, _("Beheerder: beslist ook wie erbij komt, en over de werkgroepen")),
        ],
    )


class GuestForm(forms.Form):
    guest_until = forms.DateField(
        label=_("Gast tot en met"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class DetailsForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=120)
    summary = forms.CharField(label=_("Waar gaat het over, in één zin?"), max_length=260, required=False)
    about = forms.CharField(
        label=_("Vertel er meer over"), max_length=10_000, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Dit leest iedereen die mag weten dat het er is. Je mag Markdown gebruiken."),
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Wie mag weten dat het er is?"),
        widget=forms.RadioSelect,
        initial=Ecosystem.Visibility.MEMBERS,
        choices=[
            (Ecosystem.Visibility.PUBLIC, _("Iedereen, ook zonder account")),
            (Ecosystem.Visibility.MEMBERS, _("Wie hier een account heeft")),
            (Ecosystem.Visibility.HIDDEN, _("Alleen wie meedoet")),
        ],
    )
    joining = forms.ChoiceField(
        label=_("Hoe doe je mee?"),
        widget=forms.RadioSelect,
        initial=Ecosystem.Joining.REQUEST,
        choices=[
            (Ecosystem.Joining.OPEN, _("Wie wil kan meedoen")),
            (Ecosystem.Joining.REQUEST, _("Je vraagt het, een beheerder beslist")),
            (Ecosystem.Joining.INVITATION, _("Alleen op uitnodiging")),
        ],
    )
    # How it stood when the form was opened.
    stand = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_group: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_group:
            among: Any = self.fields["visibility"]
            among.choices = [
                (Ecosystem.Visibility.PUBLIC, _("Iedereen die het ecosysteem kent")),
                (Ecosystem.Visibility.MEMBERS, _("Wie meedoet in het ecosysteem")),
                (Ecosystem.Visibility.HIDDEN, _("Alleen wie meedoet in de werkgroep")),
            ]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        hidden = found.get("visibility") == Ecosystem.Visibility.HIDDEN
        if hidden and found.get("joining") != Ecosystem.Joining.INVITATION:
            self.add_error("joining", _("Wat verborgen is, is alleen op uitnodiging."))
        if not any(sign.isalnum() for sign in found.get("name", "x")):
            self.add_error("name", _("In de naam staat geen letter of cijfer."))
        return found

    def details(self) -> Details:
        typed = {name: self.cleaned_data[name] for name in self.fields if name != "stand"}
        return Details(**{**typed, "name": one_line(typed["name"])})


class HouseRulesForm(forms.Form):
    text = forms.CharField(
        label=_("Huisregels"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Kort en concreet werkt het best. Je mag Markdown gebruiken."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
