"""Links elsewhere: asked of a real server on this machine, one answer at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.evidence.link_checking import Answer, ask
from portal.evidence.link_services import check_links, sync_links
from portal.evidence.links import addresses_in
from portal.evidence.models import LinkCheck, Source

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class Server(BaseHTTPRequestHandler):
    """`/200`, `/404` and so on; `/naar/…` points on, `/kring` to itself, `/alleen-get` refuses HEAD, `/traag` waits."""

    asked: list[str]

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        type(self).asked.append(f"{self.command} {self.path} {self.headers['User-Agent'].split('/')[0]}")
        if self.path.startswith("/naar"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/naar"))
        elif self.path == "/kring":
            self.send_response(301)
            self.send_header("Location", "/kring")
        elif self.path == "/binnen":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
        elif self.path == "/alleen-get":
            self.send_response(405 if self.command == "HEAD" else 200)
        elif self.path == "/traag":
            threading.Event().wait(1.5)
            self.send_response(200)
        else:
            self.send_response(int(self.path.strip("/").split("?")[0]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Server.asked = []
    running = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


ask_here = partial(ask, own_network=True, timeout=0.5)


@pytest.mark.parametrize(
    ("path", "ok", "status"),
    [
        ("/200", True, 200),
        ("/200?a=b c", True, 200),
        ("/naar/200", True, 200),
        ("/naar/naar/naar/404", False, 404),
        ("/alleen-get", True, 200),
        ("/403", True, 403),
        ("/404", False, 404),
        ("/410", False, 410),
        ("/500", False, 500),
    ],
)
def test_what_a_server_answers_decides(server: str, path: str, ok: bool, status: int) -> None:
    answer = ask_here(server + path)
    assert (answer.ok, answer.status) == (ok, status)


def test_it_says_who_is_asking_and_asks_little(server: str) -> None:
    ask_here(server + "/200")
    assert Server.asked == ["HEAD /200 SlimmerWerken-linkcontrole"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/kring", "te veel doorverwijzingen"),
        ("/traag", "geen antwoord binnen de tijd"),
        ("/binnen", "geen webadres"),
    ],
)
def test_what_never_ends_is_given_up(server: str, path: str, said: str) -> None:
    answer = ask_here(server + path)
    assert (answer.ok, answer.status, answer.error) == (False, None, said)


def test_a_closed_door_is_no_error_of_ours() -> None:
    assert ask_here("http://127.0.0.1:9/").error.startswith("niet bereikbaar")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/beheer/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
    ],
)
def test_our_own_network_is_never_asked(url: str) -> None:
    assert ask(url) == Answer(False, None, "dit adres ligt in het eigen netwerk", url)


def test_a_redirect_into_our_own_network_is_not_followed(server: str) -> None:
    assert ask(server + "/naar/200").error == "dit adres ligt in het eigen netwerk"
    assert Server.asked == []


def test_links_are_found_in_markup_as_a_browser_would_read_them() -> None:
    markup = """<p><a href="https://a.nl/?x=1&amp;y=2">a</a> <a class=x href='http://b.nl/'>b</a>
    <a href="/eigen/">c</a> <a linktype="page" id="3">d</a> <a href="mailto:x@y.nl">e</a></p>"""
    assert list(addresses_in(markup)) == ["https://a.nl/?x=1&y=2", "http://b.nl/"]


# --- keeping watch ----------------------------------------------------------------------------------------------------


@pytest.fixture
def source(db: None, server: str) -> Source:
    return Source.objects.create(
        code="x", short_name="Rapport", title="t", publisher="p", url=server + "/404"
    )


def watch(at: datetime) -> int:
    sync_links()
    return check_links(at, asking=ask_here, pause=0)


def test_one_failure_is_doubtful_two_are_broken_and_a_repair_clears_it(source: Source, server: str) -> None:
    assert watch(NOW) == 1
    assert LinkCheck.objects.get().status == "doubtful"
    assert watch(NOW + timedelta(hours=1)) == 0
    watch(NOW + timedelta(days=1))
    check = LinkCheck.objects.get()
    assert (check.status, check.code, check.failures, check.failing_since) == ("broken", 404, 2, NOW)
    Source.objects.update(url=server + "/200")
    watch(NOW + timedelta(days=1, hours=1))
    check = LinkCheck.objects.get()
    assert (check.url, check.status, check.failing_since) == (server + "/200", "ok", None)


def test_what_works_is_asked_once_a_week(source: Source, server: str) -> None:
    Source.objects.update(url=server + "/200")
    assert [watch(NOW + timedelta(days=days)) for days in (0, 1, 6, 7)] == [1, 0, 0, 1]


def test_one_run_asks_no_more_than_its_limit(source: Source, server: str) -> None:
    for number in range(4):
        Source.objects.create(
            code=f"n{number}", short_name="R", title="t", publisher="p", url=f"{server}/20{number}"
        )
    sync_links()
    assert check_links(NOW, limit=3, asking=ask_here, pause=0) == 3
    assert check_links(NOW, limit=3, asking=ask_here, pause=0) == 2


def test_a_pause_lies_between_two_questions_to_one_server(source: Source, server: str) -> None:
    Source.objects.create(code="y", short_name="R", title="t", publisher="p", url=f"{server}/200")
    sync_links()
    started = datetime.now(UTC)
    check_links(NOW, asking=ask_here, pause=0.3)
    assert datetime.now(UTC) - started >= timedelta(seconds=0.3)


def test_the_report_names_the_link_what_is_wrong_and_where_it_stands(source: Source, client: Client) -> None:
    watch(NOW)
    watch(NOW + timedelta(days=1))
    client.force_login(User.objects.create_superuser("baas@example.org"))
    page = client.get("/beheer/rapporten/dode-links/").content.decode()
    for part in (
        source.url,
        "404",
        "werkt niet",
        "Rapport",
        f"/beheer/snippets/evidence/source/edit/{source.pk}/",
    ):
        assert part in page, part
    table = client.get("/beheer/rapporten/dode-links/", {"export": "csv"}).getvalue().decode()
    assert table.splitlines()[1].startswith(f"{source.url},werkt niet,404,")
    assert table.splitlines()[1].endswith(",Rapport")


def test_the_report_is_for_staff_who_may_see_it(source: Source, client: Client) -> None:
    client.force_login(User.objects.create_user("lid@example.org"))
    assert client.get("/beheer/rapporten/dode-links/").status_code == 302
