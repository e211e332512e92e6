"""A handful of views behind the real middlewares, for the tests of this folder."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from portal.http.request_id import current_request_id
from portal.http.transactions import before_transaction

made = {"count": 0}


def public(request: HttpRequest) -> HttpResponse:
    made["count"] += 1
    return HttpResponse(f"<p>gemaakt {made['count']}</p>" + "<p>tekst</p>" * 200)


def personal(request: HttpRequest) -> HttpResponse:
    made["count"] += 1
    return HttpResponse(f"<p>gemaakt {made['count']} voor {request.COOKIES.get('voorkeur', 'niemand')}</p>")


def looks_at_cookies(request: HttpRequest) -> HttpResponse:
    response = personal(request)
    response["Vary"] = "Cookie"
    return response


def own_answer(request: HttpRequest) -> HttpResponse:
    response = public(request)
    response["Cache-Control"] = "private"
    return response


def with_form(request: HttpRequest) -> HttpResponse:
    made["count"] += 1
    return HttpResponse(get_token(request))


def gone(request: HttpRequest) -> HttpResponse:
    made["count"] += 1
    return HttpResponse("weg", status=410)


def download(request: HttpRequest) -> FileResponse:
    return FileResponse(iter([b"a;b\n"]), filename="cijfers.csv", as_attachment=True)  # type: ignore[arg-type]


def new_password(request: HttpRequest, key: str) -> HttpResponse:
    return HttpResponse("ok")


def tell_id(request: HttpRequest) -> HttpResponse:
    return HttpResponse(json.dumps({"id": current_request_id()}), content_type="application/json")


@csrf_exempt
def write(request: HttpRequest, ending: str) -> HttpResponse:
    """Writes a row and then ends well, with a 5xx answer, or with an exception."""
    Session.objects.create(session_key=f"row-{ending}", session_data="", expire_date="2030-01-01T00:00:00Z")
    if ending == "raise":
        raise ValueError("halfway")
    if ending == "refuse":
        raise PermissionDenied
    return HttpResponse("klaar", status=503 if ending == "answer-503" else 200)


rounds: list[tuple[str, bool]] = []


@csrf_exempt
def look(request: HttpRequest) -> HttpResponse:
    """Writes a row, then looks at each file that came along: long work, that a bad file has an end made to."""
    rounds.append(("view", connection.in_atomic_block))
    Session.objects.create(session_key="row-look", session_data="", expire_date="2030-01-01T00:00:00Z")
    said = []
    for name in request.FILES:
        file: Any = request.FILES[name]
        try:
            said.append(before_transaction(file, partial(_looked_at, file)))
        except ValueError as error:
            said.append(str(error))
    if request.POST.get("ending") == "raise":
        raise RuntimeError("afterwards")
    return HttpResponse(", ".join(said))


def _looked_at(file: Any) -> str:
    rounds.append((file.name, connection.in_atomic_block))
    file.seek(0)
    words: str = file.read().decode()
    if words == "slecht":
        raise ValueError("geweigerd")
    return words


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("mag niet", status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("niet gevonden", status=404)


# The portal's own error pages link to addresses that don't exist here.
handler403 = refused
handler404 = missing

urlpatterns = [
    path("openbaar/", public),
    path("persoonlijk/", personal),
    path("kijkt-naar-cookies/", looks_at_cookies),
    path("eigen/", own_answer),
    path("formulier/", with_form),
    path("weg/", gone),
    path("download/", download),
    path("wachtwoord/<str:key>/", new_password),
    path("nummer/", tell_id),
    path("schrijf/<str:ending>/", write),
    path("bekijk/", look),
    path("beheer/scherm/", public),
    path("zoeken/", public),
]
