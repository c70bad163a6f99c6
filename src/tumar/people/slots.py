"""Places that higher rooms fill: what else happens to a person, and what it is called."""

from collections.abc import Callable
from datetime import datetime

from django.utils.functional import Promise

from tumar.access import Actor
from tumar.people.models import Consent
from tumar.vault.models import DataKey

# Called inside the event, before it ends: whoever relied on this answer must let go.
ON_CONSENT_ENDED: list[Callable[[Actor, Consent, datetime], None]] = []

# The key of a screening the actor may continue from, so that what was said then stays hers;
# None if there is no such screening for them.
KEY_OF_SCREENING: list[Callable[[Actor, str], DataKey | None]] = []

# What the acts of higher rooms are called where a person is told who looked.
ACT_WORDS: dict[str, str | Promise] = {}
