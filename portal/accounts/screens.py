"""The staff's screen about somebody who lost telephone and recovery codes."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.accounts.models import User
from portal.accounts.rules import has_second_step
from portal.accounts.services import remove_second_steps


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Hoe weet je dat zij het is?"),
        help_text=gettext_lazy("Bijvoorbeeld: gebeld op haar vaste nummer. Dit komt in het logboek."),
        max_length=300,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def second_steps(request: HttpRequest, pk: int) -> HttpResponse:
    """Administrators only: whoever may do this can let somebody in."""
    by = request.user
    if not isinstance(by, User) or not by.is_superuser:
        raise PermissionDenied
    user = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remove_second_steps(user, reason=form.cleaned_data["reason"], by=by)
        messages.success(request, _("De tweede stap van %(name)s is weg.") % {"name": user})
        return redirect("wagtailusers_users:edit", user.pk)
    context = {
        "page_title": _("Tweede stap weghalen"),
        "header_title": _("Tweede stap weghalen"),
        "header_icon": "user",
        "person": user,
        "has_second_step": has_second_step(user),
        "form": form,
    }
    return TemplateResponse(request, "accounts/admin/second_steps.html", context)
