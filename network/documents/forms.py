"""What a manager fills in about a document, and how a long list is narrowed. Every rule is in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.conversations.forms import TokenForm
from network.documents.models import MOST_SUMMARY, MOST_TITLE, EcosystemDocument
from network.documents.services import Details
from portal.http.forms import show_again_with
from portal.media.file_or_link import FileOrLinkForm

TOO_LONG = _("Je tekst is %(show_value)d tekens lang. Het mogen er hoogstens %(limit_value)d zijn.")


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Zoek in de documenten"), required=False, max_length=100)

    def chosen(self) -> str:
        """What was asked for; what isn't understood is left out."""
        self.is_valid()
        self.fields["q"].required = True  # only drawn from here on, and a search needn't be called optional
        return " ".join(self.cleaned_data.get("q", "").split())


class DocumentForm(TokenForm, FileOrLinkForm):
    """A file or a link; `may_send` is False for who may send no files yet."""

    field_order = ("token", "version", "title", "summary")

    title = forms.CharField(
        label=_("Titel"), max_length=MOST_TITLE, help_text=_("Bijvoorbeeld: Checklist voor een nieuwe klus"),
        error_messages={"required": _("Geef het document een titel."), "max_length": TOO_LONG},
    )  # fmt: skip
    summary = forms.CharField(
        label=_("Waar is het voor?"), max_length=MOST_SUMMARY, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In één of twee zinnen: wat heeft iemand eraan?"),
        error_messages={"required": _("Zeg waar het voor is."), "max_length": TOO_LONG},
    )  # fmt: skip

    def __init__(self, *args: Any, may_send: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_send:
            self.take_links_alone()

    def details(self) -> Details:
        given = self.cleaned_data
        return Details(
            title=given["title"],
            summary=given["summary"],
            url=given.get("url") or "",
            upload=given.get("upload"),
        )


class ChangeForm(DocumentForm):
    """Without a new file or link it keeps its own."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, document: EcosystemDocument, **kwargs: Any) -> None:
        initial = {name: getattr(document, name) for name in ("title", "summary", "url", "version")}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.needs_one = bool(document.url)
        if "upload" in self.fields:
            self.fields["upload"].label = _("Nieuw bestand")
            self.fields["upload"].help_text = _(
                "Laat leeg als het bestand hetzelfde blijft. Hoogstens 20 MB."
            )
        del self.fields["token"]  # what keeps two changes apart is the version

    def take_version(self, stored: EcosystemDocument) -> None:
        """Who saves again after reading what there is now, saves over that."""
        show_again_with(self, version=stored.version)

    def clean(self) -> dict[str, Any]:
        # The link of now needn't be taken out by hand when a file takes its place.
        if self.needs_one and self.cleaned_data.get("upload") and "url" not in self.changed_data:
            self.cleaned_data["url"] = ""
        return super().clean()
