"""Documents that not everybody may read."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail import hooks

from portal.media.models import PortalDocument


@hooks.register("before_serve_document", order=-1)
def hidden_document_does_not_exist(document: PortalDocument, request: HttpRequest) -> None:
    """Before Wagtail's own check, which would send a reader to the sign-in page and so tell that there is something."""
    for restriction in document.collection.get_view_restrictions():
        if not restriction.accept_request(request):
            raise Http404
