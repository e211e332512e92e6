"""Adding pictures while one writes, by the forms alone: what was typed comes back, and what is refused says why."""

from __future__ import annotations

import re
import uuid
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from network.conversations.models import Draft, Post
from network.conversations.pictures import of_draft, of_post
from network.conversations.services import change_place
from network.conversations.services.posting import draft_place
from network.forum.models import Topic
from network.forum.services import main_room
from network.questions.models import Question
from portal.accounts.models import User
from portal.media.models import MemberImage
from tests.factories.media import GPS_MARK, huge_png, photo_with_gps, picture_bytes, upload
from tests.factories.taxonomy import ThemeFactory
from tests.network.conversations.conftest import picture, pictured, topic_in
from tests.network.ecosystems.conftest import Circle, read, send
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("member_files")]


def foto(name: str = "foto.png", content: bytes = b"") -> Any:
    return upload(name, content or picture_bytes(size=(60, 40)), "image/png")


def typed(**values: Any) -> dict[str, Any]:
    return {"text": "Kijk **hier**", "token": str(uuid.uuid4()), **values}


def answer(members: Circle, topic: Any, **values: Any) -> str:
    return send(members.bram, f"/gesprekken/{topic.pk}/antwoord/", **typed(**values))


def keys(page: str) -> list[str]:
    """Of the pictures that the form can take out again."""
    return re.findall(r'name="beeld_weg" value="([0-9a-f-]{36})"', page)


def test_a_topic_with_two_pictures_and_one_taken_out(members: Circle) -> None:
    path = f"/forum/{main_room(members.kring).slug}/nieuw/"
    page = read(members.anna, path)
    assert 'enctype="multipart/form-data"' in page and 'name="picture"' in page and not keys(page)
    page = send(members.anna, path, **typed(title="", actie="beeld", picture=foto(), picture_alt="Het bord"))
    assert "Het beeld staat erbij." in page and "Kijk **hier**" in page and "Het bord" in page
    # Adding a picture is not the moment to hear what isn't filled in.
    assert "error-summary" not in page and 'name="picture_alt" value' not in page and len(keys(page)) == 1
    page = send(
        members.anna, path, **typed(title="Borden", actie="beeld", picture=foto(), picture_alt="De zaag")
    )
    first, _second = keys(page)
    page = send(members.anna, path, **typed(title="Borden", beeld_weg=first))
    assert "Het beeld is weg." in page and 'value="Borden"' in page and len(keys(page)) == 1
    # Away from the page, and back.
    assert keys(read(members.anna, path)) == keys(page)
    page = send(members.anna, path, **typed(title="Borden", actie="voorbeeld"))
    assert page.index("Zo ziet het eruit") < page.index('alt="De zaag"') < page.index('<form class="form"')
    assert not Topic.objects.exists()
    page = send(members.anna, path, **typed(title="Borden"))
    assert page.count("pictures__picture") == 1 and 'alt="De zaag"' in page
    assert not Draft.objects.exists() and MemberImage.objects.count() == 1


def test_a_question_with_a_picture_that_was_chosen_and_sent_at_once(members: Circle) -> None:
    """Nobody has to press "Voeg toe" for one picture."""
    theme = ThemeFactory(slug="proces")
    form = typed(title="Hoe dan?", theme=theme.slug, looked="on", audience="iedereen")
    page = send(members.anna, "/vragen/stel/", **form, actie="beeld", picture=foto(), picture_alt="Een bord")
    assert (
        f'value="{theme.slug}" selected' in page
        and 'value="Hoe dan?"' in page
        and "error-summary" not in page
    )
    page = send(members.anna, "/vragen/stel/", **form, picture=foto(), picture_alt="Een zaag")
    question = Question.objects.get()
    assert [image.alt for image in of_post(question.conversation.posts.get().pk)] == ["Een bord", "Een zaag"]
    assert 'alt="Een zaag"' in read(None, question.conversation.get_absolute_url())


