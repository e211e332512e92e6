"""Every page's address; the name is Wagtail's, since its pages make their own addresses with it."""

from django.urls import re_path
from wagtail.urls import serve_pattern

from portal.pages.views import page_serve

urlpatterns = [re_path(serve_pattern, page_serve, name="wagtail_serve")]
