"""Labels, hints and sentences of ours on the fields of allauth's forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import EmailValidator, MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

MOST_PASSWORD = 500
EMAIL = _("E-mailadres")
NEW_PASSWORD = _("Nieuw wachtwoord")
CODE_MISSING = _("Vul de code in.")
EMAIL_MISSING = _("Vul je e-mailadres in.")
EMAIL_WRONG = _("Dit is geen e-mailadres. Zo hoort het: naam@bedrijf.nl")
PASSWORD_HINT = _("Ten minste 12 tekens. Vier losse woorden zijn sterk en makkelijk te onthouden.")
CODE_HINT = _("Hoofdletters en het streepje hoef je niet te typen.")


def dress(field: forms.Field, *, label: Text, hint: Text = "", missing: Text, **attributes: str) -> None:
    """Also takes the placeholder away: it is gone as soon as one types."""
    field.label = str(label)
    field.help_text = str(hint) if hint else ""
    field.error_messages["required"] = str(missing)
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


def dress_email(field: forms.Field, *, label: Text = EMAIL, hint: Text = "", **attributes: str) -> None:
    dress(field, label=label, hint=hint, missing=EMAIL_MISSING, **{"autocomplete": "email", **attributes})
    field.error_messages["invalid"] = str(EMAIL_WRONG)
    # One of its own: Django's stands in all e-mail fields of the process.
    others = [validator for validator in field.validators if not isinstance(validator, EmailValidator)]
    field.validators = [*others, EmailValidator(EMAIL_WRONG)]


def dress_password(field: forms.Field, *, label: Text, missing: Text, hint: Text = "") -> None:
    dress(field, label=label, hint=hint, missing=missing)
    field.validators.append(MaxLengthValidator(MOST_PASSWORD))


def dress_new_password(fields: dict[str, forms.Field], *, label: Text = NEW_PASSWORD) -> None:
    """Asked once: who mistypes it comes in with a code by mail."""
    fields.pop("password2", None)
    missing = _("Vul het wachtwoord in dat je wilt gaan gebruiken.")
    dress_password(fields["password1"], label=label, hint=PASSWORD_HINT, missing=missing)


def dress_code(form: Any, *, label: Text, hint: Text = "", missing: Text = CODE_MISSING) -> None:
    dress(
        form.fields["code"],
        label=label,
        hint=hint,
        missing=missing,
        autocomplete="one-time-code",
        autocapitalize="characters",
        spellcheck="false",
    )
