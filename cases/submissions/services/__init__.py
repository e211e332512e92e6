"""What happens to members' own cases: one verb a function, all of it or nothing."""

from cases.submissions.services.approving import (
    accept_proposal,
    approve_submission,
    edit_proposal,
    recall_submission,
    send_back,
    send_submission,
    withdraw_submission,
)
from cases.submissions.services.asking import QUESTION, answer_reader, ask_maker, let_ask, set_question_state
from cases.submissions.services.changing import approve_change, object_to_change
from cases.submissions.services.credits import answer_credit, name_author
from cases.submissions.services.deciding import (
    answer_staff,
    ask_author,
    refuse_submission,
    take_up,
    tell_published,
)
from cases.submissions.services.leaving import leave_questions, leave_submissions
from cases.submissions.services.proofs import (
    PURPOSE,
    add_picture,
    add_proof,
    forget_left_files,
    pictures_of,
    remove_files,
    remove_picture,
    remove_proof,
)
from cases.submissions.services.proposing import proposable, propose_case
from cases.submissions.services.refusals import ChangedMeanwhile, NotAllowed, PageChanged, Refused
from cases.submissions.services.revising import revise_page, texts_of
from cases.submissions.services.writing import (
    KEPT,
    begin_submission,
    discard_draft,
    forget_old,
    keep_typed,
    save_step,
)

__all__ = [
    "KEPT",
    "PURPOSE",
    "QUESTION",
    "ChangedMeanwhile",
    "NotAllowed",
    "PageChanged",
    "Refused",
    "accept_proposal",
    "add_picture",
    "add_proof",
    "answer_credit",
    "answer_reader",
    "answer_staff",
    "approve_change",
    "approve_submission",
    "ask_author",
    "ask_maker",
    "begin_submission",
    "discard_draft",
    "edit_proposal",
    "forget_left_files",
    "forget_old",
    "keep_typed",
    "leave_questions",
    "leave_submissions",
    "let_ask",
    "name_author",
    "object_to_change",
    "pictures_of",
    "proposable",
    "propose_case",
    "recall_submission",
    "refuse_submission",
    "remove_files",
    "remove_picture",
    "remove_proof",
    "revise_page",
    "save_step",
    "send_back",
    "send_submission",
    "set_question_state",
    "take_up",
    "tell_published",
    "texts_of",
    "withdraw_submission",
]
