"""Photos: taken in, stripped of where and with what they were taken, sealed."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from tumar import audit
from tumar.access import Actor, require
from tumar.people.models import Person, Photo
from tumar.people.policy import Act
from tumar.vault.files import open_file, seal_file

PIXELS_AT_MOST = 25_000_000  # to be held in memory at once: 100 MB
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")
# All that Pillow has been seen to raise at a file made to break it.
DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    OverflowError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class NotAPhoto(ValueError):
    """The file is no picture we take, or is damaged, or pretends to be larger than it may be."""


def add_photo(*, actor: Actor, person: Person, upload: BinaryIO, at: datetime) -> Photo:
    """Redraw a picture without its metadata and seal it.

    Raises:
        NotAPhoto: with what to do, in words for the reader.
    """
    with audit.record(actor, Act.ADD_PHOTO, on=person, at=at, person=person.pk) as event:
        require(actor, Act.ADD_PHOTO, person)
        clean = _redrawn(upload)
        stored = seal_file(clean, person.data_key, name="photo.jpg", media_type="image/jpeg", at=at)
        event.note(file=str(stored.pk))
        return Photo.objects.create(person=person, file=stored, added_at=at, added_by=actor.user_id)


def open_photo(*, actor: Actor, person: Person, at: datetime) -> Iterator[bytes] | None:
    """The newest photo, chunk by chunk; None when there is none."""
    with audit.look(actor, Act.OPEN_PHOTO, on=person, at=at, person=person.pk):
        require(actor, Act.OPEN_PHOTO, person)
        photo = person.photos.select_related("file__data_key").order_by("-pk").first()
        if photo is None:
            return None
        # Under her own key, whatever the row says: a file moved to her from another does not open.
        photo.file.data_key = person.data_key
        return open_file(photo.file)


def _redrawn(upload: BinaryIO) -> BinaryIO:
    # Redrawing is what removes EXIF, GPS, XMP, thumbnails and anything hidden behind the picture.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as picture:
                upright = _small(picture)
    except DAMAGE as damage:
        raise NotAPhoto(_("This is no picture we can read. Use JPEG, PNG or WebP.")) from damage
    if upright is None:
        raise NotAPhoto(_("The picture is too large. Take a smaller one."))
    target = io.BytesIO()
    upright.save(target, "JPEG", quality=85)
    target.seek(0)
    return target


def _small(picture: Image.Image) -> Image.Image | None:
    """The picture upright, in colour and small; None if it would need too much memory."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read smaller than it is
    if picture.width * picture.height > PIXELS_AT_MOST:
        return None
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.info = {}  # a comment would be written into the new file, too
    return upright
