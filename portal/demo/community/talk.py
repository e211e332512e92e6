"""Topics and questions with their answers, in the order in which they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from network.conversations.models import Conversation, Post
from network.conversations.services import cast_vote, post_reply
from network.forum.services import begin_topic, main_room, pin_topic, tell_news, write_news
from network.questions.services import accept_answer, ask_question, join_same_here
from portal.demo.community.cast import Cast, read, token
from portal.taxonomy.models import Theme

Begin = Callable[[Cast, dict[str, Any], datetime], Conversation]


def load_talk(cast: Cast) -> None:
    """The oldest first: who wrote before, isn't new any more."""
    topics = [(entry, _begin_topic) for entry in read("forum")["topics"]]
    questions = [(entry, _ask) for entry in read("questions")]
    for entry, begin in sorted([*topics, *questions], key=lambda each: -each[0]["days"]):
        _conversation(cast, entry, begin)
    tell_news(cast.now)


def _conversation(cast: Cast, entry: dict[str, Any], begin: Begin) -> None:
    key = entry["key"]
    at = cast.now - timedelta(days=entry["days"], hours=2 if entry["days"] else 0)
    opening = Post.objects.filter(token=token(key)).select_related("conversation").first()
    if opening is not None:
        cast.conversations[key] = opening.conversation
        _remember(cast, entry)
        return
    conversation = cast.conversations[key] = begin(cast, entry, at)
    cast.made["conversations"] += 1
    _answers(cast, entry, conversation, at)


def _remember(cast: Cast, entry: dict[str, Any]) -> None:
    for reply in entry.get("replies", []):
        if "key" in reply:
            known = Post.objects.filter(token=token(entry["key"], reply["key"])).first()
            if known is not None:
                cast.posts[reply["key"]] = known


def _begin_topic(cast: Cast, entry: dict[str, Any], at: datetime) -> Conversation:
    by = cast.people[entry["by"]]
    place = entry.get("ecosystem")
    said = {"by": by, "title": entry["title"], "text": entry["text"], "token": token(entry["key"]), "at": at}
    if entry.get("is_news"):
        topic = write_news(cast.ecosystems[entry["ecosystem"]], **said)
    else:
        topic = begin_topic(main_room(cast.ecosystems[place]) if place else cast.rooms[entry["room"]], **said)
    if entry.get("is_pinned"):
        pin_topic(topic, by=by, is_pinned=True, at=at)
    found: Conversation = topic.conversation
    return found


def _ask(cast: Cast, entry: dict[str, Any], at: datetime) -> Conversation:
    question, _is_new = ask_question(
        by=cast.people[entry["by"]],
        ecosystem=cast.ecosystems[entry["ecosystem"]] if "ecosystem" in entry else None,
        title=entry["title"],
        text=entry["text"],
        theme=Theme.objects.get(slug=entry["theme"]),
        token=token(entry["key"]),
        at=at,
    )
    for key in entry.get("same_here", []):
        join_same_here(question, by=cast.people[key])
    found: Conversation = question.conversation
    return found


def _answers(cast: Cast, entry: dict[str, Any], conversation: Conversation, at: datetime) -> None:
    for number, reply in enumerate(entry.get("replies", [])):
        at += timedelta(hours=reply["hours"])
        post = post_reply(
            conversation,
            by=cast.people[reply["by"]],
            text=reply["text"],
            token=token(entry["key"], reply.get("key", str(number))),
            at=min(at, cast.now),
        )
        if "key" in reply:
            cast.posts[reply["key"]] = post
        if reply.get("is_accepted"):
            accept_answer(conversation.question, post=post, by=cast.people[entry["by"]], at=min(at, cast.now))
        _vote(cast, post, reply.get("votes", []))


def _vote(cast: Cast, post: Post, voters: Iterable[str]) -> None:
    for key in voters:
        cast_vote(post, by=cast.people[key])
