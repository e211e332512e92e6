from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    name = "portal.visitors"
    label = "visitors"
    verbose_name = "Bezoekers"
