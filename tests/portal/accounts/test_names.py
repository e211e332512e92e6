"""What somebody is called stands in mail to strangers, and in lists of others."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from portal.accounts.forms.details import SignupDetailsForm, clean_name
from portal.organisations.forms import DetailsForm

pytestmark = pytest.mark.django_db


def test_a_name_is_one_line_however_it_is_sent() -> None:
    form = SignupDetailsForm({"name": "Jan\r\n\r\nKlik op \u202edit", "terms": "on"})
    form.is_valid()
    assert form.cleaned_data["name"] == "Jan Klik op dit"


@pytest.mark.parametrize(
    "name", ["\u200b", "\u3164 \u2800", "...", "12", "Win op https://kwaad.example", "WWW.kwaad.example"]
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        clean_name(name)
    if name != "12":
        assert "name" in DetailsForm({"name": name, "kind": "company"}).errors
