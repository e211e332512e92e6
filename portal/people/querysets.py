"""Sets of profiles; what a person sees starts from `.visible_to(user)`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from portal.people.circles import in_circle, is_person

if TYPE_CHECKING:
    from portal.people.models import Profile  # noqa: F401 - name of the generic parameter
    from portal.taxonomy.models import Theme

VISIBLE = "visible"  # not held, hidden or removed by moderators


class ProfileQuerySet(models.QuerySet["Profile"]):
    def with_expertise(self, themes: Iterable[Theme]) -> ProfileQuerySet:
        """Of people who know of at least one of `themes`. Who may see that they do is asked apart:
        `.visible_to(user, "expertise")`."""
        rows = apps.get_model("people", "Expertise").objects.filter(
            profile=OuterRef("pk"), theme__in=list(themes)
        )
        return self.filter(Exists(rows))

    def open_to_questions(self) -> ProfileQuerySet:
        """Of people who may be asked to answer a question on their themes, and can still sign in."""
        return self.filter(open_to_questions=True, user__is_active=True, shown=VISIBLE)

    def visible_to(self, user: Any, *groups: str) -> ProfileQuerySet:
        """Those of which `user` may see the name, and each of `groups` ("photo", "about", "expertise") besides.

        Who is in the reader's circle is asked for all of the set, so narrow it before.
        """
        wanted = [f"show_{group}" for group in ("name", *groups)]
        rows = self.filter(user__is_active=True)
        if not is_person(user):
            return rows.filter(shown=VISIBLE, **dict.fromkeys(wanted, "everyone"))
        rows = rows.filter(Q(user=user) | Q(shown=VISIBLE))
        in_question = Q()
        for field in wanted:
            in_question |= Q(**{field: "circle"})
        near = in_circle(user, rows.filter(in_question).order_by().values_list("user_id", flat=True))
        for field in wanted:
            open_to_members = Q(**{f"{field}__in": ["members", "everyone"]})
            rows = rows.filter(Q(user=user) | open_to_members | Q(**{field: "circle"}, user_id__in=near))
        return rows
