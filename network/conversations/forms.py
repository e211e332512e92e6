"""What people fill in when they write. Every rule is in the services."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.conversations.models import MOST_TEXT, MOST_TITLE
from network.conversations.rules import MOST_ALT
from portal.design.shapes import PictureFormView
from portal.http.forms import show_again_with
from portal.media.models import MemberImage

MARKDOWN_HELP = _(
    "Begin een lijst met een streepje. **Vet** maak je met twee sterretjes. Met @ en een naam noem je iemand."
)


def picture_key(typed: str) -> uuid.UUID | None:
    """None for what is none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


class TokenForm(forms.Form):
    """A form that carries a number of its own, so that sending it twice does the thing once."""

    token = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"invalid": _("Open dit formulier opnieuw.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def renew_token(self) -> None:
        """Where somebody's page has a token that is none: a new one, and a sentence, since nobody sees that field."""
        if "token" in self.errors:
            show_again_with(self, token=uuid.uuid4())
            self.add_error(None, _("Er ging iets mis met dit formulier. Verstuur het nog eens."))


def text_field(label: Any, rows: int = 8) -> forms.CharField:
    """For Markdown. Its length is checked in the service too, which counts what is kept."""
    return forms.CharField(
        label=label,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=MARKDOWN_HELP,
        error_messages={
            "required": _("Schrijf eerst je bericht."),
            "max_length": _(
                "Je bericht is %(show_value)d tekens lang. Het mogen er hoogstens %(limit_value)d zijn."
            ),
        },
    )


def title_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MOST_TITLE,
        help_text=help_text,
        error_messages={
            "required": _("Geef je bericht een titel."),
            "max_length": _("Maak de titel korter: hoogstens %(limit_value)d tekens."),
        },
    )


PICTURE_FIELDS = ("picture", "picture_alt")
WORDS_OF = "beeld_tekst_"  # and the key of a picture that goes along
PICTURES = "image/jpeg,image/png,image/webp,image/avif"


class _NeverAsked:
    """A field that says nothing of being optional, and that a form may be sent without."""

    def use_required_attribute(self, _initial: Any) -> bool:
        return False


class _PictureInput(_NeverAsked, forms.FileInput):
    pass


class _AltInput(_NeverAsked, forms.TextInput):
    pass


def _words_field() -> forms.CharField:
    return forms.CharField(
        max_length=MOST_ALT,
        widget=_AltInput,
        error_messages={
            "required": _("Schrijf wat er op het beeld staat, voor wie het niet ziet."),
            "max_length": _("Maak dit korter: hoogstens %(limit_value)d tekens."),
        },
    )


def words_of(image: MemberImage) -> str:
    """The field in which is said what is on it."""
    return f"{WORDS_OF}{image.uuid}"


def words_typed(typed: Iterable[tuple[str, Any]]) -> dict[uuid.UUID, str]:
    """What is said of pictures in these fields, as far as something is."""
    said = (
        (picture_key(name.removeprefix(WORDS_OF)), value.replace("\x00", ""))
        for name, value in typed
        if name.startswith(WORDS_OF)
    )
    return {key: value for key, value in said if key is not None and value.strip()}


def is_about_pictures(name: str) -> bool:
    return name in PICTURE_FIELDS or name.startswith(WORDS_OF)


class PictureForm(forms.Form):
    """A form to which pictures can be added, one at a time. `pictures` is how its page shows that, once it is known what
    goes along (`views.pictures`); `written_fields` are the others."""

    pictures: PictureFormView | None = None

    picture = forms.FileField(
        label=_("Kies een beeld"), required=False, widget=_PictureInput(attrs={"accept": PICTURES}),
        help_text=_("JPEG, PNG, WebP of AVIF, hoogstens 10 MB. Waar en waarmee het gemaakt is, halen we eruit."),
        error_messages={
            "invalid": _("Kies een beeld."),
            "empty": _("Dit bestand is leeg. Kies een ander."),
            "max_length": _("De naam van dit bestand is te lang. Geef het een kortere."),
        },
    )  # fmt: skip
    picture_alt = forms.CharField(
        label=_("Wat staat erop?"), required=False, max_length=MOST_ALT, widget=_AltInput,
        help_text=_("Voor wie het beeld niet ziet. Bijvoorbeeld: planbord met vijf kolommen, naast de zaag."),
        error_messages={"max_length": _("Maak dit korter: hoogstens %(limit_value)d tekens.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in PICTURE_FIELDS])

    @property
    def written_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not is_about_pictures(field.name)]

    def know_pictures(self, images: Iterable[MemberImage]) -> None:
        """Take what is typed about these, which go along already. A form that says nothing of one leaves it as it is."""
        for number, image in enumerate(images, 1):
            name = words_of(image)
            if name not in self.fields:
                self.fields[name] = _words_field()
                if self.is_bound and name not in self.data:
                    show_again_with(self, **{name: image.alt})
            self.fields[name].label = _("Wat staat er op beeld %(number)s?") % {"number": number}
            self.initial[name] = image.alt

    def forget_picture(self, key: uuid.UUID) -> None:
        """Of what is taken out, nothing is asked."""
        self.fields.pop(f"{WORDS_OF}{key}", None)
        self.errors.pop(f"{WORDS_OF}{key}", None)

    def words(self) -> dict[uuid.UUID, str]:
        """What is said of the pictures that go along, as far as nothing is wrong with it."""
        return words_typed((name, value) for name, value in self.cleaned_data.items() if name in self.fields)

    def clean(self) -> dict[str, Any]:
        """One without the other is no picture; a browser doesn't send a chosen file again by itself."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        picture, alt = given.get("picture"), (given.get("picture_alt") or "").strip()
        if picture and not alt and "picture_alt" not in self.errors:
            self.add_error(
                "picture_alt",
                _("Schrijf wat er op het beeld staat, voor wie het niet ziet. Kies daarna je beeld opnieuw."),
            )
        elif alt and not picture and "picture" not in self.errors:
            self.add_error("picture", _("Kies het beeld, of maak leeg wat je erover schreef."))
        return given


class WritingForm(PictureForm, TokenForm):
    """A `text` with its pictures, posted once."""


class PostForm(WritingForm):
    text = text_field(_("Je bericht"))


class ReplyForm(PostForm):
    replies_to = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1
    )


class EditForm(PictureForm):
    text = text_field(_("Je bericht"))
    # Of the post, as it was shown.
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    # The pictures that go once this is saved: their keys, with spaces.
    without = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def clean_without(self) -> set[uuid.UUID]:
        return self.taken_out()

    def taken_out(self) -> set[uuid.UUID]:
        """As far as it was sent; what is no key is left out."""
        sent = self.data.get("without", "") if self.is_bound else ""
        return set(filter(None, map(picture_key, sent.split())))
