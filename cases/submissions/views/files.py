"""Proof, for who may see it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from cases.submissions.models import SubmissionProof
from cases.submissions.views.pages import person
from portal.media.serving import private_file


@require_safe
def proof_file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """All of it or 404, also for who isn't signed in."""
    proof = SubmissionProof.objects.visible_to(person(request)).filter(uuid=uuid).first()
    if proof is None:
        raise Http404
    return private_file(proof.file, content_type=proof.content_type, name=proof.name)
