"""A whole portal in processes of its own: started, stopped, backed up, restored and moved."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tarfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.databases import postgres_database
from tests.portal.operations.conftest import manage

pytestmark = pytest.mark.slow
# How long a start or a stop is waited for; only what hangs takes so long.
PATIENCE = 120.0  # seconds
# Unlike the times of counting, this goes along to a copy of the database.
PLANNED = "SELECT reltuples > 0 FROM pg_class WHERE relname = 'wagtailcore_page'"
TABLES = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"


@pytest.fixture
def portal(filled_portal: Path, place: Path) -> Path:
    """The data directory of a portal with all its content, without an administrator."""
    copy_of(filled_portal, place)
    return place


def copy_of(filled: Path, place: Path) -> None:
    shutil.copytree(filled, place)
    with closing(sqlite3.connect(place / "portal.sqlite3")) as connection, connection:
        connection.execute("UPDATE accounts_user SET is_active = 0, is_superuser = 0, is_staff = 0")
    (place / "media" / "original_images").mkdir(parents=True, exist_ok=True)
    (place / "media" / "original_images" / "hal.jpg").write_bytes(b"\xff\xd8 een foto")
    (place / "member-images" / "ab").mkdir(parents=True, exist_ok=True)
    (place / "member-images" / "ab" / "abc.webp").write_bytes(b"RIFF van een lid")
    (place / "member-files" / "ef").mkdir(parents=True, exist_ok=True)
    (place / "member-files" / "ef" / "efg.pdf").write_bytes(b"%PDF-1.4 een verslag")
    (place / "proof-files" / "cd").mkdir(parents=True, exist_ok=True)
    (place / "proof-files" / "cd" / "cde.pdf").write_bytes(b"%PDF-1.4 een telling")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(url: str, seconds: float = 0) -> tuple[int, str]:
    """Status and text; tries until `seconds` have passed where nothing listens yet."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def count(place: Path, table: str) -> int:
    with closing(sqlite3.connect(place / "portal.sqlite3")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    return [int(line) for line in listed.split()]


def has_ended(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


def wait_until(condition, seconds: float = PATIENCE) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


# --- serve ---


def test_serve_starts_tells_stops_and_starts_again(portal, command, run):
    port, pages = free_port(), count(portal, "wagtailcore_page")
    started = time.monotonic()
    process = command("serve", "--port", str(port))
    assert fetch(f"http://127.0.0.1:{port}/healthz", PATIENCE) == (200, "ok")
    seconds = time.monotonic() - started
    status, text = fetch(f"http://127.0.0.1:{port}/readyz")
    assert (status, json.loads(text)["parts"]["database"]["status"]) == (200, "ok")
    # The worker keeps the schedule.
    assert wait_until(lambda: count(portal, "background_schedule WHERE last_finished_at IS NOT NULL") > 0)
    # Both web processes answer with the counts of all.
    assert "portal_requests_total" in fetch(f"http://127.0.0.1:{port}/metrics")[1]
    family = children_of(process.pid)
    assert len(family) == 2

    # A second one on the same port says so and leaves the first alone.
    second = run("serve", "--port", str(port))
    assert second.returncode != 0
    assert f"Poort {port} is bezet" in second.stderr and "Traceback" not in second.stderr
    # Its files can't be replaced meanwhile.
    refused = run("restore", "wat-dan-ook.tar.gz", "--force")
    assert "stop het eerst" in refused.stderr
    assert fetch(f"http://127.0.0.1:{port}/healthz") == (200, "ok")

    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}/" in out
    assert re.search(r"inloggen als beheer@localhost met wachtwoord (?:[a-z2-9]{5}-?){4}", out)
    assert "Gestopt." in out
    assert all(has_ended(pid) for pid in family)
    assert seconds < 30

    # A later start shows no password and changes nothing.
    process = command("serve", "--port", str(port))
    fetch(f"http://127.0.0.1:{port}/healthz", PATIENCE)
    process.terminate()
    out, _ = process.communicate(timeout=PATIENCE)
    assert "wachtwoord kwijt: manage.py changepassword beheer@localhost" in out
    assert "met wachtwoord" not in out
    assert count(portal, "accounts_user WHERE is_active") == 1
    assert count(portal, "wagtailcore_page") == pages > 60


def test_a_child_that_dies_ends_the_whole(portal, command):
    port = free_port()
    process = command("serve", "--port", str(port))
    fetch(f"http://127.0.0.1:{port}/healthz", PATIENCE)
    family = children_of(process.pid)
    worker = next(pid for pid in family if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(worker, signal.SIGKILL)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode != 0
    assert "'worker' is gestopt" in err
    assert all(has_ended(pid) for pid in family)


def test_children_end_when_the_parent_is_killed(portal, command):
    port = free_port()
    process = command("serve", "--port", str(port))
    fetch(f"http://127.0.0.1:{port}/healthz", PATIENCE)
    family = children_of(process.pid)
    process.kill()
    process.wait()
    assert wait_until(lambda: all(has_ended(pid) for pid in family))


def test_a_broken_database_gives_one_clear_sentence(place, run):
    place.mkdir()
    (place / "portal.sqlite3").write_bytes(b"dit is geen database, maar wel een bestand" * 100)
    result = run("serve", "--port", str(free_port()))
    assert result.returncode != 0
    assert "De database werkt niet" in result.stderr
    assert "Traceback" not in result.stderr


# --- backup and restore ---


def made_backup(run, place: Path) -> Path:
    result = run("backup", str(place.parent / "weg"))
    assert result.returncode == 0, result.stderr
    (archive,) = (place.parent / "weg").glob("*.tar.gz")
    return archive


def line_of_the_only_account(place: Path) -> str:
    """As if it had been erased since."""
    with closing(sqlite3.connect(place / "portal.sqlite3")) as connection:
        [(number, joined)] = connection.execute("SELECT id, date_joined FROM accounts_user")
    line = {"user_number": number, "joined_at": f"{joined}+00:00", "texts_go": True, "at": f"{joined}+00:00"}
    return json.dumps(line) + "\n"


def test_a_backup_goes_back_into_an_empty_place(portal, run):
    counts = {
        table: count(portal, table)
        for table in ("wagtailcore_page", "wagtailcore_revision", "auth_permission")
    }
    archive = made_backup(run, portal)
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as content:
        manifest = json.load(content.extractfile("manifest.json"))
        names = set(content.getnames())
    kept = {
        "database.sqlite3",
        "media/original_images/hal.jpg",
        "member-images/ab/abc.webp",
        "member-files/ef/efg.pdf",
        "proof-files/cd/cde.pdf",
    }
    assert kept <= set(manifest["files"])
    assert names == {*manifest["files"], "manifest.json"}
    # Beside the archives, since no archive can hold who was erased after it was made.
    (archive.parent / "erasures.jsonl").write_text(line_of_the_only_account(portal))
    shutil.rmtree(portal)
    result = run("restore", str(archive))
    assert result.returncode == 0, result.stderr
    assert "Opnieuw gewist: 1 accounts" in result.stdout
    assert count(portal, "accounts_user") == 0
    assert {table: count(portal, table) for table in counts} == counts
    assert (portal / "media" / "original_images" / "hal.jpg").read_bytes() == b"\xff\xd8 een foto"
    assert (portal / "member-images" / "ab" / "abc.webp").read_bytes() == b"RIFF van een lid"
    assert (portal / "member-files" / "ef" / "efg.pdf").read_bytes() == b"%PDF-1.4 een verslag"
    assert (portal / "proof-files" / "cd" / "cde.pdf").read_bytes() == b"%PDF-1.4 een telling"
    ready = run("check")
    assert ready.returncode == 0, ready.stderr


def test_a_backup_while_somebody_writes_is_whole(portal, run):
    with closing(sqlite3.connect(portal / "portal.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE wagtailcore_page SET title = 'half' WHERE depth > 1")
        archive = made_backup(run, portal)
        writer.execute("ROLLBACK")
    run("restore", str(archive), "--force")
    assert count(portal, "wagtailcore_page WHERE title = 'half'") == 0


def test_what_stands_there_is_overwritten_only_with_force(portal, run):
    archive = made_backup(run, portal)
    with closing(sqlite3.connect(portal / "portal.sqlite3")) as connection, connection:
        connection.execute("UPDATE wagtailcore_page SET title = 'later gewijzigd' WHERE depth = 2")
    (portal / "media" / "later.jpg").write_bytes(b"later")
    refused = run("restore", str(archive))
    assert refused.returncode != 0
    assert (
        "Hier staat al iets: de database, media, beelden van leden, bestanden van leden, bewijsstukken van leden, "
        "de zoekindex" in (refused.stderr)
    )
    assert count(portal, "wagtailcore_page WHERE title = 'later gewijzigd'") == 1
    assert count(portal, "accounts_user") == 1
    (portal / "erasures.jsonl").write_text(line_of_the_only_account(portal))
    assert run("restore", str(archive), "--force").returncode == 0
    assert count(portal, "accounts_user") == 0
    assert count(portal, "wagtailcore_page WHERE title = 'later gewijzigd'") == 0
    assert not (portal / "media" / "later.jpg").exists()


def repacked(archive: Path, change) -> Path:
    """The archive with something changed in it."""
    place = archive.parent / "uitgepakt"
    with tarfile.open(archive) as content:
        content.extractall(place, filter="data")
    change(place)
    changed = archive.with_name("veranderd.tar.gz")
    with tarfile.open(changed, "w:gz") as content:
        for path in sorted(place.rglob("*")):
            if path.is_file():
                content.add(path, arcname=str(path.relative_to(place)))
    return changed


def damage_media(place: Path) -> None:
    (place / "media" / "original_images" / "hal.jpg").write_bytes(b"iets anders")


def add_a_file(place: Path) -> None:
    (place / "media" / "erbij.html").write_text("<script>", encoding="utf-8")


def take_a_file(place: Path) -> None:
    (place / "database.sqlite3").unlink()


def from_the_future(place: Path) -> None:
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    manifest["migrations"].append("cases.9999_from_the_future")
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (damage_media, "beschadigd; dit klopt niet: media/original_images/hal.jpg"),
        (add_a_file, "beschadigd; dit klopt niet: media/erbij.html"),
        (take_a_file, "beschadigd; dit klopt niet: database.sqlite3"),
        (from_the_future, "nieuwere versie van het portaal"),
    ],
)
def test_a_backup_that_cannot_be_trusted_changes_nothing(portal, run, change, sentence):
    before = (portal / "portal.sqlite3").stat().st_mtime_ns
    result = run("restore", str(repacked(made_backup(run, portal), change)), "--force")
    assert result.returncode != 0
    assert sentence in result.stderr and "Traceback" not in result.stderr
    assert count(portal, "wagtailcore_page") > 60
    assert (portal / "portal.sqlite3").stat().st_mtime_ns == before


def test_what_is_no_backup_is_refused(portal, run, tmp_path):
    (tmp_path / "foto.tar.gz").write_bytes(b"\xff\xd8")
    assert "geen back-up" in run("restore", str(tmp_path / "foto.tar.gz"), "--force").stderr
    assert "ontbreekt" in run("restore", str(tmp_path / "weg.tar.gz"), "--force").stderr


# --- PostgreSQL ---


@dataclass(frozen=True)
class Moved:
    """A portal that was moved: what the command answered, its data directory and its new database."""

    answer: subprocess.CompletedProcess[str]
    place: Path
    url: str


@pytest.fixture(scope="module")
def moved_once(filled_portal: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moved]:
    place = tmp_path_factory.mktemp("moved") / "portal"
    copy_of(filled_portal, place)
    with postgres_database() as url:
        yield Moved(manage(place, "move_to_postgres", "--to", url), place, url)


@pytest.fixture
def moved(moved_once: Moved, place: Path) -> Iterator[Moved]:
    """A copy, to do anything with."""
    assert moved_once.answer.returncode == 0, moved_once.answer.stderr
    shutil.copytree(moved_once.place, place)
    with postgres_database(template=moved_once.url) as url:
        yield Moved(moved_once.answer, place, url)


def rows_of(url: str) -> Callable[[str], Any]:
    """Asks the database at `url` a question that has one answer."""
    import psycopg

    def ask(question: str) -> Any:
        with psycopg.connect(url, autocommit=True) as connection:
            return connection.execute(question).fetchone()[0]

    return ask


@pytest.mark.postgres
def test_a_portal_moves_to_postgresql(moved, run, command):
    portal, postgres_url, rows_in = moved.place, moved.url, rows_of(moved.url)
    pages = count(portal, "wagtailcore_page")
    assert "Verhuisd:" in moved.answer.stdout
    for table in (
        "wagtailcore_page",
        "wagtailcore_revision",
        "auth_permission",
        "django_content_type",
        "cases_casepage",
    ):
        assert rows_in(f"SELECT count(*) FROM {table}") == count(portal, table), table
    assert rows_in(PLANNED)
    # Writes stay held until the portal runs on the new database.
    assert "alleen te lezen" in run("maintenance").stdout

    # It runs there, and new rows get new numbers.
    assert run("create_first_admin", DATABASE_URL=postgres_url, PORTAL_ADMIN_EMAIL="baas@portaal.example",
               PORTAL_ADMIN_PASSWORD="vier-woorden-over-fietsen").returncode == 0  # fmt: skip
    assert run("rebuild_modelsearch_index", DATABASE_URL=postgres_url).returncode == 0
    assert run("maintenance", "open").returncode == 0
    port = free_port()
    command("serve", "--port", str(port), DATABASE_URL=postgres_url)
    fetch(f"http://127.0.0.1:{port}/healthz", PATIENCE)
    parts = json.loads(fetch(f"http://127.0.0.1:{port}/readyz")[1])["parts"]
    assert parts["database"] == {"status": "ok", "detail": "postgresql"}
    assert parts["migrations"]["status"] == "ok"
    status, front = fetch(f"http://127.0.0.1:{port}/")
    assert status == 200 and "Slimmer Werken" in front
    assert rows_in("SELECT count(*) FROM wagtailcore_page") == pages
    assert rows_in("SELECT nextval(pg_get_serial_sequence('wagtailcore_page', 'id'))") > rows_in(
        "SELECT max(id) FROM wagtailcore_page"
    )


@pytest.mark.postgres
def test_a_full_target_is_refused(portal, run, postgres_url):
    import psycopg

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE van_een_ander (a int)")
    result = run("move_to_postgres", "--to", postgres_url)
    assert result.returncode != 0
    assert "niet leeg" in result.stderr
    assert "open" in run("maintenance").stdout
    assert rows_of(postgres_url)(TABLES) == 1


@pytest.mark.postgres
def test_a_failed_move_leaves_the_target_empty_and_the_portal_open(portal, run, postgres_url):
    # SQLite doesn't mind a title that is too long for its column; PostgreSQL does.
    with closing(sqlite3.connect(portal / "portal.sqlite3")) as connection, connection:
        connection.execute("UPDATE wagtailcore_page SET draft_title = ? WHERE depth = 2", ("x" * 300,))
    result = run("move_to_postgres", "--to", postgres_url)
    assert result.returncode != 0
    assert "wagtailcore_page is niet over te nemen" in result.stderr
    assert "open" in run("maintenance").stdout
    assert rows_of(postgres_url)(TABLES) == 0


@pytest.mark.postgres
def test_a_backup_of_postgresql_goes_back(moved, run):
    portal, postgres_url, rows_in = moved.place, moved.url, rows_of(moved.url)
    pages = rows_in("SELECT count(*) FROM wagtailcore_page")
    made = run("backup", str(portal.parent / "weg"), DATABASE_URL=postgres_url)
    assert made.returncode == 0, made.stderr
    (archive,) = (portal.parent / "weg").glob("*.tar.gz")
    assert (
        rows_in("WITH gone AS (DELETE FROM wagtailcore_referenceindex RETURNING 1) SELECT count(*) FROM gone")
        >= 0
    )
    refused = run("restore", str(archive), DATABASE_URL=postgres_url)
    assert "Hier staat al iets" in refused.stderr
    restored = run("restore", str(archive), "--force", DATABASE_URL=postgres_url)
    assert restored.returncode == 0, restored.stderr
    assert rows_in("SELECT count(*) FROM wagtailcore_page") == pages
    assert rows_in(PLANNED)
    # Not into another kind of database.
    assert "move_to_postgres" in run("restore", str(archive), "--force").stderr


def test_moving_to_what_is_no_postgresql_is_refused(portal, run, tmp_path):
    result = run("move_to_postgres", "--to", f"sqlite:///{tmp_path / 'ander.sqlite3'}")
    assert "van SQLite" in result.stderr and "Traceback" not in result.stderr
    result = run("move_to_postgres", "--to", "postgresql://portal@127.0.0.1:1/portal")
    assert "niet te bereiken" in result.stderr and "Traceback" not in result.stderr
