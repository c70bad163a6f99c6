"""Two people edit the same section: the second sees both versions and chooses."""

from typing import Any

from django.utils.translation import gettext as _


class ChangedMeanwhile(Exception):
    """Somebody else saved this section since it was opened; nothing was written.

    `theirs` is what is stored now and `version` what to base a choice on.
    """

    def __init__(self, theirs: dict[str, Any], version: int) -> None:
        super().__init__(_("Somebody else has changed this meanwhile. Compare and choose."))
        self.theirs = theirs
        self.version = version


def refuse_stale(version: int, based_on: int, theirs: dict[str, Any]) -> None:
    """Raise `ChangedMeanwhile` unless the reader has seen the stored version."""
    if version != based_on:
        raise ChangedMeanwhile(theirs, version)
