"""The screens of documents: the list of an ecosystem, one document, and what its managers do."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.conversations.views.pages import address_of_client
from network.documents import rules, services
from network.documents.forms import ChangeForm, DocumentForm, SearchForm
from network.documents.models import EcosystemDocument
from network.documents.shapes import day_of, document_hits, kind_of, weight_of
from network.ecosystems.models import Ecosystem
from network.ecosystems.views.pages import (
    FORM_METHODS,
    breadcrumb,
    for_members_of_the_portal,
    own_ecosystem,
    page_number,
    person,
    rules_first,
    to_home,
)
from portal.design.components.finding import page_numbers
from portal.design.shapes import Link
from portal.people.shapes import shown_people

DOCUMENTS_A_PAGE = 20
LONG = 10  # from so many on one can search among them


@require_safe
@for_members_of_the_portal
def document_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Newest first, for who is inside."""
    ecosystem = own_ecosystem(request, slug)
    if (first := rules_first(request, ecosystem)) is not None:
        return first
    form = SearchForm(request.GET)
    wanted = form.chosen()
    rows = EcosystemDocument.objects.visible_to(request.user).filter(ecosystem=ecosystem).with_words(wanted)
    paginator = Paginator(rows.select_related("ecosystem", "file"), DOCUMENTS_A_PAGE)
    number = page_number(request, paginator)
    asked = {"q": wanted} if wanted else {}

    def url_for(number: int) -> str:
        query: dict[str, str | int] = {**asked, **({"pagina": number} if number > 1 else {})}
        return f"{request.path}?{urlencode(query)}" if query else request.path

    context = {
        "ecosystem": ecosystem,
        "form": form,
        "wanted": wanted,
        "total": paginator.count,
        "hits": document_hits(paginator.page(number)),
        "pages": page_numbers(number, paginator.num_pages, url_for) if paginator.num_pages > 1 else None,
        "may_search": bool(wanted) or paginator.count > LONG,
        "may_add": rules.can_add(request.user, ecosystem),
        "list_url": request.path,
        "breadcrumb": breadcrumb(*to_home(ecosystem)),
        "robots": "noindex",
    }
    return render(request, "documents/list.html", context)


