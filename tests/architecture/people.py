"""The people and things of the authorisation matrix: one person of each role, one page of each kind in each state."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, Page

from network.moderation.moderators import setup_moderators
from portal.accounts.models import User
from portal.figures.models import FigurePage
from portal.media.models import PortalDocument, PortalImage
from portal.media.services import keep_file
from portal.notifications.tokens import Unsubscription, write_token
from portal.pages.staff import EDITORS, EXPERTS, setup_staff
from portal.people.services import Details, save_profile
from portal.sharing.services import refresh_images
from search.engine import close_engine, engine
from search.indexing.relay import relay_all
from tests.architecture.companies import join_own, name_companies
from tests.architecture.conversations import name_conversations
from tests.architecture.documents import name_documents
from tests.architecture.ecosystems import let_into_ecosystems, name_ecosystems
from tests.architecture.events import name_events
from tests.architecture.moderation import name_cases
from tests.architecture.newsletters import name_newsletters, name_searches
from tests.architecture.questions import name_questions
from tests.architecture.submissions import name_submissions
from tests.factories.media import create_document, create_image, create_member_image, pdf_bytes, upload
from tests.factories.pages import (
    Portal,
    make_case,
    make_figure,
    make_knowledge,
    make_page,
    make_portal,
    restrict,
)

ROLES = ("anonymous", "member", "participant", "moderator", "editor", "expert", "superuser")
#: Who asks every address on PostgreSQL too; the others would put it the same questions once more.
ON_EVERY_DATABASE = ("participant", "superuser")
STATES = ("open", "members", "group", "draft", "expired")
Kind = type[Page]


def each(*roles: str) -> pytest.MarkDecorator:
    """The test once for each of these roles."""
    marks = pytest.mark.any_database
    asked = [role if role in ON_EVERY_DATABASE else pytest.param(role, marks=marks) for role in roles]
    return pytest.mark.parametrize("role", asked)


@dataclass
class World:
    """A small portal with everything that the matrix names. `names` fills the braces in its addresses."""

    portal: Portal
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)  # by kind ("cases.CasePage") and state
    names: dict[str, Any] = field(default_factory=dict)


def empty_index() -> None:
    """Nothing of what earlier tests of this process left in the index; a rebuild alone would carry over newer writes."""
    close_engine()
    for path in Path(settings.SEARCH_INDEX_DIR).glob("*"):
        if path.suffix != ".bin":  # the compiled word list, which takes seconds to make
            path.unlink()
    engine().rebuild([], 0)


def make_world() -> World:
    empty_index()
    setup_staff()
    world = World(make_portal())
    makers = {
        "cases.CasePage": make_case,
        "figures.FigurePage": make_figure,
        "pages.KnowledgePage": make_knowledge,
        "pages.ContentPage": make_page,
    }
    for kind, maker in makers.items():
        for state in STATES:
            page = maker(
                world.portal, f"{kind.rpartition('.')[2]} {state}", slug=f"{state}-{kind[-8:].lower()}"
            )
            world.pages[kind, state] = in_state(page, state)
    for index in (world.portal.home, world.portal.cases, world.portal.figures, world.portal.knowledge):
        world.pages[index._meta.label, "open"] = index
    name_things(world)
    world.names |= name_ecosystems()
    world.names |= name_conversations()
    world.names |= name_questions()
    world.names |= name_events()
    world.names |= name_documents()
    world.names |= name_cases()
    world.names |= name_submissions()
    world.names |= name_newsletters()
    world.names |= name_searches()
    refresh_images()
    relay_all()
    return world


def in_state(page: Page, state: str) -> Page:
    """Hide the page as its state says."""
    if state == "members":
        restrict(page)
    elif state == "group":
        restrict(page, groups=[Group.objects.get(name=EXPERTS)])
    elif state in ("draft", "expired"):
        page.live, page.expired = False, state == "expired"
        page.save(update_fields=["live", "expired"])
    return page


def name_things(world: World) -> None:
    image, document = create_image(), create_document()
    collection = Collection.get_first_root_node().add_child(name="Alleen voor leden")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    hidden = PortalDocument(title="Alleen voor leden", collection=collection)
    hidden.file.save("besloten.pdf", ContentFile(pdf_bytes("Besloten")))
    hidden.save()
    cases = {state: world.pages["cases.CasePage", state].pk for state in STATES}
    figures = {f"{state}_figure": address(world.pages["figures.FigurePage", state]) for state in STATES}
    world.names = {
        **cases,
        **figures,
        "nothing": 987654,
        "image": PortalImage.objects.get(pk=image.pk).file.name,
        "document": document.pk,
        "document_name": document.filename,
        "document_file": document.file.name,
        "private_document": hidden.pk,
        "private_document_file": hidden.file.name,
        "private_document_name": hidden.filename,
        "restriction": restriction.pk,
        "passkey": somebodys_passkey(),
        "not_my_mail": write_token(Unsubscription(User.objects.get(email="eigenaar@portaal.example").pk)),
        "member_image": somebodys_image(),
        "member_file": somebodys_file(),
        **somebodys_profiles(),
        **name_companies(),
    }


def somebodys_passkey() -> int:
    owner = User.objects.create_user("eigenaar@portaal.example")
    passkey = Authenticator.objects.create(
        user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "Van mij"}
    )
    return int(passkey.pk)


def somebodys_image() -> str:
    """Sent, and attached to nothing yet."""
    return str(create_member_image(User.objects.get(email="eigenaar@portaal.example")).uuid)


def somebodys_file() -> str:
    """Sent, and nothing refers to it."""
    owner = User.objects.get(email="eigenaar@portaal.example")
    return str(keep_file(upload("los.pdf", pdf_bytes("Los")), owner=owner, purpose="document").uuid)


def somebodys_profiles() -> dict[str, str]:
    """People who show their name to members, to everybody and to nobody."""
    names = {}
    for audience in ("members", "everyone", "nobody"):
        user = User.objects.create_user(f"profiel-{audience}@portaal.example")
        profile = save_profile(user, details=Details(name="Iemand", audiences={"show_name": audience}))
        names[f"person_for_{audience}"] = str(profile.public_id)
        names[f"profile_for_{audience}"] = str(profile.pk)
    return names


def address(page: Page | FigurePage) -> str:
    """The page's path on the site; also of a page that nobody may see."""
    root = page.get_site().root_page
    return "/" + page.url_path[len(root.url_path) :]


