"""A case found on the reader's desk, with all who work on it."""

from django.db.models import Exists, OuterRef

from tumar.access import Actor
from tumar.protection.models import Case, CaseAccess

OF_A_PAGE = (
    "organisation",
    "case__person",
    "case__lead",
    "case__worker",
    "case__screening",
    "case__plan",
    "case__event",
    "case__data_key",
)


def case_on_desk(actor: Actor, ref: str) -> Case | None:
    """The case with what its page needs and its active entries, in one query.

    Returns:
        None where the reader may not know of it, exactly as where there is none.
    """
    # Begins with the reference, which is one row, and never with the reader's whole desk:
    # PostgreSQL took nine seconds at a million cases the other way round.
    mine = CaseAccess.objects.visible_to(actor).filter(case=OuterRef("case"))
    entries = list(
        CaseAccess.objects.active()
        .filter(Exists(mine), case__ref=ref)
        .select_related(*OF_A_PAGE)
        .order_by("capacity", "pk")
    )
    if not entries:
        return None
    case = entries[0].case
    case.keep_accesses(entries)
    return case
