"""Members who read and write as people do: over plain HTTP, with a session, thinking between two pages."""

from __future__ import annotations

import http.client
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

WRITES = 0.1
THINK = (1.0, 5.0)  # seconds
PATIENCE = 30.0
QUESTIONS = "te veel voorraad|omsteltijd|rooster planner|meetplan|personeel loopt weg|werkinstructie|gereedschap zoeken"
TOPIC = re.compile(r'href="/forum/onderwerp/(\d+)/')
QUESTION = re.compile(r'href="/vragen/(\d+)/')
ROOM = re.compile(r'href="(/forum/menigte-[a-z0-9-]+/)"')
ECOSYSTEM = re.compile(r'href="(/ecosystemen/menigte-[a-z0-9-]+/)"')
FAR_BACK = 100  # pages of the longest topic


@dataclass(frozen=True, slots=True)
class Answered:
    """One request: what kind of page, how long it took, and what was wrong (empty: nothing)."""

    kind: str
    is_write: bool
    milliseconds: float
    wrong: str = ""


@dataclass
class Form:
    action: str
    fields: dict[str, str]


class Forms(HTMLParser):
    """The forms of a page that are sent by POST, with what is filled in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.is_inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = given.get("method", "").lower() == "post"
            if self.is_inside:
                self.found.append(Form(given.get("action", ""), {}))
        elif tag == "input" and self.is_inside and given.get("name"):
            self.found[-1].fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self.is_inside = self.is_inside and tag != "form"


class Visitor:
    """One member in one browser. `tell` gets every answer."""

    def __init__(
        self, url: str, session: str, number: int, longest: int, tell: Callable[[Answered], None]
    ) -> None:
        self.host = urlsplit(url).netloc
        self.number, self.longest, self.tell = number, longest, tell
        self.chance = random.Random(number)
        self.cookies = {"sessionid": session}
        self.topics: list[str] = []
        self.questions: list[str] = []
        self.rooms: list[str] = []
        self.ecosystems: list[str] = []
        self.connection: http.client.HTTPConnection | None = None

    def visit(self, until: float, is_over: Callable[[], bool]) -> None:
        """Read and write till the clock (`time.monotonic`) says `until`."""
        time.sleep(self.chance.uniform(0, THINK[1]))
        self.read("forum", "/forum/")
        while time.monotonic() < until and not is_over():
            time.sleep(self.chance.uniform(*THINK))
            if self.chance.random() < WRITES:
                self.write()
            else:
                self.read(*self.somewhere())
        if self.connection is not None:
            self.connection.close()

    def somewhere(self) -> tuple[str, str]:
        """The next page: its kind and address."""
        one = self.chance.choice
        topic = f"/forum/onderwerp/{one(self.topics or [str(self.longest)])}/"
        room = one(self.rooms or ["/forum/"])
        pages = {
            ("voorpagina", "/"): 4,
            ("praktijkvoorbeelden", "/praktijkvoorbeelden/"): 4,
            ("praktijkvoorbeeld", "/praktijkvoorbeelden/almi-machinefabriek/"): 4,
            ("forum", "/forum/"): 12,
            ("ruimte", room): 10,
            ("ruimte, verderop", f"{room}?pagina={self.chance.randint(2, 8)}"): 4,
            ("onderwerp", topic): 24,
            (
                "lang onderwerp",
                f"/forum/onderwerp/{self.longest}/?pagina={self.chance.randint(1, FAR_BACK)}",
            ): 4,
            ("vragen", "/vragen/"): 6,
            ("vraag", f"/vragen/{one(self.questions)}/" if self.questions else "/vragen/"): 6,
            ("zoeken", f"/zoeken/?{urlencode({'q': one(QUESTIONS.split('|'))})}"): 10,
            ("mijn omgeving", "/mijn/"): 6,
            ("meldingen", "/meldingen/"): 3,
            ("ecosysteem", one(self.ecosystems or ["/ecosystemen/"])): 3,
        }
        kinds = list(pages)
        return self.chance.choices(kinds, list(pages.values()))[0]

    def read(self, kind: str, path: str) -> str:
        status, page, milliseconds, where = self.ask("GET", path)
        wrong = "" if status == 200 else f"{status} {path} {where}".strip()
        self.tell(Answered(kind, False, milliseconds, wrong))
        for pattern, known in ((TOPIC, self.topics), (QUESTION, self.questions), (ROOM, self.rooms)):
            known[:] = list(dict.fromkeys([*pattern.findall(page), *known]))[:200]
        self.ecosystems[:] = list(dict.fromkeys([*ECOSYSTEM.findall(page), *self.ecosystems]))[:20]
        return page

    def write(self) -> None:
        """On a page that was just read: answer, vote, follow, keep a draft, or begin a topic."""
        what = self.chance.choices(("antwoord", "stem", "volgen", "concept", "nieuw"), (45, 20, 10, 15, 10))[
            0
        ]
        if what == "nieuw" and self.rooms:
            address = f"{self.chance.choice(self.rooms)}nieuw/"
            page = self.read("nieuw onderwerp, formulier", address)
        else:
            address = f"/forum/onderwerp/{self.chance.choice(self.topics or [str(self.longest)])}/"
            page = self.read("onderwerp", address)
        form = self._form(page, what)
        if form is None:
            return  # such as a closed topic, or nothing of somebody else to vote on
        said = f"Bericht {self.chance.getrandbits(64):x} over {self.chance.choice(QUESTIONS.split('|'))}, om te meten."
        extra = {
            "antwoord": {"text": said},
            "stem": {"stem": "ja"},
            "volgen": {"wil": "follow"},
            "concept": {"text": said, "actie": "concept"},
            "nieuw": {"title": said[:80], "text": said},
        }[what]
        path = form.action or address
        status, _page, milliseconds, where = self.ask("POST", path, {**form.fields, **extra})
        is_fine = status in (302, 303) and "/inloggen" not in where
        wrong = "" if is_fine else f"{status} {path} {where}".strip()
        self.tell(Answered(what, True, milliseconds, wrong))

    def _form(self, page: str, what: str) -> Form | None:
        ends = {"antwoord": "/antwoord/", "concept": "/antwoord/", "stem": "/stem/", "volgen": "/volgen/"}
        forms = Forms(page).found
        if what == "nieuw":
            return next((each for each in forms if "token" in each.fields), None)
        fitting = [each for each in forms if each.action.endswith(ends[what])]
        return self.chance.choice(fitting) if fitting else None

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str, float, str]:
        """Status, page, milliseconds until the last byte, and where it leads; status 0 where nothing came."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(data) if data is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        is_kept = self.connection is not None
        if self.connection is None:
            self.connection = http.client.HTTPConnection(
                self.host, timeout=PATIENCE, source_address=(f"127.0.1.{self.number + 1}", 0)
            )
        started = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            page = response.read().decode(errors="replace")
        except ConnectionError:
            self.connection.close()
            self.connection = None
            if not is_kept:
                return 0, "", (time.perf_counter() - started) * 1000, "ConnectionError"
            # A server may close a connection that was kept while nobody asked anything; a browser asks again.
            return self.ask(method, path, data)
        except (http.client.HTTPException, OSError) as error:
            self.connection.close()
            self.connection = None
            return 0, "", (time.perf_counter() - started) * 1000, type(error).__name__
        passed = (time.perf_counter() - started) * 1000
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _is, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return response.status, page, passed, response.headers.get("Location", "")