def person(role: str) -> User | None:
    """A person of this role; None for who is not signed in."""
    if role == "anonymous":
        return None
    if role == "superuser":
        return give_second_step(User.objects.create_superuser("beheer@portaal.example"))
    staff = role not in ("member", "participant", "moderator")
    user = User.objects.create_user(f"{role}@portaal.example", is_staff=staff)
    if role == "participant":
        let_into_ecosystems(user)
    if role != "member":
        give_second_step(user)
    groups = {"editor": EDITORS, "expert": EXPERTS}
    if role in groups:
        user.groups.add(Group.objects.get(name=groups[role]))
    if role == "moderator":
        user.groups.add(setup_moderators())
    return user


def give_second_step(user: User) -> User:
    """Who works in the staff admin goes nowhere without."""
    TOTP.activate(user, generate_totp_secret())
    return user


class Browser(Client):
    """A browser in which errors become answers as for a visitor, and that reads the messages it was given.

    Hundreds of refusals would else be carried along in every request, and cost more than what is asked.
    """

    def __init__(self) -> None:
        super().__init__(raise_request_exception=False)

    def request(self, **request: Any) -> Any:
        self.cookies.pop("messages", None)
        return super().request(**request)


def client_of(role: str) -> Client:
    """A browser of a person of this role."""
    client = Browser()
    user = person(role)
    if user is not None:
        if role == "member":
            join_own(user)
        client.force_login(user)
    return client
