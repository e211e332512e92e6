"""How a view gives a file that not everybody may see, once it has asked who may."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

#: What may be hidden again, a browser keeps not at all, or for the next few pages alone.
NOT_KEPT = "private, no-store"


def private_file(
    file: FieldFile, *, content_type: str, name: str = "", caching: str = NOT_KEPT
) -> FileResponse:
    """All of it; with `name` to be kept by who takes it, else to be shown. Raises Http404 where the file lacks.

    Neither parts nor "not changed" are answered, so there is nothing to tell what is hidden from what isn't there.
    """
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, as_attachment=bool(name), filename=name, content_type=content_type)
    if not name:
        response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = caching
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
