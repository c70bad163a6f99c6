"""An upload that stays in memory: what strangers' files say of persons is never put on a disk."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from tumar.protection.exchange.tables import LARGEST


class InMemory(FileUploadHandler):
    """Keeps one file, the one of the field `file`, and no more of it than may be read.

    Django's own handlers put files above 2.5 MB into a folder for temporary files, in clear.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.field_name != "file":
            raise SkipFile
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.kept.write(raw_data[: max(0, LARGEST + 1 - self.kept.tell())])
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        size = self.kept.tell()
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name or "file",
            content_type=self.content_type or "",
            size=size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
