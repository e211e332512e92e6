"""A row of any model, made from what its columns ask for, so that a test can go through the whole registry.

What columns alone don't tell (a constraint over two of them) stands in `ALSO`.
"""

from __future__ import annotations

import datetime
import itertools
import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from portal.accounts.models import User

_numbers = itertools.count(1)


def _soon() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=3)


ALSO: dict[str, Any] = {
    "documents.EcosystemDocument": lambda: {"shown": "visible"},
    "ecosystems.EcosystemInvitation": lambda: {"expires_at": _soon()},
    "ecosystems.Participation": lambda: {"guest_until": timezone.localdate()},
    "mail.Mail": lambda: {"state": "waiting", "headers": {}},
    "moderation.Decision": lambda: {
        "action": "hide",
        "measure": "",
        "blocked_until": None,
        "ground": "rules",
    },
    "moderation.ModerationCase": lambda: {"state": "open", "term_at": _soon()},
    "moderation.Objection": lambda: {"outcome": "open"},
    "moderation.Report": lambda: {"email": "", "forgotten_at": None},
    "organisations.Invitation": lambda: {"expires_at": _soon(), "role": "member"},
    "events.Event": lambda: {"starts_at": timezone.now(), "ends_at": _soon()},
    "events.Registration": lambda: {"state": "cancelled"},
    "media.PortalImage": lambda: {"is_decorative": True},
    "saved_searches.SavedSearch": lambda: {"frequency": "off", "next_look_at": None},
    "submissions.ReaderQuestion": lambda: {"answered_at": timezone.now()},
    "organisations.Organisation": lambda: {"kvk_number": ""},
    "newsletters.Subscription": lambda: {"email": ""},
    "search_steering.JudgedRun": lambda: {"recall": 0.5, "reciprocal_rank": 0.5},
    "questions.AnswerClaim": lambda: {"until": _soon()},
    "organisations.JoinRequest": lambda: {"outcome": "open"},
    "ecosystems.JoinRequest": lambda: {"outcome": "open"},
    "privacy.Takeaway": lambda: {"state": "gone"},
    "usersessions.UserSession": lambda: {"ip": "192.0.2.7"},
    "conversations.Post": lambda: {"state": "visible"},
}

# The same where the test doesn't fill it with words of its own.
UNLESS_FILLED = {"documents.EcosystemDocument": {"url": "https://voorbeeld.example/"}}


def make_row(
    model: type[models.Model], *, word: str = "", filled: frozenset[str] = frozenset(), **given: Any
) -> Any:
    """Stored as it is, without the model's own save. `word` stands in the columns `filled`."""
    if issubclass(model, User) and not given:
        number = next(_numbers)
        return User.objects.create_user(email=f"iemand-{number}@voorbeeld.example", name=f"Iemand {number}")
    if issubclass(model, Page):
        page = model._default_manager.order_by("-pk").first()
        model._default_manager.filter(pk=page.pk).update(**given)
        return page
    if issubclass(model, ContentType):
        return ContentType.objects.get_for_model(User)
    values = {**ALSO.get(model._meta.label, dict)(), **given}
    for name, value in UNLESS_FILLED.get(model._meta.label, {}).items():
        if name not in filled:
            values[name] = value
    for field in model._meta.local_concrete_fields:
        if field.name not in values and field.attname not in values:
            value = _value_for(field, word, is_filled=field.name in filled)
            if value is not _NOTHING:
                values[field.name] = value
    row = model(**values)
    model._base_manager.bulk_create([row])
    return model._base_manager.order_by("-pk").first() if row.pk is None else row


_NOTHING = object()


def _value_for(field: models.Field[Any, Any], word: str, *, is_filled: bool) -> Any:
    number = next(_numbers)
    if field.is_relation:
        if field.null or field.remote_field.parent_link:
            return _NOTHING
        return make_row(field.related_model, word="")  # type: ignore[arg-type]
    if field.primary_key:
        return uuid.uuid4() if isinstance(field, models.UUIDField) else _NOTHING
    if field.choices:
        return _NOTHING if field.has_default() else field.choices[0][0]
    if isinstance(field, models.EmailField):
        return f"iemand-{number}@voorbeeld.example"
    if isinstance(field, models.SlugField):
        return f"rij-{number}"
    if isinstance(field, models.FileField):
        return f"bestand-{number}.txt"
    if isinstance(field, models.CharField | models.TextField):
        if field.blank and not is_filled and not field.unique:
            return _NOTHING
        text = f"{word} {number}" if is_filled else f"rij {number}"
        return text if field.max_length is None or len(text) <= field.max_length else str(number)
    if field.null or field.has_default():
        return _NOTHING
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.GenericIPAddressField):
        return "192.0.2.7"
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.IntegerField | models.FloatField | models.DecimalField):
        return number
    return _NOTHING
