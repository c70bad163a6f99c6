"""Places that higher rooms fill: what else belongs on the page of a case."""

from collections.abc import Callable

from django.utils.safestring import SafeString

from tumar.access import Actor
from tumar.protection.models import Case

Panel = Callable[[Actor, Case], SafeString]

# Each gives a whole card, or nothing for readers it does not concern.
CASE_PANELS: list[Panel] = []
