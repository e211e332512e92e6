"""What the files of editors may be, as every environment has it."""

from __future__ import annotations

from django.conf import settings
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_base_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_base_form

from portal.media.documents import EXTENSIONS, MAX_DOCUMENT_BYTES
from portal.media.forms import DocumentForm, ImageForm
from portal.media.inspection import FORMATS, MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS
from portal.media.models import PortalDocument, PortalImage


def test_our_own_models_and_forms_are_behind_every_upload() -> None:
    assert (get_image_model(), get_document_model()) == (PortalImage, PortalDocument)
    assert (get_image_base_form(), get_document_base_form()) == (ImageForm, DocumentForm)


def test_wagtails_limits_are_the_same_as_ours() -> None:
    extensions = {extension for kinds in FORMATS.values() for extension in kinds}
    assert set(settings.WAGTAILIMAGES_EXTENSIONS) == extensions
    assert "svg" not in extensions
    assert settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE == MAX_IMAGE_BYTES == 10 * 1024 * 1024
    assert settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS == MAX_IMAGE_PIXELS == 40_000_000
    assert set(settings.WAGTAILDOCS_EXTENSIONS) == set(EXTENSIONS)
    assert settings.WAGTAILDOCS_MAX_UPLOAD_SIZE == MAX_DOCUMENT_BYTES


def test_documents_go_through_a_view_and_nothing_is_asked_elsewhere() -> None:
    assert settings.WAGTAILDOCS_SERVE_METHOD == "serve_view"
    assert settings.WAGTAIL_PRIVATE_PAGE_OPTIONS == {"SHARED_PASSWORD": False}
    assert settings.WAGTAIL_PRIVATE_COLLECTION_OPTIONS == {"SHARED_PASSWORD": False}
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
    assert settings.WAGTAIL_ENABLE_WHATS_NEW_BANNER is False
    assert settings.WAGTAILEMBEDS_FINDERS == []