def test_an_answer_keeps_its_picture_when_the_text_is_refused(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    page = answer(members, topic, text="", picture=foto(), picture_alt="Het bord")
    assert "Schrijf eerst je bericht." in page and len(keys(page)) == 1
    page = answer(members, topic, text="woord " * 4000)
    assert "tekens lang" in page and len(keys(page)) == 1
    page = answer(members, topic)
    assert 'alt="Het bord"' in page and topic.posts.count() == 2


@pytest.mark.parametrize(
    ("file", "alt", "said"),
    [
        (partial(foto, "foto.png", b"geen beeld"), "Iets", "Dit bestand is geen afbeelding."),
        (partial(foto, "foto.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "Iets", "geen afbeelding"),
        (partial(foto, "foto.png", huge_png()), "Iets", "miljoen beeldpunten. Maak haar kleiner."),
        (partial(foto, "foto.jpg"), "Iets", "maar de inhoud is een PNG"),
        (partial(foto, "leeg.png", b" "), "Iets", "geen afbeelding"),
        (foto, "", "Schrijf wat er op het beeld staat"),
        (foto, "x" * 251, "Maak dit korter: hoogstens 250 tekens."),
        (None, "Een bord", "Kies het beeld"),
    ],
)
def test_a_refused_picture_says_why_and_keeps_the_text(
    members: Circle, file: Any, alt: str, said: str
) -> None:
    topic = topic_in(members, members.anna)
    chosen = {"picture": file()} if file is not None else {}
    page = answer(members, topic, picture_alt=alt, **chosen)
    assert said in page and "Kijk **hier**" in page and 'class="error-summary"' in page
    assert '<details class="details" open>' in page
    assert topic.posts.count() == 1 and not MemberImage.objects.exists()
    assert Draft.objects.get().text == "Kijk **hier**"


@pytest.mark.parametrize("actie", ["beeld", "voorbeeld", "concept"])
def test_it_says_so_whatever_was_pressed(members: Circle, actie: str) -> None:
    topic = topic_in(members, members.anna)
    page = answer(members, topic, actie=actie, picture=foto("foto.png", b"geen beeld"), picture_alt="Iets")
    assert "Dit bestand is geen afbeelding." in page and "Kijk **hier**" in page
    assert topic.posts.count() == 1 and Draft.objects.get().text == "Kijk **hier**"


def test_pressing_add_without_a_picture_asks_for_one(members: Circle) -> None:
    assert "Kies eerst een beeld." in answer(members, topic_in(members, members.anna), actie="beeld")


def test_after_four_there_is_no_room(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    for number in range(4):
        page = answer(members, topic, actie="beeld", picture=foto(), picture_alt=f"Beeld {number}")
    assert "hoogstens 4 beelden" in page and 'name="picture"' not in page and len(keys(page)) == 4
    page = answer(members, topic, picture=foto(), picture_alt="Nummer vijf")
    assert "Er kunnen hoogstens 4 beelden bij." in page and "Kijk **hier**" in page
    assert topic.posts.count() == 1 and MemberImage.objects.count() == 4


def test_who_is_new_reads_why_there_is_nothing_to_choose(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    User.objects.filter(pk=members.bram.pk).update(date_joined=timezone.now())
    for path in (topic.get_absolute_url(), f"/forum/{main_room(members.kring).slug}/nieuw/", "/vragen/stel/"):
        page = read(members.bram, path)
        assert "Beelden toevoegen kan als je 7 dagen lid bent" in page and 'name="picture"' not in page
    page = answer(members, topic, picture=foto(), picture_alt="Toch")
    assert "Je bent hier nieuw." in page and "Kijk **hier**" in page
    assert topic.posts.count() == 1 and not MemberImage.objects.exists()


def test_no_place_or_camera_is_left_in_it(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    answer(members, topic, picture=foto("IMG.jpg", photo_with_gps()), picture_alt="Straat")
    image = MemberImage.objects.get()
    for url in (image.get_absolute_url(), image.small_url):
        given = browser_of(members.anna).get(url).getvalue()
        assert given and GPS_MARK not in given


def test_the_same_form_twice_is_one_post_with_one_picture(members: Circle) -> None:
    topic, token = topic_in(members, members.anna), str(uuid.uuid4())
    for _time in range(2):
        answer(members, topic, token=token, picture=foto(), picture_alt="Het bord")
    post = topic.posts.get(number=2)
    assert [image.alt for image in of_post(post.pk)] == ["Het bord"]
    assert MemberImage.objects.count() == 1 and not Draft.objects.exists()


def test_ones_own_post_gets_another_picture(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    post = pictured(topic, members.bram, alt="Het oude bord", text="Eerst")
    path = f"/berichten/{post.pk}/wijzigen/"
    [old] = keys(read(members.bram, path))
    page = send(members.bram, path, text="Later", version=1, beeld_weg=old)
    [without] = re.findall(r'name="without" value="([^"]+)"', page)
    assert without == old and keys(page) == [] and "Later" in page
    # Nothing changed for others until it is saved.
    assert 'alt="Het oude bord"' in read(members.anna, topic.get_absolute_url())
    page = send(
        members.bram, path, text="Later", version=1, without=without, actie="beeld", picture=foto(),
        picture_alt="Het nieuwe bord",
    )  # fmt: skip
    assert len(keys(page)) == 1 and f'value="{old}"' in page
    assert "Het nieuwe bord" not in read(members.anna, topic.get_absolute_url())
    page = send(members.bram, path, text="Later", version=1, without=f"{without} geen")
    assert "Je bericht is gewijzigd." in page
    assert 'alt="Het nieuwe bord"' in page and "Het oude bord" not in page
    assert 'alt="Het oude bord"' in read(members.anna, f"/berichten/{post.pk}/versies/")


def test_who_changed_it_meanwhile_keeps_both(members: Circle) -> None:
    post = pictured(topic_in(members, members.anna), members.bram, text="Eerst")
    path = f"/berichten/{post.pk}/wijzigen/"
    send(members.bram, path, text="Uit het ene venster", version=1)
    page = send(members.bram, path, text="Uit het andere", version=1, picture=foto(), picture_alt="Nieuw")
    assert "intussen gewijzigd" in page and "Uit het ene venster" in page and "Uit het andere" in page
    assert len(keys(page)) == 2
    page = send(members.bram, path, text="Uit het andere", version=2)
    assert 'alt="Nieuw"' in page and page.count("pictures__picture") == 2


def test_nobody_adds_to_the_post_of_another(members: Circle) -> None:
    post = pictured(topic_in(members, members.anna), members.bram)
    path = f"/berichten/{post.pk}/wijzigen/"
    for reader in (members.anna, members.host, members.outsider):
        send(reader, path, 404, text="Mijn", version=1, actie="beeld", picture=foto(), picture_alt="Mijn")
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timezone.timedelta(days=2))
    page = send(
        members.bram, path, text="Te laat", version=1, actie="beeld", picture=foto(), picture_alt="Te laat"
    )
    assert "een dag lang wijzigen" in page and "Te laat" in page
    assert not of_draft(members.bram, change_place(post)).exists() and MemberImage.objects.count() == 1


def test_nobody_takes_out_what_another_is_writing(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    mine = picture(members.anna, draft_place(topic))
    for key in (mine.uuid, "geen", ""):
        assert "Het beeld is weg." not in answer(members, topic, beeld_weg=str(key))
    assert MemberImage.objects.get() == mine


def test_my_own_page_leads_back_to_a_draft_that_is_a_picture_alone(members: Circle) -> None:
    topic = topic_in(members, members.anna, title="Over borden")
    picture(members.bram, draft_place(topic))
    post = pictured(topic, members.anna)
    picture(members.anna, change_place(post), beside=1)
    assert "Over borden" in read(members.bram, "/mijn/") and "concept" in read(members.bram, "/mijn/")
    assert "Mijn concepten" not in read(
        members.anna, "/mijn/"
    )  # a change is gone on with where its post stands


@pytest.mark.browser
@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_enter_posts_and_a_chosen_file_is_not_lost(
    members: Circle, live_server: Any, browser: Any
) -> None:
    topic = topic_in(members, members.anna)
    picture(members.bram, draft_place(topic), "Blijft")
    context, complaints = browser.new_context(), []
    signed_in = browser_of(members.bram).cookies.items()
    context.add_cookies(
        [{"name": name, "value": held.value, "url": live_server.url} for name, held in signed_in]
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/gesprekken/{topic.pk}/antwoord/")
    page.fill("[name=text]", "Kijk")
    page.get_by_text("Voeg nog een beeld toe").click()
    content = picture_bytes(size=(60, 40))
    page.set_input_files("[name=picture]", {"name": "foto.png", "mimeType": "image/png", "buffer": content})
    page.get_by_role("button", name="Plaats je bericht").click()
    assert page.evaluate("document.activeElement.name") == "picture_alt"  # asked for, and nothing was sent
    page.fill("[name=picture_alt]", "Komt erbij")
    page.press("[name=picture_alt]", "Enter")
    page.wait_for_url("**/forum/onderwerp/**")
    assert page.locator(".pictures__picture").count() == 2
    context.close()
    assert complaints == []
    assert [image.alt for image in of_post(topic.posts.get(number=2).pk)] == ["Blijft", "Komt erbij"]


# --- what is said of a picture ----------------------------------------------------------------------------------------


def words_of(image: MemberImage) -> str:
    return f"beeld_tekst_{image.uuid}"


def test_while_writing_something_else_is_said_of_a_picture(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    image = picture(members.bram, draft_place(topic), "Het brod")
    other = picture(members.bram, draft_place(topic), "De zaag")
    page = read(members.bram, topic.get_absolute_url())
    assert f'name="{words_of(image)}" value="Het brod"' in page and "Wat staat er op beeld 2?" in page
    said = {words_of(image): "Het bord", words_of(other): "De zaag"}
    page = answer(members, topic, actie="concept", **said)
    assert 'value="Het bord"' in page and 'value="Het brod"' not in page
    page = answer(members, topic, **{**said, words_of(image): " "})
    assert "Schrijf wat er op het beeld staat" in page and f'href="#id_{words_of(image)}"' in page
    assert "Kijk **hier**" in page and topic.posts.count() == 1
    page = answer(members, topic, **{**said, words_of(image): "x" * 251})
    assert "Maak dit korter: hoogstens 250 tekens." in page and topic.posts.count() == 1
    page = answer(members, topic, actie="voorbeeld", **{**said, words_of(image): "Het bord op maandag"})
    assert page.index('alt="Het bord op maandag"') < page.index('<form class="form"')
    # What is taken out needs no words.
    page = answer(members, topic, beeld_weg=str(other.uuid), **{**said, words_of(other): ""})
    assert "Het beeld is weg." in page and "error-summary" not in page
    answer(members, topic, **{words_of(image): "Het bord op vrijdag"})
    assert [each.alt for each in of_post(topic.posts.get(number=2).pk)] == ["Het bord op vrijdag"]


def test_a_page_that_keeps_what_is_typed_keeps_that_too(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    image = picture(members.bram, draft_place(topic), "Het brod")
    typed_so_far = {"plek": draft_place(topic), "text": "Kijk", words_of(image): "Het bord"}
    for reader, words in ((members.anna, "Van een ander"), (members.bram, "Het bord"), (members.bram, " \0")):
        sent = {**typed_so_far, words_of(image): words, "beeld_tekst_geen": "Niets"}
        assert browser_of(reader).post("/gesprekken/concept/", sent).status_code == 204
    image.refresh_from_db()
    assert image.alt == "Het bord"


def test_of_ones_own_post_the_words_below_it_are_changed_for_a_day(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    post = pictured(topic, members.bram, alt="Het brod", text="Eerst")
    [image], path = of_post(post.pk), f"/berichten/{post.pk}/wijzigen/"
    assert 'value="Het brod"' in read(members.bram, path)
    page = send(members.bram, path, text="Eerst", version=1, **{words_of(image): ""})
    assert "Schrijf wat er op het beeld staat" in page
    # Not by whatever else is pressed: nothing changes for others until it is saved.
    page = send(members.bram, path, text="Eerst", version=1, actie="beeld", **{words_of(image): "Het bord"})
    assert 'value="Het bord"' in page and 'alt="Het brod"' in read(members.anna, topic.get_absolute_url())
    page = send(members.bram, path, text="Eerst", version=1, **{words_of(image): "Het bord"})
    assert "Je bericht is gewijzigd." in page and 'alt="Het bord"' in page and "gewijzigd" in page
    now, before = read(members.anna, f"/berichten/{post.pk}/versies/").split("Tot ", 1)
    assert 'alt="Het bord"' in now and 'alt="Het brod"' in before
    # The same once more is no change, and what says nothing of it leaves it.
    send(members.bram, path, text="Eerst", version=2, **{words_of(image): "Het bord"})
    send(members.bram, path, text="Anders", version=2)
    post.refresh_from_db()
    assert post.version == 3 and of_post(post.pk).get().alt == "Het bord"
    for reader in (members.anna, members.host):
        send(reader, path, 404, text="Mijn", version=3, **{words_of(image): "Mijn"})
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timezone.timedelta(days=2))
    page = send(members.bram, path, text="Anders", version=3, **{words_of(image): "Te laat"})
    assert "een dag lang wijzigen" in page and of_post(post.pk).get().alt == "Het bord"


def test_what_is_said_anew_is_judged_like_a_text(members: Circle) -> None:
    post = pictured(topic_in(members, members.anna), members.bram, text="Eerst")
    links = " ".join(f"https://w{number}.nl/" for number in range(11))
    words = {words_of(of_post(post.pk).get()): links}
    send(members.bram, f"/berichten/{post.pk}/wijzigen/", text="Eerst", version=1, **words)
    post.refresh_from_db()
    assert post.state == Post.State.HELD
