"""What happens to documents: put there, changed, their file replaced, removed, told of. All of it or nothing."""

from network.conversations.services import NotAllowed, Refused
from network.documents.services.keeping import (
    ChangedMeanwhile,
    Details,
    add_document,
    change_document,
    put_shown,
    remove_document,
)
from network.documents.services.telling import ADDED, TELL_JOB, tell_of_documents
from network.moderation.sending import why_no_files
from portal.media.inspection import UploadRefused

__all__ = [
    "ADDED",
    "TELL_JOB",
    "ChangedMeanwhile",
    "Details",
    "NotAllowed",
    "Refused",
    "UploadRefused",
    "add_document",
    "change_document",
    "put_shown",
    "remove_document",
    "tell_of_documents",
    "why_no_files",
]
