"""A name in somebody else's words: found in every text that members and staff leave behind, and taken out.

What editors publish (pages and what hangs below them, sources, pictures) and what organisations are called is left as it
is: whoever is named there asks the editors.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from portal.privacy.holding import held
from portal.privacy.names import Words, plain_parts, telling_words, without, without_in

logger = logging.getLogger(__name__)

# Of editors, of the machinery, or made from other tables.
# fmt: off
LEFT_ALONE_APPS = frozenset({
    "auth", "background", "contenttypes", "evidence", "home", "modelsearch", "pages", "search", "search_steering",
    "sessions", "taggit", "taxonomy", "wagtaildocs", "wagtailembeds", "wagtailimages", "wagtailredirects",
    "wagtailsearch",
})
# What things are called or known by; nothing that anybody writes about another.
NO_PROSE = frozenset({
    "name", "slug", "code", "kind", "key", "place", "path", "url", "token", "state", "password", "public_id", "rule",
    "template", "audience", "action",
})
# fmt: on
# Called so too, but what members type there may be about a person.
PROSE_ALL_THE_SAME = frozenset(
    {
        "events.Event.place",
        "media.MemberFile.name",
        "saved_searches.SavedSearch.name",
        "submissions.SubmissionProof.name",
    }
)
LEFT_ALONE_MODELS = frozenset(
    {
        "accounts.User",
        "media.PortalDocument",
        "media.PortalImage",
        "organisations.EmailDomain",
        "organisations.Establishment",
        "organisations.Organisation",
    }
)
ORDINARY = 2  # a word that so many texts hold in small letters, outside the name, is a word like any other
LOOKED_AT = 200  # of each table, to know that
# Of Wagtail's own tables: what people write there.
WAGTAIL_TEXTS = frozenset(
    {
        "wagtailcore.Comment",
        "wagtailcore.CommentReply",
        "wagtailcore.ModelLogEntry",
        "wagtailcore.PageLogEntry",
        "wagtailcore.TaskState",
    }
)


def weighed(words: Words) -> Words:
    """The same, with whether the name is made of words that nobody uses for anything else."""
    telling = telling_words(words.name)
    return replace(words, is_distinctive=not any(_is_ordinary(word, words.name) for word in telling))


def _is_ordinary(word: str, name: str) -> bool:
    small = re.compile(rf"(?<!\w){re.escape(word.lower())}(?!\w)")
    whole = re.compile(re.escape(name), re.IGNORECASE)
    found = 0
    for model, fields in swept():
        for field in fields:
            if isinstance(field, models.JSONField):
                continue
            rows = model._base_manager.filter(**{f"{field.name}__icontains": word})
            for text in rows.order_by().values_list(field.name, flat=True)[:LOOKED_AT]:
                found += small.search(whole.sub("", text)) is not None
                if found >= ORDINARY:
                    return True
    return False


def sweep(words: Words) -> int:
    """Take the words out everywhere; how many rows held them."""
    return sum(_sweep_model(model, fields, words) for model, fields in swept())


def swept() -> Iterator[tuple[type[models.Model], list[models.Field[Any, Any]]]]:
    """The tables that are looked at, each with its columns."""
    for model in apps.get_models():
        if _is_left_alone(model):
            continue
        if fields := [field for field in model._meta.local_fields if _holds_prose(field)]:
            yield model, fields


def _is_left_alone(model: type[models.Model]) -> bool:
    meta = model._meta
    if meta.proxy or not meta.managed or meta.app_label in LEFT_ALONE_APPS or meta.label in LEFT_ALONE_MODELS:
        return True
    if meta.app_label == "wagtailcore":
        return meta.label not in WAGTAIL_TEXTS
    hangs_below_a_page = any(
        isinstance(field, ParentalKey) and issubclass(field.related_model, Page)  # type: ignore[arg-type]
        for field in meta.local_fields
    )
    return issubclass(model, Page) or hangs_below_a_page


def _holds_prose(field: models.Field[Any, Any]) -> bool:
    if field.choices or field.unique or field.primary_key:
        return False
    if field.name in NO_PROSE and f"{field.model._meta.label}.{field.name}" not in PROSE_ALL_THE_SAME:
        return False
    if isinstance(field, models.EmailField | models.SlugField | models.URLField | models.FileField):
        return False
    return isinstance(field, models.CharField | models.TextField | models.JSONField)


def _sweep_model(model: type[models.Model], fields: list[models.Field[Any, Any]], words: Words) -> int:
    number = 0
    as_text = {
        f"{field.name}_as_text": Cast(field.name, TextField())
        for field in fields
        if isinstance(field, models.JSONField)
    }
    rows = model._base_manager.annotate(**as_text).filter(_may_hold(fields, words))
    for row in held(rows):
        changed = {
            field.name: value for field in fields if (value := _changed(row, field, words)) is not None
        }
        if changed:
            number += 1
            _save(row, changed)
    return number


def _may_hold(fields: list[models.Field[Any, Any]], words: Words) -> Q:
    """What the database can tell: all parts of a word stand in it somewhere."""
    found = Q()
    for field in fields:
        name = f"{field.name}_as_text" if isinstance(field, models.JSONField) else field.name
        for word in words.all_of_them:
            condition = Q()
            for part in plain_parts(word):
                condition &= Q(**{f"{name}__icontains": part})
            found |= condition
    return found


def _changed(row: models.Model, field: models.Field[Any, Any], words: Words) -> Any:
    """The value without the words; None where they aren't in it."""
    before = getattr(row, field.name)
    if isinstance(field, models.JSONField):
        after = without_in(before, words)
    elif isinstance(before, str):
        after = without(before, words)
        after = after[: field.max_length] if field.max_length else after
    else:
        return None
    return None if after == before else after


def _save(row: models.Model, changed: dict[str, Any]) -> None:
    """By the row itself, so that the search index hears of it. What may only be emptied, is emptied."""
    try:
        with transaction.atomic():
            for name, value in changed.items():
                setattr(row, name, value)
            row.save(update_fields=list(changed))
    except (IntegrityError, ValidationError):
        for name, value in changed.items():
            _empty(row, name, "" if isinstance(value, str) else value)


def _empty(row: models.Model, name: str, value: Any) -> None:
    """What the database doesn't let go of keeps nobody from leaving; somebody has to look at it."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{name: value})
    except IntegrityError:
        data = {"table": row._meta.label, "column": name, "row": row.pk}
        logger.exception("a name stays in a row that is kept as it was", extra={"data": data})
