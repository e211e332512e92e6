"""Members' own cases over HTTP."""

from cases.submissions.views.files import proof_file
from cases.submissions.views.reading import maker_ask, reader_question
from cases.submissions.views.revising import page_revise
from cases.submissions.views.standing import credit_answer, submission_act, submission_detail
from cases.submissions.views.writing import submission_start, submission_step

__all__ = [
    "credit_answer",
    "maker_ask",
    "page_revise",
    "proof_file",
    "reader_question",
    "submission_act",
    "submission_detail",
    "submission_start",
    "submission_step",
]
