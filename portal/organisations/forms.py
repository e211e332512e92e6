"""What people fill in about organisations. Choices are the reference lists; every rule is in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.http.forms import offer_rows
from portal.joining.addresses import Typed, read_addresses
from portal.organisations import rules
from portal.organisations.addresses import is_domain, is_freemail
from portal.organisations.models import KVK_NUMBER, Establishment, JoinRequest, Membership, Organisation
from portal.organisations.services import Details, Place
from portal.taxonomy.models import Region, Sector, SizeClass
from portal.text import names_a_site, one_line

Role = Membership.Role
NAMED_WRONG = 10  # how many wrong addresses an error names
LONGEST_LIST = 100_000  # characters


def sections() -> QuerySet[Sector]:
    return Sector.objects.filter(level=Sector.Level.SECTION)


def provinces() -> QuerySet[Region]:
    return Region.objects.filter(kind=Region.Kind.PROVINCE).order_by("name")


class DetailsForm(forms.Form):
    """What an organisation says of itself. `locked` names the fields that stay as they are."""

    name = forms.CharField(label=_("Naam van je organisatie"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Wat voor organisatie is het?"),
        choices=[(value, str(label).capitalize()) for value, label in Organisation.Kind.choices],
    )
    kvk_number = forms.CharField(
        label=_("KvK-nummer"), required=False, help_text=_("Acht cijfers. Je kunt het ook later invullen."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    sector = forms.ModelChoiceField(
        Sector.objects.none(), label=_("Branche"), required=False, empty_label=_("Nog niet gekozen")
    )
    size_class = forms.ModelChoiceField(
        SizeClass.objects.none(), label=_("Met hoeveel mensen werk je?"), required=False,
        empty_label=_("Nog niet gekozen"),
    )  # fmt: skip
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_("Provincie"), required=False, empty_label=_("Nog niet gekozen")
    )
    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https", max_length=200,
        validators=[URLValidator(schemes=["http", "https"])],
    )  # fmt: skip
    description = forms.CharField(
        label=_("Wat doet je organisatie?"), required=False, max_length=1000, widget=forms.Textarea
    )
    # How it stood when the form was opened.
    stand = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organisation: Organisation | None = None, locked: Any = (), **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        known = organisation or Organisation()
        choices: dict[str, Any] = self.fields
        choices["sector"].queryset = Sector.objects.filter(
            Q(level=Sector.Level.SECTION) | Q(pk=known.sector_id)
        )
        choices["size_class"].queryset = SizeClass.objects.all()
        choices["region"].queryset = Region.objects.filter(
            Q(kind=Region.Kind.PROVINCE) | Q(pk=known.region_id)
        ).order_by("name")
        self.known = organisation
        for name in locked:
            del self.fields[name]

    def clean_kvk_number(self) -> str:
        number = "".join(sign for sign in self.cleaned_data["kvk_number"] if sign not in " .-")
        if number:
            RegexValidator(KVK_NUMBER, _("Een KvK-nummer heeft acht cijfers."))(number)
        return number

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not any(sign.isalnum() for sign in name):
            raise forms.ValidationError(_("In de naam staat geen letter of cijfer."))
        if names_a_site(name):
            raise forms.ValidationError(
                _("In de naam hoort geen adres van een website. Daar is een eigen veld voor.")
            )
        return name

    def details(self) -> Details:
        """As typed; what isn't asked here stays as it is."""
        typed = {name: self.cleaned_data[name] for name in self.fields if name != "stand"}
        kept = {"name": self.known.name, "kvk_number": self.known.kvk_number} if self.known else {}
        return Details(**{**kept, **typed})


