"""What must be there before Tumar serves; each step does nothing when it is done already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from tumar.site.checks import has_unapplied_migrations
from tumar.vault.keyring import make_folder
from tumar.vault.signs import check_signs, leave_signs


def make_keys() -> bool:
    """Make the key folder, unless it holds keys; they are never overwritten."""
    folder = Path(settings.TUMAR_KEYS)
    if any(folder.glob("*.key")):
        return False
    make_folder(folder)
    return True


def migrate() -> None:
    """Bring the database up to date, and note by which keys it is sealed.

    Raises:
        KeysWrong: the keys are those of another database.
    """
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    if has_unapplied_migrations():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    check_signs()
    leave_signs()


def collect_static() -> None:
    """Put the static files where they are served from, if any has changed since."""
    stamp, now = Path(settings.VAR) / "static.stamp", _digest()
    if Path(settings.STATIC_ROOT).is_dir() and stamp.exists() and stamp.read_text() == now:
        return
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)


def _digest() -> str:
    whole = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for line in sorted(_static_files()):
        whole.update(line.encode())
    return whole.hexdigest()


def _static_files() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            yield f"{path} {status.st_size} {status.st_mtime_ns}\n"
