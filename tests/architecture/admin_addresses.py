"""Every address of the staff admin, with real things in the places of its arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Site, Task, Workflow

from cases.models import CasePage
from network.moderation.models import ReasonTemplate
from portal.accounts.models import User
from portal.evidence.models import Source
from portal.mail.models import Mail
from portal.organisations.models import Membership, Organisation
from search.steering.models import (
    JudgedQuery,
    JudgedRun,
    OneWaySynonym,
    PromotedResult,
    SynonymGroup,
    WholeWord,
)
from tests.architecture.people import World

PREFIX = "beheer/"
STEERING = ("synonymgroup", "onewaysynonym", "wholeword", "promotedresult", "judgedquery")


@dataclass(frozen=True)
class AdminAddress:
    """`group` is its namespace, or "" for Wagtail's own and ours without one; `name` may be empty."""

    group: str
    name: str
    path: str


def admin_addresses(world: World) -> list[AdminAddress]:
    values, by_group = shared_values(world), things(world)

    def walk(patterns: Any, path: str, group: str, names: tuple[str, ...]) -> Iterator[AdminAddress]:
        for item in patterns:
            here, wanted = path + str(item.pattern), (*names, *argument_names(item.pattern))
            if not here.startswith(PREFIX) and not PREFIX.startswith(here):
                continue
            if hasattr(item, "url_patterns"):
                inner = ":".join(part for part in (group, item.namespace) if part)
                yield from walk(item.url_patterns, here, inner, wanted)
            elif item.name:
                given = {**values, **by_group.get(group, {}), **by_group.get(f"{group}:{item.name}", {})}
                full = f"{group}:{item.name}" if group else item.name
                yield AdminAddress(
                    group, item.name, reverse(full, kwargs={name: given[name] for name in wanted})
                )
            else:
                yield AdminAddress(group, "", f"/{PREFIX}nergens/")

    return list(walk(get_resolver().url_patterns, "", "", ()))


def argument_names(pattern: Any) -> tuple[str, ...]:
    return tuple(
        getattr(pattern, "regex", None) and pattern.regex.groupindex or getattr(pattern, "converters", {})
    )


def shared_values(world: World) -> dict[str, Any]:
    case = world.pages["cases.CasePage", "open"].specific
    revision = case.save_revision()
    editor = User.objects.get(email="editor@portaal.example")
    workflow = Workflow.objects.filter(active=True).first()
    draft = world.pages["cases.CasePage", "draft"].specific
    draft.save_revision()
    state = workflow.start(draft, editor)
    return {
        **dict.fromkeys(("page_id", "page_to_move_id", "page_pk", "object_id"), case.pk),
        **dict.fromkeys(("parent_page_id", "destination_id"), world.portal.cases.pk),
        **dict.fromkeys(("app_label", "app_name", "content_type_app_name"), "cases"),
        **dict.fromkeys(("model_name", "content_type_model_name"), "casepage"),
        **dict.fromkeys(("uploaded_file_id", "session_id"), 1),
        **dict.fromkeys(("document_id", "doc_id"), world.names["document"]),
        "image_id": apps.get_model("media", "PortalImage").objects.first().pk,
        "pk": case.pk,
        "revision_id": revision.pk,
        "revision_id_a": "live",
        "revision_id_b": "latest",
        "workflow_state_id": state.pk,
        "workflow_pk": workflow.pk,
        "task_state_id": state.current_task_state.pk,
        "task_id": state.current_task_state.task.pk,
        "action_name": "approve",
        "action": "delete",
        "filter_spec": "max-100x100",
        "redirect_id": Redirect.objects.create(old_path="/oud", redirect_link="/").pk,
        "collection_id": Collection.objects.get(name="Alleen voor leden").pk,
        "run_id": JudgedRun.objects.create(engine="embedded", queries=0, recall=0, reciprocal_rank=0).pk,
        "organisation_id": Organisation.objects.filter(cases__isnull=False).first().pk,
        "submission_id": world.names["sent_submission"],
        "post_id": world.names["chosen_answer"],
        "uidb64": "MQ",
        "token": "x-y",
    }


