"""The crowd to measure with stands as the services would have left it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, F, Max
from django.test import Client

from network.conversations.models import Conversation, Post, Reading, Vote
from network.conversations.rules import are_colleagues
from network.forum.models import Topic
from network.moderation.intake import is_new
from network.questions.models import Question
from portal.accounts.models import User
from portal.demo.crowd import Crowd, Size, fill
from portal.taxonomy.models import Theme
from portal.text import render_markdown

SIZE = Size(members=24, topics=12, questions=4, posts=150, ecosystems=2)


@pytest.fixture
def crowd(db: None) -> Crowd:
    Theme.objects.create(name="Proces", slug="proces")
    return fill(SIZE, signed_in=1)


def test_it_stands_as_services_would_leave_it(crowd: Crowd) -> None:
    assert (Topic.objects.count(), Question.objects.count(), Post.objects.count()) == (12, 4, 150)
    for row in Conversation.objects.annotate(last=Max("posts__created_at"), posts_here=Count("posts")):
        assert row.last_post_at == row.last
        assert list(row.posts.values_list("number", flat=True)) == list(range(1, row.posts_here + 1))
        inside = set(Conversation.objects.visible_to(row.started_by).values_list("pk", flat=True))
        assert row.pk in inside
    for post in Post.objects.all()[:20]:
        assert post.html == render_markdown(post.text)
    wrote = Post.objects.values("author", "conversation").annotate(last=Max("number"))
    read = Reading.objects.filter(wants="follow").values("user", "conversation", "read_number")
    assert {tuple(each.values()) for each in wrote} == {tuple(each.values()) for each in read}
    assert not Vote.objects.filter(user=F("post__author")).exists()
    assert not any(
        are_colleagues(vote.user_id, vote.post.author_id) for vote in Vote.objects.select_related("post")
    )
    assert not any(is_new(each, post.created_at) for each in User.objects.all())
    assert Topic.objects.exclude(conversation__ecosystem=F("room__ecosystem")).filter(
        conversation__ecosystem__isnull=False
    ).count() == 0  # fmt: skip


@pytest.mark.on_postgresql
def test_the_planner_knows_how_many_rows_came(crowd: Crowd) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'conversations_post'")
        assert cursor.fetchone() == (150,)


def test_who_is_signed_in_gets_in(crowd: Crowd) -> None:
    client = Client()
    client.cookies["sessionid"] = crowd.sessions[0]
    assert client.get("/meldingen/").status_code == 200
    assert Client().get("/meldingen/").status_code == 302


def test_only_where_nobody_wrote_yet(crowd: Crowd) -> None:
    with pytest.raises(CommandError, match="leeg portaal"):
        call_command("load_crowd", stdout=io.StringIO())


def test_the_same_every_time(db: None, tmp_path: Path) -> None:
    file, told = tmp_path / "menigte.json", []
    sizes = {"leden": 24, "onderwerpen": 12, "vragen": 4, "berichten": 150, "ecosystemen": 2, "ingelogd": 2}
    for _time in range(2):
        with transaction.atomic():
            call_command("load_crowd", **sizes, naar=file, stdout=io.StringIO())
            posts = Post.objects.order_by("conversation", "number").values_list("text", "author__email")
            told.append([*posts, *Conversation.objects.order_by("pk").values_list("title", flat=True)])
            kept = json.loads(file.read_text())
            assert len(kept["sessions"]) == 2
            assert Conversation.objects.filter(pk=kept["longest"], kind="topic", ecosystem=None).exists()
            transaction.set_rollback(True)

    assert told[0] == told[1]
