"""One's saved searches: the list, saving the search that one sees, changing, deleting, and what was found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.signed_in import user_of
from portal.saved_searches.forms import SavedSearchForm
from portal.saved_searches.models import Finding, SavedSearch
from portal.saved_searches.rules import MOST_SEARCHES
from portal.saved_searches.services import (
    TooManySearchesError,
    change_search,
    delete_search,
    read_question,
    save_search,
    written,
)
from portal.saved_searches.shapes import asked, breadcrumb_of, saved_tasks
from portal.saved_searches.showing import hits_of
from search.facets import read_vocabulary
from search.question import Question

FORM_METHODS = ["GET", "HEAD", "POST"]


def _list() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("saved-searches:list"))


@require_safe
@never_cache
@login_required
def search_list(request: HttpRequest) -> HttpResponse:
    """All of them; there are few."""
    rows = list(SavedSearch.objects.visible_to(request.user))
    context = {
        "searches": saved_tasks(user_of(request), rows, read_vocabulary()),
        "most": MOST_SEARCHES,
        "breadcrumb": breadcrumb_of(inside=False),
    }
    return render(request, "saved_searches/list.html", context)


@require_http_methods(FORM_METHODS)
@never_cache
@login_required
def search_save(request: HttpRequest) -> HttpResponse:
    """The search of this very address: `/zoeken/` and this page read the same parameters."""
    words = read_vocabulary()
    question = Question.from_data(request.GET, words)
    if not written(question):
        messages.info(request, _("Zoek eerst iets. Daarna kun je de zoekopdracht bewaren."))
        return HttpResponseRedirect(reverse("search:results"))
    what = asked(question, words)
    form = SavedSearchForm(request.POST if request.method == "POST" else None, initial={"name": what.name})
    if request.method == "POST" and form.is_valid():
        try:
            kept, is_new = save_search(user_of(request), question=question, **form.cleaned_data)
        except TooManySearchesError:
            sentence = _("Je bewaart er al %(most)d. Haal er eerst een weg.") % {"most": MOST_SEARCHES}
            form.add_error(None, sentence)
        else:
            said = (
                _("‘%(name)s’ is bewaard.") if is_new else _("Deze zoekopdracht bewaarde je al: ‘%(name)s’.")
            )
            messages.success(request, said % {"name": kept.name})
            return _list()
    back = question.address(reverse("search:results"))
    context = {"form": form, "what": what, "back": back, "breadcrumb": breadcrumb_of()}
    return render(request, "saved_searches/save.html", context)


@require_http_methods(FORM_METHODS)
@never_cache
@login_required
def search_change(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
    initial: dict[str, Any] = {"name": search.name, "frequency": search.frequency}
    form = SavedSearchForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_search(search, **form.cleaned_data)
        messages.success(request, _("‘%(name)s’ is gewijzigd.") % {"name": form.cleaned_data["name"]})
        return _list()
    words = read_vocabulary()
    question = read_question(search, words)
    context = {
        "form": form,
        "search": search,
        "what": asked(question, words),
        "back": question.address(reverse("search:results")),
        "breadcrumb": breadcrumb_of(),
    }
    return render(request, "saved_searches/change.html", context)


@require_POST
@never_cache
@login_required
def search_delete(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
    delete_search(search)
    messages.success(request, _("‘%(name)s’ is weg.") % {"name": search.name})
    return _list()


@require_safe
@never_cache
@login_required
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """What was new that night, as far as this person may see it now."""
    found = get_object_or_404(Finding.objects.visible_to(request.user).select_related("search"), pk=pk)
    hits = hits_of(user_of(request), found)
    words = read_vocabulary()
    question = read_question(found.search, words)
    context = {
        "heading": _("Nieuw bij ‘%(name)s’") % {"name": found.search.name},
        "lead": _("Gevonden op %(day)s.") % {"day": date_format(found.found_at, "j F Y")},
        "hits": hits,
        "search": found.search,
        "all_url": question.sorted_by("newest").address(reverse("search:results")),
        "breadcrumb": breadcrumb_of(),
    }
    return render(request, "saved_searches/finding.html", context)
