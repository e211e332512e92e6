"""Uploading content files in the staff admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 1_000_000


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; cleans to a list."""

    widget = FilesInput(attrs={"accept": ".md"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(file, initial) for file in chosen or [None]]


class CaseImportForm(forms.Form):
    uploads = FilesField(
        label=_("Bestanden"),
        help_text=_("Een of meer bestanden die op .md eindigen, samen hoogstens 1 MB."),
        error_messages={
            "required": _("Kies een of meer bestanden."),
            "empty": _("Een van de bestanden is leeg."),
        },
    )

    def clean_uploads(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["uploads"]
        wrong = [file.name or "" for file in files if not (file.name or "").lower().endswith(".md")]
        if wrong:
            raise forms.ValidationError(
                _("Alleen bestanden die op .md eindigen; dit niet: %(names)s."),
                params={"names": ", ".join(wrong)},
            )
        if sum(file.size or 0 for file in files) > MOST_BYTES:
            raise forms.ValidationError(_("De bestanden zijn samen groter dan 1 MB. Laad ze in delen."))
        return files
