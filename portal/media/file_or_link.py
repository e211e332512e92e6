"""What people fill in where something is a file, or a link to where it stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.media.files import ACCEPTED


class FileOrLinkForm(forms.Form):
    """Exactly one of the two. Together with a form of its room, which comes first."""

    upload = forms.FileField(
        label=_("Bestand"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("Bijvoorbeeld een PDF, een Word- of Excelbestand. Hoogstens 20 MB."),
        error_messages={
            "empty": _("Dit bestand is leeg. Kies een ander."),
            "invalid": _("Er kwam geen bestand aan. Kies het nog eens."),
        },
    )  # fmt: skip
    url = forms.URLField(
        label=_("Of een link"), required=False, max_length=500, assume_scheme="https",
        help_text=_("Als het al ergens op internet staat."),
        error_messages={"invalid": _("Schrijf het hele adres, zoals https://voorbeeld.nl/document.")},
    )  # fmt: skip
    needs_one = True  # else it may stay as it was
    use_required_attribute = False

    def take_links_alone(self) -> None:
        """For who may send no files."""
        del self.fields["upload"]
        self.fields["url"].label = _("Link")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_file, has_link = bool(cleaned.get("upload")), bool(cleaned.get("url"))
        if has_file and has_link:
            self.add_error("url", _("Kies een bestand of een link, niet allebei."))
        elif self.needs_one and not (has_file or has_link or {"upload", "url"} & set(self.errors)):
            if "upload" in self.fields:
                self.add_error("upload", _("Kies een bestand, of geef een link."))
            else:
                self.add_error("url", _("Geef de link."))
        return cleaned

    def say(self, sentence: str, *, of_file: bool) -> None:
        """Why it isn't done: beside the file where it is about that."""
        self.add_error("upload" if of_file and "upload" in self.fields else None, sentence)

    def prepare_to_draw(self) -> None:
        """From here on it is only drawn: of two of which one is needed neither is called optional. And a browser doesn't
        keep the file that was chosen when a form comes back."""
        if self.errors and self.files and "upload" in self.fields and "upload" not in self.errors:
            self.add_error("upload", _("Kies je bestand nog een keer."))
        for name in ("upload", "url"):
            if self.needs_one and name in self.fields:
                self.fields[name].required = True
