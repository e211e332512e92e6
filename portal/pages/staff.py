"""Who works in the staff admin: two groups and the workflow between them, laid out once.

Editors ("Redactie") write and submit; experts ("Experts") judge the content and publish. What an administrator changes
afterwards stays: only a group or workflow that isn't there is made.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

EDITORS = "Redactie"
EXPERTS = "Experts"
WORKFLOW = "Redactie → Inhoudelijk expert"
TASK = "Inhoudelijk expert"

EDITOR_PAGE_PERMISSIONS = ("add_page", "change_page", "lock_page")
EXPERT_PAGE_PERMISSIONS = (*EDITOR_PAGE_PERMISSIONS, "publish_page", "unlock_page")
COLLECTION_PERMISSIONS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
# Editors run search themselves: what they say counts at once, and is taken back as easily.
SEARCH_PERMISSIONS = (
    *(
        f"search_steering.{action}_{model}"
        for model in ("synonymgroup", "onewaysynonym", "wholeword", "promotedresult", "judgedquery")
        for action in ("view", "add", "change", "delete")
    ),
    "search_steering.view_judgedrun",
    "search_steering.add_judgedrun",
)
EDITOR_PERMISSIONS = (
    "wagtailadmin.access_admin",
    "newsletters.view_edition",
    "newsletters.add_edition",
    "newsletters.change_edition",
    "newsletters.delete_edition",
    "newsletters.send_edition",
    "organisations.view_organisation",
    "organisations.add_organisation",
    "organisations.change_organisation",
    "evidence.view_source",
    "evidence.add_source",
    "evidence.change_source",
    "evidence.view_indicator",
    "evidence.view_linkcheck",
    "taxonomy.view_theme",
    "taxonomy.view_goal",
    "taxonomy.view_sector",
    "taxonomy.view_region",
    "taxonomy.view_sizeclass",
    "search.explain_hit",
    "search_journal.view_phrase",
    "search_journal.view_verdict",
    "submissions.view_casesubmission",
    "submissions.change_casesubmission",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    *SEARCH_PERMISSIONS,
)
EXPERT_PERMISSIONS = (
    *EDITOR_PERMISSIONS,
    "evidence.add_indicator",
    "evidence.change_indicator",
    "taxonomy.change_theme",
    "taxonomy.change_goal",
    "wagtailredirects.delete_redirect",
)

# What Wagtail lays out in a new database, and ours replaces.
WAGTAIL_GROUPS = ("Moderators", "Editors")
WAGTAIL_WORKFLOW = "Moderators approval"


@transaction.atomic
def setup_staff() -> None:
    """Make the groups and the workflow that are not there yet; may be run at any time."""
    new_apps = apps_without_group()
    make_group(EDITORS, EDITOR_PERMISSIONS, EDITOR_PAGE_PERMISSIONS, new_apps)
    experts = make_group(EXPERTS, EXPERT_PERMISSIONS, EXPERT_PAGE_PERMISSIONS, new_apps)
    if not Workflow.objects.filter(name=WORKFLOW).exists():
        make_workflow(experts)
        retire_wagtails_own()


def apps_without_group() -> set[str]:
    """Apps about which no group may do anything yet: they came with a newer version of the portal."""
    granted = Permission.objects.filter(group__isnull=False).values("content_type__app_label")
    waiting = Permission.objects.exclude(content_type__app_label__in=granted)
    return set(waiting.values_list("content_type__app_label", flat=True))


def make_group(
    name: str, permissions: Iterable[str], page_permissions: Iterable[str], new_apps: Iterable[str]
) -> Group:
    """The group `name`; where it is new, with these permissions on everything, else with those of `new_apps` alone."""
    group, new = Group.objects.get_or_create(name=name)
    if not new:
        group.permissions.add(
            *(find_permission(each) for each in permissions if each.partition(".")[0] in new_apps)
        )
        return group
    group.permissions.set(find_permission(permission) for permission in permissions)
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for codename in page_permissions:
        permission = Permission.objects.get(
            content_type=ContentType.objects.get_for_model(Page), codename=codename
        )
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    for codename in COLLECTION_PERMISSIONS:
        GroupCollectionPermission.objects.create(
            group=group, collection=collection, permission=find_permission(codename)
        )
    return group


def find_permission(name: str) -> Permission:
    """The permission called `app.codename`."""
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def make_workflow(experts: Group) -> None:
    task = GroupApprovalTask.objects.create(name=TASK)
    task.groups.add(experts)
    workflow = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})


def retire_wagtails_own() -> None:
    """Wagtail's example workflow and groups would only confuse; a group that has people in it stays."""
    Workflow.objects.filter(name=WAGTAIL_WORKFLOW).update(active=False)
    GroupApprovalTask.objects.filter(name=WAGTAIL_WORKFLOW).update(active=False)
    Group.objects.filter(name__in=WAGTAIL_GROUPS, user__isnull=True).delete()
