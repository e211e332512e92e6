"""Rooms, topics, questions and posts, many at once; and what readers keep of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from network.conversations.models import Conversation, Post, Reading, Vote
from network.ecosystems.models import Ecosystem
from network.forum.models import TOPIC, ForumRoom, Topic
from network.questions.models import QUESTION, AcceptedAnswer, Question
from portal.accounts.models import User
from portal.demo.crowd.people import BATCH, COLLEAGUES, DAYS, People
from portal.demo.crowd.words import Paragraph, paragraphs, post_text, title
from portal.taxonomy.models import Theme

ROOMS = 8  # of the whole portal
SHARE_INSIDE = 0.4  # of conversations in an ecosystem
LONGEST = 0.015  # of all posts in the longest topic
LASTS = 60  # days, at most
CIRCLE = 60  # people in one conversation, at most
ACCEPTED = 0.6  # of questions with an answer
VOTED = 0.3  # of posts


@dataclass
class Plan:
    """A conversation that is to be, with who writes when."""

    row: Conversation
    room: ForumRoom | None
    writers: list[User]
    moments: list[datetime]


@dataclass
class Talk:
    plans: list[Plan] = field(default_factory=list)
    posts: list[list[Post]] = field(default_factory=list)  # by plan, oldest first; without their texts


def make_talk(
    chance: random.Random, people: People, *, topics: int, questions: int, posts: int, now: datetime
) -> Talk:
    rooms = _rooms(people.ecosystems)
    counts = _counts(chance, topics + questions, posts)
    plans = [
        _plan(chance, people, rooms, number, count, kind=TOPIC if number < topics else QUESTION, now=now)
        for number, count in enumerate(counts)
    ]
    talk = Talk(plans)
    Conversation.objects.bulk_create([each.row for each in plans], batch_size=BATCH)
    Topic.objects.bulk_create(
        [Topic(conversation=each.row, room=each.room) for each in plans if each.room], batch_size=BATCH
    )
    themes = list(Theme.objects.order_by("pk"))
    Question.objects.bulk_create(
        [
            Question(conversation=each.row, theme=chance.choice(themes) if themes else None)
            for each in plans
            if each.room is None
        ],
        batch_size=BATCH,
    )
    talk.posts = _posts(chance, plans)
    _readings(talk)
    _votes(chance, talk, people)
    _accepted(chance, talk)
    return talk


def _rooms(ecosystems: Sequence[Ecosystem]) -> dict[int | None, list[ForumRoom]]:
    rows = [
        ForumRoom(name=f"Ruimte {each} (verzonnen)", slug=f"menigte-{each}") for each in range(1, ROOMS + 1)
    ]
    inside = [ForumRoom(name="Algemeen", slug=f"{each.slug}-algemeen", ecosystem=each) for each in ecosystems]
    found: dict[int | None, list[ForumRoom]] = {}
    for room in ForumRoom.objects.bulk_create([*rows, *inside]):
        found.setdefault(room.ecosystem_id, []).append(room)
    return found


def _counts(chance: random.Random, conversations: int, posts: int) -> list[int]:
    """How many posts each conversation has, together exactly `posts`: a few very long, most short."""
    longest = max(int(posts * LONGEST), 1)
    weights = [chance.paretovariate(1.3) for _ in range(conversations - 1)]
    free = posts - longest - len(weights)
    whole = sum(weights)
    most = longest // 2
    counts = [longest, *(1 + min(int(free * each / whole), most) for each in weights)]
    left = posts - sum(counts)
    for place in range(left):
        counts[1 + place % len(weights)] += 1
    return counts


def _plan(
    chance: random.Random,
    people: People,
    rooms: dict[int | None, list[ForumRoom]],
    number: int,
    count: int,
    *,
    kind: str,
    now: datetime,
) -> Plan:
    ecosystem = chance.choice(people.ecosystems) if number and chance.random() < SHARE_INSIDE else None
    who = people.inside.get(ecosystem.pk, people.members) if ecosystem else people.members
    room = chance.choice(rooms[ecosystem.pk if ecosystem else None]) if kind == TOPIC else None
    start = now - timedelta(days=chance.random() * DAYS)
    term = min(timedelta(days=chance.random() * LASTS), now - start)
    moments = [start, *sorted(start + term * chance.random() for _ in range(count - 1))]
    # People who know each other talk together: a circle, larger where more is said.
    circle = chance.sample(who, min(len(who), 2 + count // 2, CIRCLE))
    writers = [chance.choice(circle) for _ in range(count)]
    row = Conversation(
        kind=kind,
        ecosystem=ecosystem,
        title=title(chance, number),
        started_by=writers[0],
        created_at=start,
        last_post_at=moments[-1],
    )
    return Plan(row, room, writers, moments)


def _posts(chance: random.Random, plans: list[Plan]) -> list[list[Post]]:
    """Written by the batch; what is kept of them here has no text any more."""
    pool = paragraphs(chance)
    made: list[list[Post]] = [[] for _ in plans]
    waiting: list[tuple[int, Post]] = []

    def write() -> None:
        Post.objects.bulk_create([post for _place, post in waiting], batch_size=BATCH)
        for place, post in waiting:
            post.text = post.html = ""
            made[place].append(post)
        waiting.clear()

    for place, plan in enumerate(plans):
        for post in _posts_of(chance, plan, pool):
            waiting.append((place, post))
            if len(waiting) >= BATCH:
                write()
    write()
    return made


def _posts_of(chance: random.Random, plan: Plan, pool: list[Paragraph]) -> Iterator[Post]:
    for number, (writer, moment) in enumerate(zip(plan.writers, plan.moments, strict=True), 1):
        text, html = post_text(chance, pool)
        yield Post(
            conversation=plan.row, number=number, author=writer, text=text, html=html, created_at=moment
        )


def _readings(talk: Talk) -> None:
    """Who wrote follows, and has read as far as their own last post."""
    rows = [
        Reading(user_id=user, conversation=plan.row, read_number=last, wants=Reading.Wants.FOLLOW)
        for plan in talk.plans
        for user, last in {writer.pk: number for number, writer in enumerate(plan.writers, 1)}.items()
    ]
    Reading.objects.bulk_create(rows, batch_size=BATCH)


def _votes(chance: random.Random, talk: Talk, people: People) -> None:
    """None of one's own nor of a colleague's; colleagues have numbers beside each other."""
    place = {person.pk: number // COLLEAGUES for number, person in enumerate(people.members)}
    rows: list[Vote] = []
    for plan, posts in zip(talk.plans, talk.posts, strict=True):
        readers = sorted({writer.pk for writer in plan.writers})
        for post in posts:
            if chance.random() < VOTED and post.author_id is not None:
                voters = chance.sample(readers, min(len(readers), chance.choice((1, 1, 2, 4))))
                rows += [
                    Vote(post=post, user_id=voter, created_at=post.created_at)
                    for voter in voters
                    if place[voter] != place[post.author_id]
                ]
    Vote.objects.bulk_create(rows, batch_size=BATCH)


def _accepted(chance: random.Random, talk: Talk) -> None:
    rows: list[AcceptedAnswer] = []
    for plan, posts in zip(talk.plans, talk.posts, strict=True):
        if plan.room is not None or chance.random() > ACCEPTED:
            continue
        answers = [post for post in posts[1:] if post.author_id != posts[0].author_id]
        if answers:
            chosen = chance.choice(answers)
            rows.append(
                AcceptedAnswer(
                    post=chosen, question_id=plan.row.pk, by_id=posts[0].author_id, at=plan.row.last_post_at
                )
            )
    AcceptedAnswer.objects.bulk_create(rows, batch_size=BATCH)
