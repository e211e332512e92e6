from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from wagtail.images.models import ImageQuerySet

from portal.media import file_readers, image_readers
from portal.media.specs import GIVE_UP_AFTER, VISITOR_SPECS

if TYPE_CHECKING:
    from portal.media.models import MemberFile, MemberImage  # noqa: F401 - names of the generic parameters


class PortalImageQuerySet(ImageQuerySet):
    def visible_to(self, user: Any) -> PortalImageQuerySet:
        """Editors' images are public by definition; Wagtail keeps no view restriction on them."""
        return self

    def without_renditions(self) -> PortalImageQuerySet:
        """Images whose sizes are still to be made; what failed too often is left alone."""
        return self.filter(renditions_made_at=None, rendition_failures__lt=GIVE_UP_AFTER)

    def with_renditions(self) -> PortalImageQuerySet:
        """With the sizes that visitors see fetched along, in one query for the whole list."""
        return self.prefetch_renditions(*VISITOR_SPECS)


class MemberImageQuerySet(models.QuerySet["MemberImage"]):
    def waiting(self) -> MemberImageQuerySet:
        """Attached to nothing yet."""
        return self.filter(object_id=None)

    def waiting_for(self, user: Any, *, purpose: str) -> MemberImageQuerySet:
        """What `user` sent and may still attach."""
        return self.waiting().filter(_owned_by(user), purpose=purpose)

    def attached_to(self, purpose: str, object_ids: Iterable[int]) -> MemberImageQuerySet:
        return self.filter(purpose=purpose, object_id__in=list(object_ids))

    def older_than(self, moment: datetime.datetime) -> MemberImageQuerySet:
        return self.filter(created_at__lt=moment)

    def visible_to(self, user: Any) -> MemberImageQuerySet:
        """Unattached ones for their owner alone; of attached ones those that the room of their purpose shows.

        The rooms look at each attached image, so narrow the set before (to one address, to what hangs below a page).
        """
        seen = image_readers.seen_among(user, self.exclude(object_id=None))
        return self.filter(Q(pk__in=seen) | (Q(object_id=None) & _owned_by(user)))


class MemberFileQuerySet(models.QuerySet["MemberFile"]):
    def older_than(self, moment: datetime.datetime) -> MemberFileQuerySet:
        return self.filter(created_at__lt=moment)

    def visible_to(self, user: Any) -> MemberFileQuerySet:
        """Those that the room of their purpose shows. It looks at each, so narrow the set before."""
        return self.filter(pk__in=file_readers.seen_among(user, self))


def _owned_by(user: Any) -> Q:
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return Q(pk__in=[])
    return Q(owner_id=user.pk)
