"""Pictures in the forms of this room and of those above: added, taken out again, and shown with what is typed.

Nothing of it needs a script: choosing a file and pressing "Voeg toe" shows the form again with all that was typed, and
whatever else is pressed takes a chosen file along.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations import services
from network.conversations.forms import PICTURE_FIELDS, PictureForm, is_about_pictures, picture_key, words_of
from network.conversations.pictures import of_draft, picture_view
from network.conversations.rules import MOST_PICTURES
from network.conversations.views.pages import person
from portal.design.shapes import PictureFormView
from portal.http.forms import show_again_with
from portal.media.inspection import UploadRefused
from portal.media.models import MemberImage


def take_pictures(
    request: HttpRequest, form: PictureForm, *, place: str, standing: Sequence[MemberImage] = ()
) -> bool:
    """Keep the chosen picture with the draft in `place`, take out the one whose button was pressed, and keep what is said
    of those that stay.

    True where that was all that was asked, or a draft is kept but for its picture: the form is shown again then, and says
    nothing of what isn't filled in yet. What is wrong with a picture stands among its errors. `standing`: what stands
    below the post already; what is said of that is the caller's.
    """
    user, deed, key = person(request), request.POST.get("actie", ""), to_take_out(request)
    form.know_pictures([*standing, *of_draft(user, place)])
    form.is_valid()
    if key is not None:
        form.forget_picture(key)
    is_sound = not any(name in form.errors for name in PICTURE_FIELDS)
    is_all = deed == "beeld" or "beeld_weg" in request.POST
    if is_all or deed == "concept":
        for name in [name for name in form.errors if not is_about_pictures(name)]:
            del form.errors[name]
    is_gone = key is not None and services.drop_picture(user, place=place, uuid=key)
    services.describe_pictures(user, place=place, words=form.words())
    if is_sound and form.cleaned_data.get("picture"):
        _add(request, form, place=place, beside=len(standing), is_told=is_all)
    elif is_sound and deed == "beeld":
        form.add_error("picture", _("Kies eerst een beeld."))
    if is_gone:
        messages.success(request, _("Het beeld is weg."))
    return is_all or (deed == "concept" and bool(form.errors))


def to_take_out(request: HttpRequest) -> UUID | None:
    """The picture whose button was pressed."""
    return picture_key(request.POST.get("beeld_weg", ""))


def _add(request: HttpRequest, form: PictureForm, *, place: str, beside: int, is_told: bool) -> None:
    try:
        services.add_picture(
            person(request),
            place=place,
            upload=form.cleaned_data["picture"],
            alt=form.cleaned_data["picture_alt"],
            beside=beside,
            token=form.cleaned_data.get("token"),
        )
    except UploadRefused as refused:
        form.add_error("picture", str(refused))
    except services.Refused as refused:
        form.add_error(None, str(refused))
    else:
        show_again_with(form, picture_alt="")
        if is_told:
            messages.success(request, _("Het beeld staat erbij."))


def offer_pictures(
    request: HttpRequest,
    form: PictureForm,
    *,
    place: str,
    standing: Sequence[MemberImage] = (),
    has_draft: bool = True,
    at_a_glance: bool = False,
) -> None:
    """Let the form show what goes along, and what can be added. `standing`: what is below the post already. `has_draft`:
    there may be pictures with a draft. `at_a_glance`: as `why_no_pictures` says."""
    user = person(request)
    images = [*standing, *(of_draft(user, place) if has_draft else ())]
    form.know_pictures(images)
    refusal = services.why_no_pictures(user, timezone.now(), at_a_glance=at_a_glance)
    has_room = not refusal and len(images) < MOST_PICTURES
    for name in PICTURE_FIELDS:
        form.fields[name].required = True  # only drawn from here on: who adds a picture fills in both
    form.pictures = PictureFormView(
        pictures=[picture_view(image, words=form[words_of(image)]) for image in images],
        most=MOST_PICTURES,
        file=form["picture"] if has_room else None,
        alt=form["picture_alt"] if has_room else None,
        refusal=refusal,
    )
