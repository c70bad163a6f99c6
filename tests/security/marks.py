"""A mark of a page of a list, as the house itself makes it for some reader."""

from tests.factories import actor_of
from tumar.access.models import Membership
from tumar.protection.models import CaseAccess
from tumar.ui.lists.keyset import Order, read


def mark_of(member: Membership) -> str:
    """Where the second page of this member's desk begins, one row a page."""
    rows = CaseAccess.objects.visible_to(actor_of(member)).filter(is_open=True)
    mark = read(rows, Order.of("due_on"), 1).after
    assert mark
    return mark
