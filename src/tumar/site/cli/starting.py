"""Starting Django, only when a command needs it: `tumar --help` must be quick."""

import os


def start_django() -> None:
    """Read the settings and load the rooms.

    Raises:
        WrongSetting: a setting cannot be used; the message names each.
    """
    os.umask(0o077)  # before anything is written: a database must not be readable by others
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumar.site.settings")
    import django
    from django.conf import settings

    django.setup()
    # The server's processes read the settings again: they must all sign with the same key.
    if settings.MODE != "production":
        os.environ.setdefault("TUMAR_SECRET_KEY", settings.SECRET_KEY)
