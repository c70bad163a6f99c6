"""What is uploaded stays in memory, and no more of it than a form would take."""

import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from tumar.ui.uploads import KEPT_AT_MOST


def received(size: int) -> tuple[QueryDict, MultiValueDict[str, SimpleUploadedFile]]:
    file = SimpleUploadedFile("photo.jpg", b"x" * size, content_type="image/jpeg")
    request = RequestFactory().post("/", {"photo": file})
    return request.POST, request.FILES


def test_it_is_the_handler_of_the_house() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["tumar.ui.uploads.InMemory"]


def test_a_photo_touches_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    _fields, files = received(5_000_000)

    assert files["photo"].size == 5_000_000
    assert files["photo"].read(3) == b"xxx"
    assert list(tmp_path.iterdir()) == []


def test_of_a_file_that_is_too_large_only_the_beginning_is_kept() -> None:
    _fields, files = received(KEPT_AT_MOST + 1_000)

    assert files["photo"].size == KEPT_AT_MOST
