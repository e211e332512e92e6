"""The description of the API for programs, OpenAPI 3.1. A test holds real answers against it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from search.facets import ALL, YEAR

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
MAYBE_TEXT: Json = {"type": ["string", "null"]}
WHOLE: Json = {"type": "integer", "minimum": 0}
ONE_OF_EACH = ("type",)  # facets of which one value counts
VALUE_NOTES = {
    "type": _("De soort pagina: case, knowledge, figure of page."),
    "doel": _("Wat iemand wil bereiken, zoals minder-voorraad."),
    "thema": _("Een thema, zoals proces."),
    "sector": _("Een code van de SBI 2025: een letter of twee cijfers."),
    "grootte": _("Het aantal mensen: 1-4, 5-14, 15-49, 50-99, 100-249 of 250-plus."),
    "regio": _("Een provincie (PV23) of een COROP-gebied (CR10)."),
    "bewijs": _("Ten minste deze trede: described, measured, compared of repeated."),
    "soort": _("Soort voorbeeld: practice, failure, ecosystem, programme of hub."),
    "jaar": _("Een jaar van vier cijfers."),
}


def _parameter(name: str, description: Any, schema: Json, **more: Any) -> Json:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        **more,
    }


def _facet_parameters() -> list[Json]:
    found = []
    for facet in ALL:
        note = VALUE_NOTES[facet.parameter]
        item: Json = {"type": "string", **({"pattern": "^[0-9]{4}$"} if facet is YEAR else {})}
        if facet.parameter in ONE_OF_EACH:
            found.append(_parameter(facet.parameter, note, item))
        else:
            several = format_lazy(_("{note} Mag vaker: dan telt elk van de waarden."), note=note)
            schema = {"type": "array", "items": item, "maxItems": 20}
            found.append(_parameter(facet.parameter, several, schema, style="form", explode=True))
    return found


PARAMETERS: list[Json] = [
    _parameter(
        "q",
        _("Woorden of een hele vraag. Leeg: alles."),
        {"type": "string", "maxLength": 300},
        example="te veel voorraad",
    ),
    *_facet_parameters(),
    _parameter(
        "resultaat",
        _("Alleen wat op deze indicator beter werd, zoals labour-productivity."),
        TEXT,
        example="stocks",
    ),
    _parameter(
        "minstens",
        _("Bij resultaat: ten minste zoveel procent beter."),
        {"type": "integer", "minimum": 0, "maximum": 1000},
    ),
    _parameter(
        "vastgesteld",
        _("Bij resultaat: hoe het is vastgesteld. Mag vaker."),
        {
            "type": "array",
            "items": {"enum": ["measured", "counted", "estimated", "self-reported", "not-stated"]},
        },
        style="form",
        explode=True,
    ),
    _parameter(
        "sorteer",
        _("Zonder: beste eerst. ‘nieuwste’, of bij resultaat ‘verbetering’: grootste verbetering eerst."),
        {"enum": ["nieuwste", "verbetering"]},
    ),
    _parameter("letterlijk", _("1: een tikfout niet verbeteren."), {"enum": ["1"]}),
    _parameter("pagina", _("Welke pagina, vanaf 1."), {"type": "integer", "minimum": 1, "default": 1}),
    _parameter(
        "per_pagina",
        _("Hoeveel resultaten op een pagina."),
        {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
    ),
    _parameter("vorm", _("json of csv; gaat voor de kop Accept."), {"enum": ["json", "csv"]}),
]


def _object(description: str, **properties: Json) -> Json:
    """Every field is always there; what isn't known is null or empty."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _of(kind: Json, description: str) -> Json:
    return {**kind, "description": description}


def _maybe(name: str) -> Json:
    return {"oneOf": [{"$ref": f"#/components/schemas/{name}"}, {"type": "null"}]}


