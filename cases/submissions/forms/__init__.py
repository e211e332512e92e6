"""What members fill in about their own case. Every rule is in the services."""

from cases.submissions.forms.others import (
    AnswerForm,
    CreditForm,
    PageForm,
    ReaderAnswerForm,
    ReaderQuestionForm,
    RemarkForm,
)
from cases.submissions.forms.steps import step_form
from cases.submissions.forms.texts import StepForm

__all__ = [
    "AnswerForm",
    "CreditForm",
    "PageForm",
    "ReaderAnswerForm",
    "ReaderQuestionForm",
    "RemarkForm",
    "StepForm",
    "step_form",
]
