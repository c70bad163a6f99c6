"""What must be known to read an export: what is in it, what is not, and what the layout loses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

Line = tuple[str, str]


def notes(counts: Mapping[str, int], at: datetime, *, with_identity: bool) -> Iterator[Line]:
    """The lines of the sheet “Notes”: names and words."""
    yield _("Layout"), "Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0)"
    yield _("Written"), f"{at:%Y-%m-%d %H:%M} UTC"
    yield _("Cases"), str(counts["cases"])
    if with_identity:
        yield _("With identity"), str(counts["identified"])
        yield (
            _("Left blank"),
            _("%(n)s persons have not agreed that their identity leaves, so it was left blank.")
            % {"n": counts["withheld"]},
        )
    else:
        yield (
            _("Identities"),
            _("Names, birth dates, contacts, addresses and identity numbers were not asked for."),
        )
    yield (
        _("Never written"),
        _("Notes, accounts and objectives; contacts marked as not safe; who works on the case."),
    )
    yield from _lossy(counts)


def _lossy(counts: Mapping[str, int]) -> Iterator[Line]:
    yield "prs_FirstName", _("Holds the whole name: names are kept undivided, in any number.")
    yield "prs_Gender", _("Where only the sex is known, Feminine and Masculine stand for it.")
    yield "prs_Birthdate", _("Text where the day is not known: 2001-05, 2001, 200X; ~ is about.")
    yield "prs_Citizenship", _("XXA is stateless, XXX not yet determined (ICAO Doc 9303).")
    yield (
        "vic_TraffickingStatus",
        _("Potential and presumed are one value; under review, annulled and withdrawn have none."),
    )
    yield (
        "vic_MethodsOfControl",
        _(
            "The list has no RestrictsMovement: Other stands for it (%(n)s cases). Using children "
            "is ThreatensChildrenFamily."
        )
        % {"n": counts.get("restricts_movement", 0)},
    )
    yield "vic_LocationOfRecruitment", _("The country, as in vic_LocationOfExploitation.")
    yield "vic_ForcedLabourIndustry", _("The sector and those the forms of labour name.")
    yield "cas_Referred…", _("Only the latest referral each way: the layout has room for one.")
    yield "spl_PlannedEndDate", _("The day on which the plan is looked at again.")
    yield (
        "con_Consent",
        _(
            "One box: TRUE if the person agreed that the case is kept. For what else, to whom and "
            "until when she agreed cannot be said in this layout."
        ),
    )
