"""Proof, for who may see it."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from cases.submissions.models import SubmissionProof
from cases.submissions.views.pages import person


@require_safe
def proof_file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """All of it or 404, also for who isn't signed in. Neither parts nor "not changed" are answered."""
    proof = SubmissionProof.objects.visible_to(person(request)).filter(uuid=uuid).first()
    if proof is None:
        raise Http404
    try:
        file = proof.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, as_attachment=True, filename=proof.name, content_type=proof.content_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