@require_safe
@for_members_of_the_portal
def document_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    ecosystem = own_ecosystem(request, slug)
    if (first := rules_first(request, ecosystem)) is not None:
        return first
    document = _seen(request, ecosystem, pk)
    adder = document.added_by_id
    people = shown_people([adder], person(request)) if adder is not None else {}
    context = {
        "ecosystem": ecosystem,
        "document": document,
        "kind": kind_of(document),
        "weight": weight_of(document),
        "day": day_of(document),
        "added_by": people.get(adder) if adder is not None else None,
        "may_change": rules.can_add(request.user, ecosystem),
        "may_remove": rules.can_remove(request.user, ecosystem),
        "is_own": adder == request.user.pk,
        "breadcrumb": breadcrumb(*_to_list(ecosystem)),
        "robots": "noindex",
    }
    return render(request, "documents/document.html", context)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def document_add(request: HttpRequest, slug: str) -> HttpResponse:
    ecosystem = _ecosystem_to_fill(request, slug)
    why_not = services.why_no_files(person(request), timezone.now())
    form = DocumentForm(*_sent(request), may_send=not why_not)
    if request.method == "POST" and form.is_valid():
        try:
            document = services.add_document(
                ecosystem, details=form.details(), by=person(request), token=form.cleaned_data["token"],
                address=address_of_client(request),
            )  # fmt: skip
        except services.NotAllowed:
            raise
        except (services.Refused, services.UploadRefused) as refused:
            form.say(str(refused), of_file=isinstance(refused, services.UploadRefused))
        else:
            return _done(request, document, _("Het document staat erbij."))
    form.renew_token()
    return _form_page(
        request, ecosystem, form, heading=_("Zet een document in %(name)s") % {"name": ecosystem.name},
        lead=_("Geef een bestand of een link."), button=_("Zet het erbij"), trail=_to_list(ecosystem), why_not=why_not,
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def document_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    ecosystem = _ecosystem_to_fill(request, slug)
    document = _seen(request, ecosystem, pk)
    why_not = services.why_no_files(person(request), timezone.now())
    form = ChangeForm(*_sent(request), document=document, may_send=not why_not)
    stored: EcosystemDocument | None = None
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change_document(
                document, details=form.details(), version=form.cleaned_data["version"], by=person(request),
                address=address_of_client(request),
            )  # fmt: skip
        except services.NotAllowed:
            raise
        except services.ChangedMeanwhile as meanwhile:
            stored = meanwhile.document
            form.say(str(meanwhile), of_file=False)
            form.take_version(stored)
        except (services.Refused, services.UploadRefused) as refused:
            form.say(str(refused), of_file=isinstance(refused, services.UploadRefused))
        else:
            return _done(request, changed, _("De wijziging is bewaard."))
    return _form_page(
        request, ecosystem, form, heading=_("Wijzig “%(title)s”") % {"title": document.title}, button=_("Bewaar"),
        trail=_to_document(document), why_not=why_not, stored=stored, document=document,
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def document_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    ecosystem = own_ecosystem(request, slug)
    if not rules.can_remove(request.user, ecosystem):
        raise Http404
    document = _seen(request, ecosystem, pk)
    if request.method == "POST":
        services.remove_document(document, by=person(request))
        messages.success(request, _("Het document is weg."))
        return HttpResponseRedirect(reverse("documents:list", args=[ecosystem.slug]))
    return _form_page(
        request, ecosystem, django_forms.Form(), heading=_("Haal “%(title)s” weg") % {"title": document.title},
        lead=_("Niemand kan er dan meer bij. Terughalen kan niet."), button=_("Haal het document weg"),
        trail=_to_document(document),
    )  # fmt: skip


def _ecosystem_to_fill(request: HttpRequest, slug: str) -> Ecosystem:
    """Where the reader may put documents; else a 404."""
    ecosystem = own_ecosystem(request, slug)
    if not rules.can_add(request.user, ecosystem):
        raise Http404
    return ecosystem


def _seen(request: HttpRequest, ecosystem: Ecosystem, pk: int) -> EcosystemDocument:
    rows = EcosystemDocument.objects.visible_to(request.user).filter(ecosystem=ecosystem)
    return get_object_or_404(rows.select_related("ecosystem__parent", "file"), pk=pk)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _done(request: HttpRequest, document: EcosystemDocument, sentence: str) -> HttpResponseRedirect:
    if document.shown == "visible":
        messages.success(request, sentence)
    else:
        messages.info(request, _("Een moderator kijkt er eerst naar. Tot dan zie alleen jij het."))
    return HttpResponseRedirect(document.get_absolute_url())


def _to_list(ecosystem: Ecosystem) -> list[Link]:
    url = reverse("documents:list", args=[ecosystem.slug])
    return [*to_home(ecosystem), Link(label=_("Documenten"), url=url)]


def _to_document(document: EcosystemDocument) -> list[Link]:
    return [*_to_list(document.ecosystem), Link(label=document.title, url=document.get_absolute_url())]


def _form_page(
    request: HttpRequest,
    ecosystem: Ecosystem,
    form: django_forms.Form,
    *,
    heading: str,
    button: str,
    trail: list[Link],
    lead: str = "",
    **extra: Any,
) -> HttpResponse:
    if isinstance(form, DocumentForm):
        form.prepare_to_draw()
    context = {
        "ecosystem": ecosystem,
        "form": form,
        "heading": heading,
        "lead": lead,
        "button_label": button,
        "breadcrumb": breadcrumb(*trail),
        "back": trail[-1],
        "has_errors": bool(form.errors),
        "robots": "noindex",
        **extra,
    }
    return render(request, "documents/form.html", context)
