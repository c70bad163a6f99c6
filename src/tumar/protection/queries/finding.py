"""A case found on the reader's desk, with all who work on it."""

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
    on_desk = Case.objects.visible_to(actor).filter(ref=ref)
    entries = list(
        CaseAccess.objects.active()
        .filter(case__in=on_desk)
        .select_related(*OF_A_PAGE)
        .order_by("capacity", "pk")
    )
    if not entries:
        return None
    case = entries[0].case
    case.keep_accesses(entries)
    return case
