"""Events with who comes, documents, what people are still writing, and what was reported."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from network.conversations.models import Draft
from network.conversations.services import save_draft
from network.conversations.services.posting import draft_place
from network.documents import services as document_services
from network.documents.models import EcosystemDocument
from network.events.models import Event
from network.events.services import Details, plan_event, publish_event, register
from network.moderation.models import Report
from network.moderation.services.reporting import Told, report_thing
from portal.demo.community.cast import Cast, read, token
from portal.taxonomy.models import Theme

PLAIN = ("title", "kind", "text", "audience", "summary", "place", "address", "capacity", "online_url")


def load_events(cast: Cast) -> None:
    for entry in read("events"):
        mark = token("event", entry["key"])
        if Event.objects.filter(token=mark).exists():
            continue
        by, place = cast.people[entry["by"]], cast.ecosystems.get(entry.get("ecosystem", ""))
        event = plan_event(place, details=_details(cast, entry), by=by, token=mark, at=cast.now)
        cast.made["events"] += 1
        if entry.get("is_draft"):
            continue
        event = publish_event(event, by=by, at=cast.now)
        for key in entry["registered"]:
            register(event, by=cast.people[key], at=cast.now)


def _details(cast: Cast, entry: dict[str, Any]) -> Details:
    day = timezone.localdate(cast.now) + timedelta(days=entry["in_days"])
    zone = timezone.get_default_timezone()
    starts_at = datetime.combine(day, time.fromisoformat(entry["at"]), tzinfo=zone)
    return Details(
        **{name: entry[name] for name in PLAIN if name in entry},
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=entry["minutes"]),
        is_online="online_url" in entry,
        themes=list(Theme.objects.filter(slug__in=entry.get("themes", []))),
    )


def load_documents(cast: Cast) -> None:
    """As managers put them there: a text file, or a link."""
    for entry in read("documents"):
        mark = token("document", entry["key"])
        if EcosystemDocument.objects.filter(token=mark).exists():
            continue
        text = entry.get("text", "").encode()
        upload = SimpleUploadedFile(entry["file"], text, "text/plain") if text else None
        details = document_services.Details(
            title=entry["title"], summary=entry["summary"], url=entry.get("url", ""), upload=upload
        )
        document_services.add_document(
            cast.ecosystems[entry["ecosystem"]],
            details=details,
            by=cast.people[entry["by"]],
            token=mark,
            at=cast.now,
        )
        cast.made["documents"] += 1


def load_drafts(cast: Cast) -> None:
    for entry in read("extras")["drafts"]:
        conversation = cast.conversations[entry.get("topic") or entry["question"]]
        person, place = cast.people[entry["by"]], draft_place(conversation)
        if not Draft.objects.filter(user=person, place=place).exists():
            save_draft(person, place=place, text=entry["text"])
            cast.made["drafts"] += 1


def load_reports(cast: Cast) -> None:
    for entry in read("extras")["reports"]:
        person, post = cast.people[entry["by"]], cast.posts.get(entry["post"])
        if post is None or Report.objects.filter(reporter=person, case__object_id=post.pk).exists():
            continue
        told = Told(category=entry["category"], text=entry["text"])
        report_thing("post", post.pk, told=told, by=person, address="", reader=person, at=cast.now)
        cast.made["reports"] += 1
