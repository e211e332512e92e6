"""The way of what members send in: an editor first, then an expert. Made where it isn't there; what an administrator
changes afterwards stays."""

from __future__ import annotations

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from portal.pages.staff import EDITORS, EXPERTS, TASK

NAME = "Ingestuurd voorbeeld: redactie → inhoudelijk expert"
EDITOR_TASK = "Redactie leest na"


def review_workflow() -> Workflow | None:
    """None where an administrator switched it off, or where the groups of staff aren't there."""
    found = Workflow.objects.filter(name=NAME).first()
    if found is None:
        found = _make()
    return found if found is not None and found.active else None


def _make() -> Workflow | None:
    groups = {group.name: group for group in Group.objects.filter(name__in=[EDITORS, EXPERTS])}
    if len(groups) < 2:
        return None
    workflow = Workflow.objects.create(name=NAME)
    for order, (name, group) in enumerate(((EDITOR_TASK, groups[EDITORS]), (TASK, groups[EXPERTS]))):
        task = GroupApprovalTask.objects.filter(name=name, active=True).first()
        if task is None:
            task = GroupApprovalTask.objects.create(name=name)
            task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow
