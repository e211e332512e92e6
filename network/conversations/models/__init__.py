"""Conversations, their posts and what readers keep about them."""

from network.conversations.models.conversations import MOST_TITLE, Conversation
from network.conversations.models.posts import MOST_TEXT, Mention, Post, PostVersion, Vote
from network.conversations.models.readers import Draft, Reading

__all__ = [
    "MOST_TEXT",
    "MOST_TITLE",
    "Conversation",
    "Draft",
    "Mention",
    "Post",
    "PostVersion",
    "Reading",
    "Vote",
]
