from __future__ import annotations

from typing import Any

from wagtail.images.models import ImageQuerySet

from portal.media.specs import GIVE_UP_AFTER, VISITOR_SPECS


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