class FilterForm(forms.Form):
    """Which organisations are listed; all of it by GET, and what isn't understood is left out."""

    q = forms.CharField(label=_("Naam"), required=False, max_length=100)
    soort = forms.ChoiceField(
        label=_("Soort"),
        required=False,
        choices=[("", _("Alle soorten"))]
        + [(value, str(label).capitalize()) for value, label in Organisation.Kind.choices],
    )
    sector = forms.ModelChoiceField(
        Sector.objects.none(), to_field_name="code", label=_("Branche"), required=False,
        empty_label=_("Alle branches"),
    )  # fmt: skip
    regio = forms.ModelChoiceField(
        Region.objects.none(), to_field_name="code", label=_("Provincie"), required=False,
        empty_label=_("Heel Nederland"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "sector", sections())
        offer_rows(self, "regio", provinces())

    def chosen(self) -> dict[str, Any]:
        """What was asked for and is known, by field."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        for field in self.fields.values():
            field.required = (
                True  # from here on it is only drawn, and nothing here needs to be called optional
            )
        return found


class InviteForm(forms.Form):
    addresses = forms.CharField(
        label=_("E-mailadressen"),
        help_text=_("Eén of meer, tot 50 tegelijk. Zet elk adres op een eigen regel."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label=_("Wat mogen ze?"),
        initial=Role.MEMBER,
        widget=forms.RadioSelect,
        choices=[
            (Role.MEMBER, _("Lid: doet mee namens de organisatie")),
            (Role.EDITOR, _("Redacteur: houdt ook de gegevens bij")),
            (Role.MANAGER, _("Beheerder: regelt ook wie erbij hoort")),
        ],
    )
    guest_until = forms.DateField(
        label=_("Gast tot en met"), required=False, help_text=_("Voor wie tijdelijk meedoet."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def clean_addresses(self) -> Typed:
        text = self.cleaned_data["addresses"]
        if len(text) > LONGEST_LIST:
            raise forms.ValidationError(_("Dit is te veel in één keer. Begin met 50 adressen."))
        typed = read_addresses(text)
        if typed.wrong:
            raise forms.ValidationError(wrong_addresses(typed))
        if len(typed.addresses) > rules.INVITATIONS.at_once:
            raise forms.ValidationError(
                _("Je kunt 50 mensen tegelijk uitnodigen. Dit zijn er %(count)s."),
                params={"count": f"{len(typed.addresses):,}".replace(",", ".")},
            )
        return typed


def wrong_addresses(typed: Typed) -> str:
    """Which of them are no address, the first ten by name."""
    named = ", ".join(part[:80] for part in typed.wrong[:NAMED_WRONG])
    more = len(typed.wrong) - NAMED_WRONG
    text = ngettext(
        "Dit is geen e-mailadres: %(named)s", "Dit zijn geen e-mailadressen: %(named)s", len(typed.wrong)
    )
    if more > 0:
        text += ngettext(" en nog %(more)s.", " en nog %(more)s.", more)
    return text % {"named": named, "more": more}


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Rol"),
        widget=forms.RadioSelect,
        choices=[(value, str(label).capitalize()) for value, label in Role.choices],
    )
    ends_on = forms.DateField(
        label=_("Gast tot en met"), required=False, help_text=_("Leeg: zonder einddatum."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user)


class HandOverForm(forms.Form):
    to = PersonChoice(
        Membership.objects.none(), label=_("Wie wordt de beheerder?"), empty_label=_("Kies iemand")
    )
    stays = forms.ChoiceField(
        label=_("En jij?"),
        initial="yes",
        widget=forms.RadioSelect,
        choices=[("yes", _("Ik blijf lid")), ("no", _("Ik verlaat de organisatie"))],
    )

    def __init__(self, *args: Any, heirs: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "to", heirs)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reden"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Komt in de mail die deze persoon krijgt."),
    )  # fmt: skip


class AskForm(forms.Form):
    message = forms.CharField(
        label=_("Bericht aan de beheerders"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Bijvoorbeeld wat je er doet."),
    )  # fmt: skip


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Wat besluit je?"),
        widget=forms.RadioSelect,
        choices=[
            (JoinRequest.Outcome.ACCEPTED, _("Laat toe als lid")),
            (JoinRequest.Outcome.DECLINED, _("Wijs af")),
        ],
    )
    reason = forms.CharField(
        label=_("Toelichting"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Komt in de mail aan wie het vroeg."),
    )  # fmt: skip


class DomainForm(forms.Form):
    domain = forms.CharField(
        label=_("Domein"), max_length=190, help_text=_("Wat achter de @ staat, zoals bedrijf.nl."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_domain(self) -> str:
        name: str = self.cleaned_data["domain"].strip().lower().removeprefix("@")
        if not is_domain(name):
            raise forms.ValidationError(_("Dit is geen domein. Schrijf het zoals bedrijf.nl."))
        if is_freemail(name):
            raise forms.ValidationError(
                _("%(domain)s is van een maildienst voor iedereen. Zo'n adres zegt niet waar je werkt."),
                params={"domain": name},
            )
        return name


class EstablishmentForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Establishment
        fields = ["name", "place", "region", "is_main"]
        labels = {"name": _("Hoe heet de vestiging?"), "place": _("Plaats"), "region": _("Regio")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = Region.objects.filter(kind=Region.Kind.COROP).order_by("name")
        region.empty_label = _("Nog niet gekozen")

    def place(self) -> Place:
        return Place(**self.cleaned_data)

    def validate_constraints(self) -> None:
        """A second main one takes the place of the first: the service sees to it."""
