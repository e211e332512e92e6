import tests.network.conversations.test_picture_pages as t
globals().update({k: v for k, v in vars(t).items() if not k.startswith("__") and not k.startswith("test_")})
import pytest
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_look(members, live_server, browser):
    topic = topic_in(members, members.anna)
    picture(members.bram, draft_place(topic), "Planbord met vijf kolommen, naast de zaag")
    picture(members.bram, draft_place(topic), "Bakken")
    signed_in = browser_of(members.bram).cookies.items()
    for width in (320, 1280):
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            context.add_cookies([{"name": n, "value": h.value, "url": live_server.url} for n, h in signed_in])
            page = context.new_page()
            page.goto(f"{live_server.url}/gesprekken/{topic.pk}/antwoord/")
            page.screenshot(path=f"/tmp/thin-shots/reply-{width}-{scheme}.png", full_page=True)
            context.close()
