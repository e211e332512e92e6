"""What somebody wrote, and the proof that goes along, is for nobody else: with a word that is found nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from cases.submissions import services
from cases.submissions.models import CaseSubmission, SubmissionProof
from cases.submissions.steps import COMPANY
from portal.organisations.models import Membership
from tests.cases.submissions.conftest import House, online, taken_up, told, write
from tests.factories.media import picture_bytes, upload
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db
CANARY = "boomklevernest"
PROOF = f"%PDF-1.4 {CANARY} ".encode() + b"x" * 200 + b"\n%%EOF\n"
LISTS = (
    "/praktijkvoorbeelden/", "/sitemap.xml", "/atom/praktijkvoorbeelden/", "/meldingen/", "/praktijkvoorbeeld-insturen/",
    "/beheer/inzendingen/", "/beheer/inzendingen/?export=csv",
)  # fmt: skip


@pytest.fixture
def secret(house: House) -> CaseSubmission:
    """A draft whose every text holds the word, with proof and a picture."""
    submission = write(house, title=f"Over {CANARY}", names_author=True)
    CaseSubmission.objects.filter(pk=submission.pk).update(
        situation=CANARY, approach=CANARY, result=CANARY, lessons=CANARY, tomorrow=CANARY, effort=CANARY
    )
    services.add_proof(submission, upload=upload(f"{CANARY}.pdf", PROOF), by=house.writer)
    services.add_picture(submission, upload=upload("a.png", picture_bytes()), alt=CANARY, by=house.writer)
    submission.refresh_from_db()
    return submission


def readers(house: House) -> dict[str, Client]:
    names = ("boss", "colleague", "stranger", "editor", "expert")
    return {"visitor": browser_of(None), **{name: browser_of(getattr(house, name)) for name in names}}


def body(response: Any) -> bytes:
    return response.getvalue()


def who_reads(house: House, address: str) -> list[str]:
    """Who gets anything with the word in it, by whatever method."""
    found = []
    for name, browser in readers(house).items():
        part = {"Range": "bytes=0-20", "If-None-Match": "*"}
        answers = [browser.get(address, headers=part), browser.head(address)]
        statuses = {answer.status_code for answer in answers}
        if any(CANARY.encode() in body(answer) for answer in answers):
            found.append(name)
        else:
            assert statuses <= {404, 302}, (address, name, statuses)
            assert CANARY not in str([answer.headers for answer in answers])
    return found


def test_a_draft_is_its_authors_alone(house: House, secret: CaseSubmission) -> None:
    proof, picture = SubmissionProof.objects.get(), services.pictures_of(secret).get()
    own = [secret.get_absolute_url(), f"{secret.get_absolute_url()}stap/situatie/", proof.get_absolute_url()]
    for address in own:
        assert who_reads(house, address) == [], address
    assert all(
        browser.get(picture.get_absolute_url()).status_code == 404 for browser in readers(house).values()
    )
    for name, browser in readers(house).items():
        if name not in ("colleague", "expert"):
            read = [address for address in LISTS if CANARY.encode() in body(browser.get(address))]
            assert read == [], name
    writer = browser_of(house.writer)
    assert [CANARY.encode() in body(writer.get(address)) for address in own] == [True] * 3


def test_who_reads_it_follows_its_way(house: House, secret: CaseSubmission) -> None:
    """To the manager when it is theirs to approve, to staff once it was sent in, and never to a stranger or colleague."""
    proof = SubmissionProof.objects.get().get_absolute_url()
    address = secret.get_absolute_url()
    services.send_submission(secret, by=house.writer)
    assert (who_reads(house, address), who_reads(house, proof)) == (["boss"], ["boss"])
    secret.refresh_from_db()
    services.approve_submission(secret, by=house.boss, seen=secret.version)
    assert who_reads(house, proof) == ["boss", "editor", "expert"]
    services.withdraw_submission(secret, by=house.writer)
    assert who_reads(house, proof) == []
    assert not any(CANARY in line for user in (house.boss, house.editor) for line in told(user))


def test_a_manager_who_left_reads_nothing_any_more(house: House, secret: CaseSubmission) -> None:
    services.send_submission(secret, by=house.writer)
    Membership.objects.filter(user=house.boss).update(role="member")
    assert who_reads(house, secret.get_absolute_url()) == []
    assert told(house.boss) == []


def test_the_manager_of_another_company_never_reads_it(house: House, secret: CaseSubmission) -> None:
    with pytest.raises(services.NotAllowed):
        services.save_step(
            secret, step=COMPANY, by=house.writer, seen=secret.step_version(COMPANY),
            values={"organisation": house.elders, "names_author": False, "takes_questions": True, "people": []},
        )  # fmt: skip


def test_the_file_is_given_whole_to_be_kept_and_by_nothing_else(house: House, secret: CaseSubmission) -> None:
    proof = SubmissionProof.objects.get()
    response = browser_of(house.writer).get(proof.get_absolute_url(), headers={"Range": "bytes=0-3"})
    assert (response.status_code, body(response)) == (200, PROOF)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Cache-Control"] == "private, no-store"
    for prefix in ("/media/", "/media/proof-files/", "/media/../proof-files/", "/beelden/"):
        assert browser_of(house.writer).get(f"{prefix}{proof.file.name}").status_code == 404
    with pytest.raises(ValueError, match="no address"):
        _ = proof.file.url
    assert str(settings.PROOF_FILES_ROOT) not in str(settings.MEDIA_ROOT)


def test_the_page_tells_nothing_of_proof_or_of_who_was_not_asked(house: House) -> None:
    submission = online(house, people=[house.colleague.pk])
    assert submission.page is not None
    page = body(browser_of(house.stranger).get(submission.page.get_url())).decode()
    assert "Collega" not in page
    assert "Schrijver" not in page
    assert "@voorbeeld.example" not in page


def test_a_page_that_is_not_published_is_not_asked_about(house: House) -> None:
    submission = taken_up(house, title=CANARY)
    assert submission.page is not None
    for browser in readers(house).values():
        response = browser.get(f"/vraag-het-de-maker/{submission.page.pk}/")
        assert response.status_code in (302, 404)
        assert CANARY.encode() not in body(response)