def _list_of(name: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


SCHEMAS: Json = {
    "Antwoord": _object(
        "Eén pagina met resultaten.",
        zoekvraag=_of(TEXT, "Wat je vroeg."),
        gezocht=_of(TEXT, "Waarop gezocht is; anders dan de zoekvraag als een tikfout verbeterd is."),
        opmerkingen={"type": "array", "items": TEXT, "description": "Wat weggelaten is, in zinnen."},
        totaal=_of({"type": ["integer", "null"], "minimum": 0}, "Null: er is net iets gewijzigd."),
        totaal_is_precies=_of({"type": "boolean"}, "Nee: het zijn er ten minste zoveel."),
        pagina=_of(WHOLE, "Vanaf 1."),
        per_pagina=WHOLE,
        paginas={"type": ["integer", "null"]},
        volgende=_of(MAYBE_TEXT, "Adres van de volgende pagina."),
        vorige=_of(MAYBE_TEXT, "Adres van de vorige pagina."),
        resultaten=_list_of("Resultaat"),
        filters={
            "type": ["object", "null"],
            "description": "Per parameter wat er te kiezen is. Null: er is net iets gewijzigd.",
            "additionalProperties": _list_of("Filterwaarde"),
        },
    ),
    "Resultaat": _object(
        "Eén pagina van het portaal.",
        id=_of(TEXT, "Blijft hetzelfde zolang de pagina bestaat."),
        soort={"enum": ["case", "knowledge", "figure", "page"]},
        soort_naam=TEXT,
        titel=TEXT,
        adres={"type": "string", "format": "uri"},
        samenvatting=TEXT,
        fragment=_of(TEXT, "Een stuk tekst waarin de woorden staan, zonder opmaak."),
        kenmerken={
            "type": "array",
            "items": TEXT,
            "description": "Organisatie, sector en grootte, of bron en jaar.",
        },
        gepubliceerd={"type": ["string", "null"], "format": "date-time"},
        aanbevolen=_of({"type": "boolean"}, "De redactie zette dit bovenaan."),
        bewijs=_maybe("Bewijs"),
        cijfer=_maybe("Cijfer"),
        verbetering=_of(
            {"type": ["number", "null"]}, "Procent beter op de gevraagde indicator; zonder: null."
        ),
    ),
    "Bewijs": _object(
        "De trede van de bewijsladder.",
        code={"enum": ["told", "described", "measured", "compared", "repeated"]},
        naam=TEXT,
    ),
    "Cijfer": _object(
        "Het cijfer dat bij het resultaat hoort.",
        naam=TEXT,
        tekst=_of(TEXT, "Zoals het op het portaal staat: −8%."),
        eenheid=TEXT,
        richting={"enum": ["beter", "slechter", "geen van beide"]},
        vastgesteld=TEXT,
        periode=TEXT,
        vergeleken_met=TEXT,
        kanttekening=TEXT,
        bron=_maybe("Bron"),
    ),
    "Bron": _object(
        "Noem haar als je het cijfer overneemt.",
        wie=TEXT,
        titel=TEXT,
        jaar={"type": ["integer", "null"]},
        plaats=TEXT,
        adres=MAYBE_TEXT,
    ),
    "Filterwaarde": _object(
        "Een waarde met het aantal resultaten dat kiezen geeft.",
        waarde=TEXT,
        naam=TEXT,
        aantal={"type": "integer", "minimum": 0},
        gekozen={"type": "boolean"},
    ),
    "Fout": _object("Wat er misging, in een zin.", fout=TEXT),
}


def _error(description: str, **headers: Json) -> Json:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Fout"}}}
    return {"description": description, "content": content, **({"headers": headers} if headers else {})}


def described() -> Json:
    """The whole document."""
    retry: Json = {"description": "Zoveel seconden wachten.", "schema": {"type": "integer"}}
    answers = {
        "200": {
            "description": "De resultaten.",
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Antwoord"}},
                "text/csv": {"schema": {"type": "string"}},
            },
        },
        "400": _error("Een vorm die we niet kennen."),
        "429": _error("Te veel vragen in korte tijd.", **{"Retry-After": retry}),
        "503": _error("De zoekmachine is even niet bereikbaar.", **{"Retry-After": retry}),
    }
    operation = {
        "operationId": "zoeken",
        "summary": "Zoek in alles wat openbaar is.",
        "parameters": PARAMETERS,
        "responses": answers,
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.SITE_NAME}: zoeken",
            "version": "1.0.0",
            "description": "Open en alleen om te lezen. Velden komen erbij; wat er staat blijft.",
        },
        "servers": [{"url": settings.BASE_URL}],
        "paths": {"/api/zoeken": {"get": operation}},
        "components": {"schemas": SCHEMAS},
    }
