from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.taxonomy.company import CompanyProfile
from portal.taxonomy.models import Region, Sector, SizeClass


class CompanyForm(forms.Form):
    """What kind of company is yours? Everything may stay empty."""

    sector = forms.ModelChoiceField(
        Sector.objects.filter(level=Sector.Level.SECTION), to_field_name="code", required=False,
        label=_("In welke branche werk je?"), empty_label=_("Maakt niet uit"),
    )  # fmt: skip
    size = forms.ModelChoiceField(
        SizeClass.objects.all(), to_field_name="code", required=False,
        label=_("Met hoeveel mensen werk je?"), empty_label=_("Maakt niet uit"),
    )  # fmt: skip
    region = forms.ModelChoiceField(
        Region.objects.filter(kind=Region.Kind.PROVINCE).order_by("name"), to_field_name="code", required=False,
        label=_("In welke provincie?"), empty_label=_("Maakt niet uit"),
    )  # fmt: skip

    def profile(self) -> CompanyProfile:
        chosen: dict[str, Any] = self.cleaned_data
        return CompanyProfile(
            *(chosen[name].code if chosen[name] else "" for name in ("sector", "size", "region"))
        )
