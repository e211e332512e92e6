"""Images and files. Editors' documents have Wagtail's own view; nothing else of the media folder has an address.

Members' images and files lie elsewhere and are given to whoever may see what they belong to.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from portal.media.models import MemberFile, MemberImage
from portal.media.serving import private_file

#: Editors' images and their sizes. Documents are left out on purpose.
PUBLIC_FOLDERS = ("images/", "original_images/")
#: A changed image gets another name, so a browser may keep one for long.
CACHE_SECONDS = 30 * 24 * 3600
#: A member's image may be hidden again, so a browser keeps it for the next few pages alone.
MEMBER_CACHE_SECONDS = 300


@require_safe
def media_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """One image file; 404 for everything outside the public folders."""
    if not path.startswith(PUBLIC_FOLDERS) or ".." in path:
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def member_image(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    return _member_image(request, uuid, is_small=False)


@require_safe
def small_member_image(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    return _member_image(request, uuid, is_small=True)


def _member_image(request: HttpRequest, uuid: UUID, *, is_small: bool) -> HttpResponseBase:
    image = MemberImage.objects.filter(uuid=uuid).visible_to(request.user).first()
    if image is None:
        raise Http404
    file = image.small_file if is_small else image.file
    return private_file(
        file, content_type=image.content_type, caching=f"private, max-age={MEMBER_CACHE_SECONDS}"
    )


@require_safe
def member_file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """To be kept by who takes it, and never shown within the portal."""
    file = MemberFile.objects.filter(uuid=uuid).visible_to(request.user).first()
    if file is None:
        raise Http404
    return private_file(file.file, content_type=file.content_type, name=file.name)
