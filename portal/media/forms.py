"""The forms behind every upload in the staff admin: one file, many at once, and from within a page."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.fields import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.http.transactions import before_transaction
from portal.media.documents import check_document
from portal.media.inspection import UploadRefused, clean_image
from portal.media.services import request_renditions

ALT_TEXT_MISSING = _("Schrijf een tekst voor wie het beeld niet ziet, of kies 'decoratief'.")


class ImageField(WagtailImageField):
    """Takes an image by its content and hands on the same picture without metadata."""

    def to_python(self, data: Any) -> Any:
        file: Any = FileField.to_python(self, data)
        if file is None:
            return None
        try:
            clean = before_transaction(file, partial(clean_image, file.file, file.name, file.size))
        except UploadRefused as refused:
            raise ValidationError(str(refused), code="refused") from refused
        # Within the same file, in memory or on disk: when something else on the form lacks, Wagtail keeps this very
        # file until that is filled in.
        file.file.seek(0)
        file.file.truncate()
        file.file.write(clean.content)
        file.file.flush()
        file.file.seek(0)
        file.size = len(clean.content)
        file.content_type = clean.content_type
        return file


class DocumentField(WagtailDocumentField):
    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        try:
            before_transaction(file, partial(check_document, file.file, file.name, file.size))
        except UploadRefused as refused:
            raise ValidationError(str(refused), code="refused") from refused
        return file


class ImageForm(BaseImageForm):
    """An image needs words for who can't see it, or the word that it is decoration."""

    original_file: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            replace_field(self, "file", ImageField)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "alt_text" in self.fields and not cleaned.get("alt_text") and not cleaned.get("is_decorative"):
            self.add_error("alt_text", ALT_TEXT_MISSING)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Save; a replaced file goes only when the transaction holds, and its sizes are made anew."""
        new_file = "file" in self.changed_data
        replaced = self.original_file if commit and new_file else None
        if replaced:
            storage, name = replaced.storage, replaced.name
            transaction.on_commit(lambda: storage.delete(name))
            # The base form would delete it at once, whether the transaction holds or not.
            self.original_file = None
            self.instance.renditions.all().delete()
        if new_file:
            self.instance.renditions_made_at = None
            self.instance.rendition_failures = 0
        image = super().save(commit=commit)
        if image.renditions_made_at is None:
            request_renditions()
        return image


class DocumentForm(BaseDocumentForm):
    original_file: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            replace_field(self, "file", DocumentField)

    def save(self, commit: bool = True) -> Any:
        if commit and "file" in self.changed_data and self.original_file:
            storage, name = self.original_file.storage, self.original_file.name
            transaction.on_commit(lambda: storage.delete(name))
            self.original_file = None
        return super().save(commit=commit)


def replace_field(form: forms.BaseForm, name: str, field_class: type[FileField]) -> None:
    """The field `name` as one of `field_class`, with the label and the widget that Wagtail gave it."""
    old = form.fields[name]
    form.fields[name] = field_class(
        label=old.label,
        required=old.required,
        widget=old.widget,
        max_length=getattr(old, "max_length", None),
        initial=old.initial,
    )
