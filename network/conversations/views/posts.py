"""One post: where it stands, changing it, taking it back, how it read before, finding it useful."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.conversations import rules, services
from network.conversations.forms import EditForm
from network.conversations.mentions import everybody_in
from network.conversations.models import Post, PostVersion
from network.conversations.pictures import OF_POST, ever_of_posts, of_post, picture_view, picture_views
from network.conversations.shapes import body_of, page_of, typed_text
from network.conversations.views.pages import (
    FORM_METHODS,
    address_of_client,
    breadcrumb,
    for_members_of_the_portal,
    form_page,
    own_post,
    person,
    posted,
    rules_before,
    seen_post,
    to_conversation,
)
from network.conversations.views.pictures import offer_pictures, take_pictures, to_take_out
from portal.design.shapes import PictureView
from portal.http.forms import show_again_with
from portal.media.models import MemberImage
from portal.people.shapes import shown_people
from portal.text import render_markdown


def to_post(request: HttpRequest, post: Post) -> HttpResponseRedirect:
    """To its place on the page of its conversation, as this reader finds it."""
    page = page_of(post, request.user)
    query = f"?pagina={page}" if page > 1 else ""
    return HttpResponseRedirect(f"{post.conversation.get_absolute_url()}{query}#bericht-{post.pk}")


@never_cache
@require_safe
def post_permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """An address that keeps leading to the post, also when it was moved."""
    post = seen_post(request, pk)
    return rules_before(request, post.conversation) or to_post(request, post)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    post = own_post(request, pk)
    if (first := rules_before(request, post.conversation)) is not None:
        return first
    user = person(request)
    may = rules.can_edit(user, post, timezone.now())
    if not may and request.method != "POST":
        messages.info(
            request, _("Je kunt een bericht een dag lang wijzigen. Schrijf een nieuw bericht eronder.")
        )
        return to_post(request, post)
    initial = {"text": typed_text(post.text, user), "version": post.version}
    form = EditForm(posted(request), request.FILES or None, initial=initial)
    stored = ""
    is_about_pictures = request.method == "POST" and may and _take_pictures(request, form, post)
    if request.method == "POST" and not is_about_pictures and form.is_valid():
        try:
            return _changed(request, post, form)
        except services.NotAllowed:
            raise
        except services.ChangedMeanwhile as changed_meanwhile:
            form.add_error(None, str(changed_meanwhile))
            stored = _as_read(changed_meanwhile.post.html, request)
            # The next try is about what they see now.
            show_again_with(form, version=changed_meanwhile.post.version)
        except services.Refused as refused:
            form.add_error("text", str(refused))
    offer_pictures(request, form, place=services.change_place(post), standing=_standing(form, post))
    return form_page(
        request,
        form,
        heading=_("Wijzig je bericht"),
        lead=_(
            "Wie het bericht ziet, kan ook zien hoe het eerst was, met de beelden. "
            "Moet er iets echt weg? Trek je bericht in."
        ),
        button=_("Bewaar"),
        trail=to_conversation(post.conversation),
        stored=stored,
    )


def _take_pictures(request: HttpRequest, form: EditForm, post: Post) -> bool:
    """Those below the post go once it is saved; what was added meanwhile waits with the draft of the change."""
    key = to_take_out(request)
    if key is not None and any(image.uuid == key for image in of_post(post.pk)):
        gone = form.taken_out() | {key}
        show_again_with(form, without=" ".join(sorted(str(each) for each in gone)))
    standing = _standing(form, post)
    return take_pictures(request, form, place=services.change_place(post), standing=standing)


def _standing(form: EditForm, post: Post) -> list[MemberImage]:
    """Below the post now, and after the change."""
    gone = form.taken_out()
    return [image for image in of_post(post.pk) if image.uuid not in gone]


def _changed(request: HttpRequest, post: Post, form: EditForm) -> HttpResponse:
    changed = services.edit_post(
        post,
        by=person(request),
        text=form.cleaned_data["text"],
        version=form.cleaned_data["version"],
        without=form.cleaned_data["without"],
        words=form.words(),
        address=address_of_client(request),
    )
    messages.success(request, _("Je bericht is gewijzigd."))
    return to_post(request, changed)


def _as_read(html: str, request: HttpRequest) -> str:
    return body_of(html, shown_people(everybody_in([html]), request.user))


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def post_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    post = own_post(request, pk)
    form = forms.Form(posted(request))
    if request.method == "POST":
        conversation = post.conversation
        services.withdraw_post(post, by=person(request))
        messages.success(request, _("Je bericht is ingetrokken. De woorden zijn weg."))
        return HttpResponseRedirect(conversation.get_absolute_url())
    return form_page(
        request,
        form,
        heading=_("Trek je bericht in"),
        lead=_(
            "De woorden en beelden verdwijnen voor iedereen, ook eerdere versies. Dit kun je niet terugdraaien."
        ),
        button=_("Trek in"),
        trail=to_conversation(post.conversation),
        quote=_as_read(post.html, request),
    )


@never_cache
@require_safe
def post_history(request: HttpRequest, pk: int) -> HttpResponse:
    """How a post read before, for who can read it now."""
    post = seen_post(request, pk)
    if (first := rules_before(request, post.conversation)) is not None:
        return first
    earlier = list(post.versions.all())
    made = [(version, render_markdown(version.text)) for version in earlier]
    people = shown_people(everybody_in([post.html, *(html for _version, html in made)]), request.user)
    images = list(ever_of_posts([post.pk]))
    context = {
        "post": post,
        "now": body_of(post.html, people),
        "pictures_now": picture_views(image for image in images if image.purpose == OF_POST),
        "earlier": [
            (version, body_of(html, people), _pictures_at(version, images)) for version, html in made
        ],
        "breadcrumb": breadcrumb(*to_conversation(post.conversation)),
        "robots": "noindex",
    }
    return render(request, "conversations/history.html", context)


def _pictures_at(version: PostVersion, images: list[MemberImage]) -> list[PictureView]:
    """With what was said of them then, as far as that was kept."""
    stood = [image for image in images if str(image.uuid) in version.pictures]
    return [picture_view(image, alt=version.picture_words.get(str(image.uuid))) for image in stood]


@require_POST
@for_members_of_the_portal
def post_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Find it useful, or no longer; then back to the post."""
    post = seen_post(request, pk)
    if (first := rules_before(request, post.conversation)) is not None:
        return first
    try:
        if request.POST.get("stem") == "weg":
            services.withdraw_vote(post, by=person(request))
        else:
            services.cast_vote(post, by=person(request))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
    return to_post(request, post)
