"""What happens in conversations: one verb a function, each all or nothing."""

from network.conversations.services.drafts import drop_draft, move_draft, save_draft
from network.conversations.services.editing import change_place, edit_post, withdraw_post
from network.conversations.services.pictures import (
    add_picture,
    describe_pictures,
    drop_picture,
    why_no_pictures,
)
from network.conversations.services.posting import (
    make_post,
    post_reply,
    preview_post,
    start_conversation,
)
from network.conversations.services.reading import choose_wants, mark_read
from network.conversations.services.refusals import (
    ChangedMeanwhile,
    Locked,
    NotAllowed,
    Refused,
)
from network.conversations.services.states import (
    hide_conversation,
    set_post_state,
)
from network.conversations.services.steering import lock_conversation, move_posts, unlock_conversation
from network.conversations.services.voting import cast_vote, withdraw_vote

__all__ = [
    "ChangedMeanwhile",
    "Locked",
    "NotAllowed",
    "Refused",
    "add_picture",
    "cast_vote",
    "change_place",
    "choose_wants",
    "describe_pictures",
    "drop_draft",
    "drop_picture",
    "edit_post",
    "hide_conversation",
    "lock_conversation",
    "make_post",
    "mark_read",
    "move_draft",
    "move_posts",
    "post_reply",
    "preview_post",
    "save_draft",
    "set_post_state",
    "start_conversation",
    "unlock_conversation",
    "why_no_pictures",
    "withdraw_post",
    "withdraw_vote",
]
