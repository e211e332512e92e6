"""Forms: buttons, fields, errors, steps and tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _

from portal.design.icons import ICONS
from portal.design.library import component, require_shape, require_shapes
from portal.design.shapes import PictureFormView, Task, require

BUTTON_KINDS = ("primary", "quiet")
TASK_STATUS = {"open": "neutral", "done": "good", "wait": "wait", "problem": "problem"}


@component("button")
def button(
    label: str, url: str = "", kind: str = "primary", icon: str = "", name: str = "", value: str = ""
) -> dict[str, Any]:
    """A link with `url`, a submit button without. One primary a screen."""
    require(kind, BUTTON_KINDS, "kind")
    if icon:
        require(icon, ICONS, "icon")
    return {"label": label, "url": url, "kind": kind, "icon": icon, "name": name, "value": value}


@component("form_field")
def form_field(field: BoundField) -> dict[str, Any]:
    """Label, hint, error and widget of a bound field; the hint and error are tied to it by `aria-describedby`.

    Groups of radios or checkboxes become a fieldset; a lone checkbox stands before its label.
    """
    require_shape(field, BoundField, "form_field")
    widget = field.field.widget
    described = [f"{field.auto_id}_hint"] if field.help_text else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    attrs: dict[str, Any] = {"class": "form-field__control"}
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    if described and not grouped:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return {
        "field": field,
        "grouped": grouped,
        "checkbox": isinstance(widget, CheckboxInput),
        "control": field.as_widget(attrs=attrs),
        "described": " ".join(described),
    }


@component("error_summary")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Every error of `form` with a link to its field, above the form; nothing when there is none."""
    require_shape(form, BaseForm, "error_summary")
    errors = [
        (f"#{field.id_for_label or field.auto_id}", error)
        for field in form.visible_fields()
        for error in field.errors
    ]
    errors += [("", error) for error in form.non_field_errors()]
    return {"errors": errors}


@component("step_header")
def step_header(title: str, number: int, total: int, back_url: str = "") -> dict[str, Any]:
    if not 1 <= number <= total:
        raise ValueError(f"step {number} of {total}")
    return {"title": title, "number": number, "total": total, "back_url": back_url}


@component("task_list")
def task_list(items: Sequence[Task], display: str = "lines") -> dict[str, Any]:
    require(display, ("lines", "panel"), "display")
    tasks = require_shapes(items, Task, "task_list")
    for task in tasks:
        require(task.kind, tuple(TASK_STATUS), "task kind")
    rows = [(task, TASK_STATUS[task.kind]) for task in tasks]
    return {"rows": rows, "label": _("Taken"), "display": display}


@component("picture_form")
def picture_form(view: PictureFormView) -> dict[str, Any]:
    """Within a form, before its own buttons: the pictures that go along, one to add, each with a button to take it out.

    What was pressed comes as `actie=beeld` or `beeld_weg=<key>`. Enter in a field presses the form's first button, so
    the first of these is one that nobody sees and that says nothing: the form is sent.
    """
    require_shape(view, PictureFormView, "picture_form")
    return {"view": view}