def things(world: World) -> dict[str, dict[str, Any]]:
    """What `pk` and its like mean where; by namespace, or namespace and name."""
    organisation = Organisation.objects.filter(cases__isnull=False).first()
    User.objects.get(email="member@portaal.example")
    Membership.objects.create(
        organisation=organisation,
        user=User.objects.get(email="member@portaal.example"),
        role=Membership.Role.choices[0][0],
    )
    draft, task = (
        world.pages["cases.CasePage", "draft"].pk,
        {"pk": Task.objects.filter(active=True).first().pk},
    )
    mail = Mail.objects.create(to="lid@portaal.example", message_id="<1@portaal.example>", state="refused")
    found: dict[str, dict[str, Any]] = {
        ":accounts_second_steps": {"pk": User.objects.get(email="member@portaal.example").pk},
        ":mail_decide": {"pk": mail.pk},
        ":privacy_erase_on_request": {"pk": User.objects.get(email="member@portaal.example").pk},
        ":newsletters_sending": {"pk": world.names["newsletter_draft"]},
        ":newsletters_test": {"pk": world.names["newsletter_draft"]},
        ":newsletters_preview": {"pk": world.names["newsletter_draft"], "form": "mail"},
        "wagtailadmin_pages:workflow_action": {"page_id": draft},
        "wagtailadmin_pages:collect_workflow_action_data": {"page_id": draft},
        "wagtailadmin_pages:confirm_workflow_cancellation": {"page_id": draft},
        "wagtailadmin_pages:workflow_preview": {"page_id": draft},
        "wagtailadmin_pages:workflow_history_detail": {"page_id": draft},
        "wagtailadmin_workflows": {"pk": Workflow.objects.filter(active=True).first().pk},
        "wagtailadmin_workflows:edit_task": task,
        "wagtailadmin_workflows:disable_task": task,
        "wagtailadmin_workflows:enable_task": task,
        "wagtailadmin_workflows:add_task": {"app_label": "wagtailcore", "model_name": "groupapprovaltask"},
        "wagtailadmin_collections": {"pk": Collection.objects.get(name="Alleen voor leden").pk},
        "wagtailadmin_api:documents": {"pk": world.names["document"]},
        "wagtailadmin_api:images": {"pk": apps.get_model("media", "PortalImage").objects.first().pk},
        "wagtailsites": {"pk": Site.objects.first().pk},
        "wagtailusers_users": {"pk": User.objects.get(email="editor@portaal.example").pk},
        "wagtailusers_groups": {"pk": Group.objects.first().pk},
        "wagtailsettings": {
            "app_name": "pages",
            "model_name": "navigationsettings",
            "pk": Site.objects.first().pk,
        },
        "wagtaildocs_chooser": {"pk": world.names["document"]},
        "wagtailimages_chooser": {"pk": apps.get_model("media", "PortalImage").objects.first().pk},
    }
    kinds = [
        "organisations.organisation",
        "organisations.membership",
        "ecosystems.ecosystem",
        "moderation.reasontemplate",
        "newsletters.edition",
        "evidence.source",
        "evidence.indicator",
    ]
    kinds += [f"search_steering.{name}" for name in STEERING]
    kinds += [f"taxonomy.{name}" for name in ("theme", "goal", "sector", "region", "sizeclass")]
    make_one_of_each()
    for kind in kinds:
        rows = apps.get_model(kind)._default_manager.all()
        if kind == "organisations.organisation":
            rows = rows.filter(cases__isnull=False)  # one in use
        first = rows.first()
        assert first is not None, kind
        name = kind.replace(".", "_")
        found[f"wagtailsnippets_{name}"] = found[f"wagtailsnippetchoosers_{name}"] = {"pk": first.pk}
    return found


def make_one_of_each() -> None:
    from tests.factories.taxonomy import (
        CoropFactory,
        DivisionFactory,
        GoalFactory,
        SizeClassFactory,
        SourceFactory,
        indicator,
    )

    for factory in (CoropFactory, DivisionFactory, GoalFactory, SizeClassFactory, SourceFactory):
        factory.create()
    indicator("stocks")
    ReasonTemplate.objects.create(title="Reclame", ground="rules", rule="regel 4", reason="Geen reclame.")
    make_what_editors_say()
    assert CasePage.objects.exists()
    assert Source.objects.exists()


def make_what_editors_say() -> None:
    case = CasePage.objects.first()
    SynonymGroup.objects.create(words="voorraad\nstock")
    OneWaySynonym.objects.create(term="papierwerk", key="papierwerk", also="regeldruk")
    WholeWord.objects.create(word="werkplaats")
    PromotedResult.objects.create(
        term="voorraad", key="voorraad", type="case", object_id=case.pk, title=case.title
    )
    JudgedQuery.objects.create(text="te veel voorraad")
