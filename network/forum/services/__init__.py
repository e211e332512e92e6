"""What happens in the forum: rooms made and closed, topics begun, put on top, moved and split, news written and told."""

from network.conversations.services import NotAllowed, Refused
from network.forum.services.news import tell_news, write_news
from network.forum.services.rooms import close_room, main_room, make_room
from network.forum.services.topics import begin_topic, move_topic, pin_topic, split_topic

__all__ = [
    "NotAllowed",
    "Refused",
    "begin_topic",
    "close_room",
    "main_room",
    "make_room",
    "move_topic",
    "pin_topic",
    "split_topic",
    "tell_news",
    "write_news",
]
