"""After an editor publishes, the worker draws at once instead of within the minute."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from portal.background.services import wake
from portal.sharing.services import IMAGE_JOB


@hooks.register("after_publish_page")
@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
def draw_soon(request: HttpRequest, page: Any) -> None:
    wake(IMAGE_JOB)
