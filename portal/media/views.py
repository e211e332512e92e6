"""The images' files. Documents have Wagtail's own view; nothing else of the media folder has an address."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

#: Editors' images and their sizes. Documents are left out on purpose.
PUBLIC_FOLDERS = ("images/", "original_images/")
#: A changed image gets another name, so a browser may keep one for long.
CACHE_SECONDS = 30 * 24 * 3600


@require_safe
def media_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """One image file; 404 for everything outside the public folders."""
    if not path.startswith(PUBLIC_FOLDERS) or ".." in path:
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
