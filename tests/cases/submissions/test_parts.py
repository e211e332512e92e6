"""Proof, pictures, names, and readers' questions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.submissions import services
from cases.submissions.models import CaseSubmission, ReaderQuestion, State, SubmissionProof
from cases.submissions.rules import MOST_PROOFS
from cases.submissions.services import NotAllowed, Refused
from cases.submissions.steps import PROOF
from cases.submissions.storage import proof_files
from network.moderation.reportables import REMOVED, VISIBLE, find
from portal.accounts.models import User
from portal.media.inspection import UploadRefused
from portal.media.models import MemberImage
from portal.media.services import forget_left_images
from tests.cases.submissions.conftest import House, keep, online, sent, token, told, write
from tests.factories.media import office_file, pdf_bytes, photo_with_gps, picture_bytes, upload
from tests.network.ecosystems.conftest import read
from tests.portal.organisations.people import make_person

pytestmark = pytest.mark.django_db


def prove(
    submission: CaseSubmission, by: User, name: str = "telling.pdf", content: bytes = b""
) -> SubmissionProof:
    return services.add_proof(submission, upload=upload(name, content or pdf_bytes("Telling")), by=by)


def stored() -> list[str]:
    try:
        return [name for folder in proof_files().listdir("")[0] for name in proof_files().listdir(folder)[1]]
    except FileNotFoundError:
        return []


# --- proof and pictures


def test_proof_is_what_its_name_says(house: House) -> None:
    submission = write(house)
    proof = prove(submission, house.writer, "C:\\map\\Telling van\x07 mei.PDF")
    assert (proof.name, proof.content_type) == ("Telling van mei.PDF", "application/pdf")
    assert prove(submission, house.writer, "uren.xlsx", office_file("xlsx")).bytes > 0
    photo = prove(submission, house.writer, "bord.jpg", photo_with_gps())
    with photo.file.open("rb") as file:
        assert b"Exif" not in file.read()
    for name, content in (("telling.pdf", b"MZ een programma"), ("telling.exe", b"MZ"), ("x.svg", b"<svg/>")):
        with pytest.raises(UploadRefused):
            prove(submission, house.writer, name, content)
    assert len(stored()) == SubmissionProof.objects.count() == 3


def test_only_its_author_adds_and_only_so_many(house: House) -> None:
    submission = write(house)
    for user in (house.boss, house.stranger, house.editor):
        with pytest.raises(NotAllowed):
            prove(submission, user)
    for _number in range(MOST_PROOFS):
        prove(submission, house.writer)
    with pytest.raises(Refused, match="hoogstens 10 bestanden"):
        prove(submission, house.writer)


def test_a_figure_names_the_proof_of_its_own_submission(house: House) -> None:
    other, submission = write(house, title="Anders"), write(house)
    theirs, mine, figure = (
        prove(other, house.writer),
        prove(submission, house.writer),
        submission.measurements.get(),
    )
    keep(submission, PROOF, sources={figure.pk: ("Telling in mei", theirs.pk)})
    figure.refresh_from_db()
    assert (figure.source_text, figure.proof) == ("Telling in mei", None)
    keep(submission, PROOF, sources={figure.pk: ("Telling in mei", mine.pk)})
    figure.refresh_from_db()
    assert figure.proof == mine


def test_new_proof_asks_for_a_new_approval(house: House) -> None:
    submission = sent(house)
    services.recall_submission(submission, by=house.writer)
    prove(submission, house.writer)
    services.send_submission(submission, by=house.writer)
    submission.refresh_from_db()
    assert submission.state == State.WITH_MANAGER


def test_what_is_removed_leaves_no_file(house: House, django_capture_on_commit_callbacks: Any) -> None:
    submission = write(house)
    gone, kept = prove(submission, house.writer), prove(submission, house.writer)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_proof(submission, uuid=gone.uuid, by=house.writer)
    assert stored() == [f"{kept.uuid.hex}.pdf"]
    with django_capture_on_commit_callbacks(execute=True):
        services.discard_draft(submission, by=house.writer)
    assert (stored(), SubmissionProof.objects.count()) == ([], 0)


def test_a_file_without_a_row_goes_after_a_day(house: House) -> None:
    proof = prove(write(house), house.writer)
    SubmissionProof.objects.all().delete()
    now = timezone.now()
    assert services.forget_left_files(now) == 0
    assert services.forget_left_files(now + timedelta(days=2)) == 1
    assert proof_files().exists(proof.file.name) is False


def test_a_picture_is_seen_by_who_sees_the_submission(house: House) -> None:
    submission = write(house)
    with pytest.raises(Refused, match="Zeg wat er op de foto staat"):
        services.add_picture(submission, upload=upload("bord.png", picture_bytes()), alt=" ", by=house.writer)
    picture = services.add_picture(
        submission, upload=upload("bord.png", picture_bytes()), alt="Een bord", by=house.writer
    )

    def who_sees() -> list[str]:
        people = (house.writer, house.boss, house.colleague, house.stranger, house.editor)
        rows = MemberImage.objects.filter(pk=picture.pk)
        return [user.name for user in people if rows.visible_to(user).exists()]

    assert who_sees() == ["Schrijver"]
    services.send_submission(submission, by=house.writer)
    assert who_sees() == ["Schrijver", "Baas"]
    submission.refresh_from_db()
    services.approve_submission(submission, by=house.boss, seen=submission.version)
    assert who_sees() == ["Schrijver", "Baas", "Redacteur"]
    forget_left_images(timezone.now() + timedelta(days=2))
    page = services.take_up(submission, by=house.editor)
    assert page.cover is not None
    assert page.cover.alt_text == "Een bord"


# --- names


def test_only_who_said_yes_is_named(house: House, django_capture_on_commit_callbacks: Any) -> None:
    submission = sent(house, names_author=True, people=[house.colleague.pk])
    assert told(house.colleague) == ["Mag je naam bij het praktijkvoorbeeld “Minder zoeken”?"]
    services.take_up(submission, by=house.editor)
    submission.refresh_from_db()
    assert submission.page is not None
    submission.page.get_latest_revision().publish()
    url = submission.page.get_url()
    assert "Schrijver schreef dit voorbeeld" in read(None, url)
    assert "Collega" not in read(None, url)
    credit = submission.credits.get()
    with pytest.raises(NotAllowed):
        services.answer_credit(credit, by=house.writer, agrees=True)
    with django_capture_on_commit_callbacks(execute=True):
        services.answer_credit(credit, by=house.colleague, agrees=True)
    assert "Collega werkte eraan mee" in read(None, url)
    assert told(house.colleague) == []
    with django_capture_on_commit_callbacks(execute=True):
        services.answer_credit(credit, by=house.colleague, agrees=False)
        services.name_author(submission, by=house.writer, wanted=False)
    page = read(None, url)
    assert "Collega" not in page
    assert "Schrijver" not in page


def test_only_people_of_the_company_are_named(house: House) -> None:
    submission = write(house, people=[house.colleague.pk, house.stranger.pk, house.writer.pk])
    assert [row.user for row in submission.credits.all()] == [house.colleague]


# --- readers' questions


def test_a_reader_asks_and_the_maker_answers(house: House) -> None:
    submission, form = online(house), token()
    question = services.ask_maker(submission, by=house.stranger, text="Hoe lang duurde het?", token=form)
    assert services.ask_maker(submission, by=house.stranger, text="Nog eens", token=form).pk == question.pk
    assert told(house.writer)[-1] == "Vreemde vraagt iets over je praktijkvoorbeeld “Minder zoeken”"
    for nobody in (house.stranger, house.boss, house.editor):
        with pytest.raises(NotAllowed):
            services.answer_reader(question, by=nobody, text="Twee middagen.")
    services.answer_reader(question, by=house.writer, text="Twee middagen.")
    with pytest.raises(Refused, match="al beantwoord"):
        services.answer_reader(question, by=house.writer, text="Drie middagen.")
    assert told(house.stranger) == ["De maker van “Minder zoeken” beantwoordt je vraag"]


def test_who_wants_no_questions_gets_none(house: House) -> None:
    submission = online(house)
    services.let_ask(submission, by=house.writer, wanted=False)
    for by in (house.stranger, house.writer):
        with pytest.raises(NotAllowed):
            services.ask_maker(submission, by=by, text="Mag ik?", token=token())
    services.let_ask(submission, by=house.writer, wanted=True)
    assert submission.page is not None
    submission.page.unpublish()
    with pytest.raises(NotAllowed):
        services.ask_maker(submission, by=house.stranger, text="Mag ik?", token=token())


def test_the_question_of_a_new_member_waits_for_a_moderator(house: House) -> None:
    submission, newcomer = online(house), make_person("Nieuw")
    question = services.ask_maker(submission, by=newcomer, text="Hoe lang duurde het?", token=token())
    assert question.state == ReaderQuestion.State.HELD
    assert not ReaderQuestion.objects.visible_to(house.writer).exists()
    assert "Nieuw" not in " ".join(told(house.writer))
    find("case-question").put(question.pk, VISIBLE)
    assert told(house.writer)[-1].startswith("Nieuw vraagt iets")
    find("case-question").put(question.pk, REMOVED)
    assert not ReaderQuestion.objects.visible_to(newcomer).exists()


def test_who_asks_too_much_is_stopped(house: House) -> None:
    submission = online(house)
    with pytest.raises(Refused, match="veel geschreven"):
        for number in range(200):
            text = f"Vraag over {chr(97 + number % 26) * 5} nummer {number}?"
            services.ask_maker(submission, by=house.stranger, text=text, token=token())
    assert ReaderQuestion.objects.count() < 100
