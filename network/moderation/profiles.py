"""Profiles, as moderators need them. Their room lies below this one, so it can't offer them itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network.moderation.reportables import VISIBLE, Item, Reportable, register
from portal.design.shapes import PictureView
from portal.media.services.member_images import SMALL_SIDE
from portal.people.models import Profile
from portal.people.services import put_shown

PROFILE: Final = "profile"


def _item(profile: Profile) -> Item:
    return Item(
        id=profile.pk,
        title=profile.user.name,
        url=profile.get_absolute_url(),
        text=f"{profile.role_at_work}\n\n{profile.about}".strip(),
        author_id=profile.user_id,
        ecosystem_id=None,
        created_at=profile.changed_at,
        state=profile.shown,
        pictures=_photo(profile),
    )


def _photo(profile: Profile) -> list[PictureView]:
    image = profile.photo
    if image is None:
        return []
    scale = min(1.0, SMALL_SIDE / max(image.width, image.height))
    return [
        PictureView(
            url=image.get_absolute_url(),
            small_url=image.small_url,
            alt=_now("Foto bij het profiel"),
            width=round(image.width * scale),
            height=round(image.height * scale),
        )
    ]


def _visible(user: Any, pk: int) -> Item | None:
    rows = Profile.objects.filter(pk=pk, shown=VISIBLE).visible_to(user).select_related("user", "photo")
    found = rows.first()
    return _item(found) if found is not None else None


def _items(pks: Sequence[int]) -> Mapping[int, Item]:
    return {row.pk: _item(row) for row in Profile.objects.filter(pk__in=pks).select_related("user", "photo")}


register(
    Reportable(
        code=PROFILE,
        label=_("profiel"),
        visible=_visible,
        items=_items,
        put=put_shown,
        author_keeps=True,
    )
)
