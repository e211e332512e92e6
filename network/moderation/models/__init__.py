"""Cases and the reports in them, decisions and objections, what was opened, and what is remembered of texts."""

from network.moderation.models.access import Access
from network.moderation.models.cases import ModerationCase, Report
from network.moderation.models.decisions import Decision, Objection
from network.moderation.models.reasons import ReasonTemplate
from network.moderation.models.written import WrittenText

__all__ = [
    "Access",
    "Decision",
    "ModerationCase",
    "Objection",
    "ReasonTemplate",
    "Report",
    "WrittenText",
]
