"""The screens of the forum."""

from network.forum.views.news import news_write
from network.forum.views.rooms import forum_ecosystem, forum_list, room_close, room_detail, room_make
from network.forum.views.steering import topic_move, topic_pin, topic_split
from network.forum.views.topics import topic_begin, topic_detail

__all__ = [
    "forum_ecosystem",
    "forum_list",
    "news_write",
    "room_close",
    "room_detail",
    "room_make",
    "topic_begin",
    "topic_detail",
    "topic_move",
    "topic_pin",
    "topic_split",
]
