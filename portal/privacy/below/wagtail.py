"""What Wagtail keeps of who works in the staff admin."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    Revision,
    UploadedFile,
)
from wagtail.users.models import UserProfile

from portal.accounts.models import User
from portal.privacy.registry import (
    DELETE,
    WITH_ACCOUNT,
    AsLong,
    Departure,
    Ground,
    NotTaken,
    Own,
    PersonalData,
    Purpose,
    Term,
    of_staff,
    register,
)
from portal.privacy.rows import columns
from portal.privacy.services.retention import FORM_STATE_TERM, LOG_TERM

_PAGE = AsLong(_("zolang de pagina bestaat"))


def _staff(**said: Any) -> PersonalData:
    return PersonalData(purpose=Purpose.EDITING, ground=Ground.INTEREST, **said)


def forget_avatar(departure: Departure) -> None:
    for profile in UserProfile.objects.filter(user=departure.user):
        if profile.avatar:
            profile.avatar.delete(save=False)
        profile.delete()


def forget_uploads(departure: Departure) -> None:
    for upload in UploadedFile.objects.filter(uploaded_by_user=departure.user):
        upload.file.delete(save=False)
        upload.delete()


def forget_comments(departure: Departure) -> None:
    """Also as they stand in earlier versions of the pages, which hold a copy."""
    user = departure.user
    own = Q(wagtail_admin_comments__user=user) | Q(wagtail_admin_comments__replies__user=user)
    pages = Page.objects.filter(own).order_by().values_list("pk", flat=True).distinct()
    texts = Q(
        object_id__in=[str(pk) for pk in pages], base_content_type=ContentType.objects.get_for_model(Page)
    )
    for revision in Revision.objects.filter(texts).iterator(chunk_size=50):
        kept = _without_comments_of(user.pk, revision.content.get(COMMENTS_RELATION_NAME, []))
        if kept != revision.content.get(COMMENTS_RELATION_NAME, []):
            content = {**revision.content, COMMENTS_RELATION_NAME: kept}
            Revision.objects.filter(pk=revision.pk).update(content=content)
    Comment.objects.filter(user=user).delete()
    CommentReply.objects.filter(user=user).delete()


def _without_comments_of(pk: int, comments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**each, "replies": [reply for reply in each.get("replies", []) if reply.get("user") != pk]}
        for each in comments
        if each.get("user") != pk
    ]


def forget_log_of_account(departure: Departure) -> None:
    """Lines about the account itself bear its name; that something was done to an account stays."""
    about = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(departure.user.pk)
    )
    about.update(label="", data={})


register(
    of_staff(
        "wagtailcore.Page.owner",
        name=_("Wie een pagina begon"),
        shows=["title", "first_published_at"],
        term=_PAGE,
    ),
    of_staff(
        "wagtailcore.Page.locked_by",
        name=_("Wie een pagina op slot zette"),
        shows=["title", "locked_at"],
        term=_PAGE,
    ),
    of_staff(
        "wagtailcore.Revision.user",
        name=_("Wie een versie van een pagina schreef"),
        shows=["object_str", "created_at"],
        term=_PAGE,
    ),
    of_staff(
        "wagtailcore.WorkflowState.requested_by",
        name=_("Wie een pagina liet nakijken"),
        shows=["status", "created_at"],
        term=_PAGE,
    ),
    of_staff(
        "wagtailcore.TaskState.finished_by",
        name=_("Wie een pagina nakeek"),
        shows=["status", "comment", "finished_at"],
        term=_PAGE,
    ),
    of_staff(
        "wagtailcore.PageLogEntry.user",
        name=_("Wie iets deed met een pagina"),
        shows=["label", "action", "timestamp"],
        term=Term(LOG_TERM, since="timestamp", job="privacy.forget-old", only=Q(user__isnull=False)),
    ),
    of_staff(
        "wagtailcore.ModelLogEntry.user",
        name=_("Wie iets deed in het beheer"),
        shows=["label", "action", "timestamp"],
        term=Term(LOG_TERM, since="timestamp", job="privacy.forget-old", only=Q(user__isnull=False)),
    ),
    _staff(
        field="wagtailcore.ModelLogEntry.label",
        name=_("Dat er in het beheer iets aan je account gedaan is"),
        why=_("Zodat na te gaan is wie wat aan een account veranderde, en waarom."),
        term=AsLong(_("zolang het portaal bestaat; na het wissen van je account zonder je naam")),
        export=NotTaken(_("Een medewerker deed het. Vraag ernaar als je wilt weten wat er gebeurde.")),
        erasure=Own(_("Je naam en de reden gaan eruit."), forget_log_of_account),
        person="",
    ),
    _staff(
        field="wagtailcore.Comment.user",
        name=_("Opmerkingen bij een pagina in bewerking"),
        why=_("Zodat redacteuren samen aan een pagina kunnen werken."),
        term=_PAGE,
        export=columns("text", "created_at"),
        erasure=Own(_("Dit wissen we, ook uit eerdere versies van de pagina."), forget_comments),
    ),
    of_staff(
        "wagtailcore.Comment.resolved_by",
        name=_("Wie een opmerking afhandelde"),
        shows=["resolved_at"],
        term=_PAGE,
    ),
    _staff(
        field="wagtailcore.CommentReply.user",
        name=_("Antwoorden op opmerkingen bij een pagina"),
        why=_("Zodat redacteuren samen aan een pagina kunnen werken."),
        term=_PAGE,
        export=columns("text", "created_at"),
        erasure=Own(_("Dit wissen we, ook uit eerdere versies van de pagina."), forget_comments),
    ),
    _staff(
        field="wagtailcore.PageSubscription.user",
        name=_("Van welke pagina's je opmerkingen volgt"),
        why=_("Zodat je hoort wat een ander erbij schrijft."),
        term=WITH_ACCOUNT,
        export=columns("page__title"),
        erasure=DELETE,
    ),
    _staff(
        field="wagtailcore.APIToken.user",
        name=_("Sleutels voor programma's"),
        why=_("Zodat een programma namens jou iets kan opvragen."),
        term=WITH_ACCOUNT,
        export=columns("name", "created", "last_used_at"),
        erasure=DELETE,
    ),
    _staff(
        field="wagtailcore.UploadedFile.uploaded_by_user",
        name=_("Bestanden die je net stuurde en nog niet beschreef"),
        why=_("Zodat je er een titel bij kunt geven."),
        term=WITH_ACCOUNT,
        export=columns("file"),
        erasure=Own(_("Dit wissen we, met het bestand."), forget_uploads),
    ),
    _staff(
        field="wagtailadmin.EditingSession.user",
        name=_("Welke pagina je nu open hebt in het beheer"),
        why=_("Zodat twee redacteuren niet door elkaar heen schrijven."),
        term=Term(FORM_STATE_TERM, since="last_seen_at", job="privacy.forget-old"),
        export=columns(object_id=_("nummer van de pagina"), last_seen_at=_("laatst gezien")),
        erasure=DELETE,
    ),
    _staff(
        field="wagtailadmin.FormState.user",
        name=_("Wat je net typte in het beheer"),
        why=_("Voor het voorbeeld van de pagina waar je aan werkt."),
        term=Term(FORM_STATE_TERM, since="last_updated_at", job="privacy.forget-old"),
        export=columns(data=_("formulier"), last_updated_at=_("bewaard")),
        erasure=DELETE,
    ),
    _staff(
        field="wagtailusers.UserProfile.user",
        name=_("Hoe je het beheer wilt zien"),
        why=_("Zodat taal, kleuren en foto in het beheer zijn zoals jij ze wilt."),
        term=WITH_ACCOUNT,
        export=columns("preferred_language", "current_time_zone", "theme", "contrast", "density"),
        erasure=Own(_("Dit wissen we, met je foto in het beheer."), forget_avatar),
    ),
    of_staff(
        "wagtaildocs.Document.uploaded_by_user",
        name=_("Wie een document van Wagtail stuurde"),
        shows=["title", "created_at"],
    ),
    of_staff(
        "wagtailimages.Image.uploaded_by_user",
        name=_("Wie een beeld van Wagtail stuurde"),
        shows=["title", "created_at"],
    ),
)
