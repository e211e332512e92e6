"""A member's own case on its way to a page, what belongs to it, and what readers ask its maker."""

from cases.submissions.models.changes import UnapprovedChange
from cases.submissions.models.parts import (
    SubmissionCredit,
    SubmissionEvent,
    SubmissionProof,
    SubmittedMeasurement,
)
from cases.submissions.models.reading import ReaderQuestion
from cases.submissions.models.submissions import MOST_TEXT, CaseSubmission, State

__all__ = [
    "MOST_TEXT",
    "CaseSubmission",
    "ReaderQuestion",
    "State",
    "SubmissionCredit",
    "SubmissionEvent",
    "SubmissionProof",
    "SubmittedMeasurement",
    "UnapprovedChange",
]
