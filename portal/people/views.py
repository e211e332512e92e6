"""One's own profile, and that of somebody else."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.signed_in import user_of
from portal.design.shapes import Link
from portal.media.inspection import UploadRefused
from portal.people.forms import PhotoForm, ProfileForm
from portal.people.models import Profile, Shown
from portal.people.person_links import links_for
from portal.people.rules import Nearness
from portal.people.services import own_profile, remove_photo, save_profile, set_photo
from portal.people.shapes import previewed_profile, seen_profile, work_facts

# Of the address, how near its reader is, and what the tab says.
PREVIEWS = {
    "kring": (Nearness.CIRCLE, gettext_lazy("Wie je kent van een organisatie of ecosysteem")),
    "leden": (Nearness.MEMBER, gettext_lazy("Iedereen met een account")),
    "iedereen": (Nearness.ANYONE, gettext_lazy("Iedereen")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def edit(request: HttpRequest) -> HttpResponse:
    """What one tells of oneself, and to whom."""
    user = user_of(request)
    profile = own_profile(user)
    form = ProfileForm(request.POST if request.method == "POST" else None, profile=profile)
    if request.method == "POST" and form.is_valid():
        save_profile(user, details=form.details())
        messages.success(request, _("Je profiel is bewaard. Zo zien anderen je."))
        return HttpResponseRedirect(reverse("people:preview"))
    context = {
        "form": form,
        "profile": profile,
        "is_hidden": profile.shown != Shown.VISIBLE,
        "photo_url": _photo_url(profile),
        "breadcrumb": _own_breadcrumb()[:2],
    }
    return render(request, "people/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def photo(request: HttpRequest) -> HttpResponse:
    """Choose another photo, or none."""
    user = user_of(request)
    if request.method == "POST" and request.POST.get("actie") == "weg":
        remove_photo(user)
        messages.success(request, _("Je foto is weg."))
        return HttpResponseRedirect(reverse("people:edit"))
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    if request.method == "POST" and form.is_valid():
        try:
            set_photo(user, upload=form.cleaned_data["photo"])
        except UploadRefused as refused:
            form.add_error("photo", str(refused))
        else:
            messages.success(request, _("Je nieuwe foto staat erop."))
            return HttpResponseRedirect(reverse("people:edit"))
    profile = own_profile(user)
    context = {
        "form": form,
        "profile": profile,
        "photo_url": _photo_url(profile),
        "breadcrumb": _own_breadcrumb(),
    }
    return render(request, "people/photo.html", context)


@require_safe
@never_cache
@login_required
def preview(request: HttpRequest) -> HttpResponse:
    """One's own profile as others see it."""
    profile = own_profile(user_of(request))
    chosen = request.GET.get("voor", "kring")
    if chosen not in PREVIEWS:
        raise Http404
    tabs = [
        Link(label=str(label), url=f"?voor={name}", current=name == chosen)
        for name, (_near, label) in PREVIEWS.items()
    ]
    seen = previewed_profile(profile, PREVIEWS[chosen][0])
    context = {
        "profile": seen,
        "facts": work_facts(seen) if seen else [],
        "tabs": tabs,
        "breadcrumb": _own_breadcrumb(),
    }
    return render(request, "people/preview.html", context)


@require_safe
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """As far as this reader may see it; where that is nothing, it doesn't exist."""
    rows = Profile.objects.filter(public_id=public_id, user__is_active=True)
    profile = rows.select_related("user", "photo").first()
    seen = seen_profile(profile, request.user) if profile is not None else None
    if profile is None or seen is None:
        raise Http404
    is_own = profile.user_id == request.user.pk
    context = {
        "profile": seen,
        "facts": work_facts(seen),
        "is_own": is_own,
        "is_hidden": profile.shown != Shown.VISIBLE,
        "links": [] if is_own else links_for(profile, request.user),
    }
    return render(request, "people/person.html", context)


def _photo_url(profile: Profile) -> str:
    return profile.photo.get_absolute_url() if profile.photo is not None else ""


def _own_breadcrumb() -> list[Link]:
    return [
        Link(label=settings.SITE_NAME, url="/"),
        Link(label=_("Mijn account"), url=reverse("account:overview")),
        Link(label=_("Mijn profiel"), url=reverse("people:edit")),
    ]
