"""`{% load structured_data %}{% structured_data %}`: the data block for search engines, in the head of a page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.pages.structured_data import structured_data_for

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString:
    """The block of the `page` in the context; nothing for other pages. Data: no browser runs it, whatever the policy."""
    values: dict[Any, Any] = context.flatten()
    content = structured_data_for(values.get("page"), values)
    return format_html('<script type="application/ld+json">{}</script>', content) if content else SafeString()
