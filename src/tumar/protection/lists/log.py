"""Who opened a case and what they did, in words, by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.access import Actor
from tumar.audit.models import Line
from tumar.people.policy import Act as PeopleAct
from tumar.protection.policy import Act

# Every act that can touch one person; a test insists that none is missing.
WORDS: dict[str, str | Promise] = {
    Act.START: gettext_lazy("Began a screening"),
    Act.ANSWER: gettext_lazy("Wrote answers in a screening"),
    Act.FINISH: gettext_lazy("Finished a screening"),
    Act.STOP: gettext_lazy("Stopped a screening"),
    Act.RESUME: gettext_lazy("Took up a screening again"),
    Act.OPEN_SCREENING: gettext_lazy("Opened a screening"),
    Act.REFER_URGENTLY: gettext_lazy("Referred urgently"),
    Act.OPEN_CASE: gettext_lazy("Began the case"),
    Act.LOOK: gettext_lazy("Opened the case"),
    Act.LIST: gettext_lazy("Listed cases"),
    Act.SET_SAFETY: gettext_lazy("Changed how to reach the person safely"),
    Act.ASSESS_RISK: gettext_lazy("Set the level of risk"),
    Act.ASSIGN: gettext_lazy("Assigned the case"),
    Act.MOVE: gettext_lazy("Moved the case to another state"),
    Act.CLOSE: gettext_lazy("Closed the case"),
    Act.REOPEN: gettext_lazy("Reopened the case"),
    Act.NOTE: gettext_lazy("Wrote a note"),
    Act.CORRECT: gettext_lazy("Corrected a note"),
    Act.DECIDE: gettext_lazy("Recorded a decision on status"),
    Act.DESCRIBE_EVENT: gettext_lazy("Described what happened"),
    Act.ADD_NEED: gettext_lazy("Noted a need"),
    Act.MEET_NEED: gettext_lazy("Marked a need as met"),
    Act.PLAN: gettext_lazy("Wrote the plan"),
    Act.ADD_GOAL: gettext_lazy("Added a goal"),
    Act.MOVE_GOAL: gettext_lazy("Moved a goal on"),
    Act.OFFER_SERVICE: gettext_lazy("Offered a service"),
    Act.MOVE_SERVICE: gettext_lazy("Moved a service on"),
    Act.ADD_TASK: gettext_lazy("Added a task"),
    Act.FINISH_TASK: gettext_lazy("Finished a task"),
    Act.REFER: gettext_lazy("Sent a referral"),
    Act.OPEN_REFERRAL: gettext_lazy("Opened a referral"),
    Act.RECEIVE: gettext_lazy("Confirmed that a referral arrived"),
    Act.ACCEPT: gettext_lazy("Accepted a referral"),
    Act.BEGIN: gettext_lazy("Began work on a referral"),
    Act.DECLINE: gettext_lazy("Declined a referral"),
    Act.CANCEL: gettext_lazy("Withdrew a referral"),
    Act.COMPLETE: gettext_lazy("Completed a referral"),
    Act.EXPIRE: gettext_lazy("Let a referral run out"),
    Act.IMPORT: gettext_lazy("Brought the record in from a file"),
    Act.EXPORT: gettext_lazy("Took the case out into a file"),
    Act.EXPORT_IDENTITY: gettext_lazy("Took the identity out into a file"),
    PeopleAct.REGISTER: gettext_lazy("Registered the person"),
    PeopleAct.SEARCH: gettext_lazy("Searched"),
    PeopleAct.LIST: gettext_lazy("Saw names in a list"),
    PeopleAct.OPEN: gettext_lazy("Opened the identity"),
    PeopleAct.CHANGE: gettext_lazy("Changed the identity"),
    PeopleAct.ADD_PHOTO: gettext_lazy("Added a photo"),
    PeopleAct.OPEN_PHOTO: gettext_lazy("Saw the photo"),
    PeopleAct.OPEN_CONSENTS: gettext_lazy("Read the answers on consent"),
    PeopleAct.ASK: gettext_lazy("Wrote down an answer on consent"),
    PeopleAct.NARROW: gettext_lazy("Narrowed a consent"),
    PeopleAct.WITHDRAW: gettext_lazy("Wrote down that consent was withdrawn"),
    PeopleAct.EXPIRE: gettext_lazy("Marked a consent as run out"),
    PeopleAct.STATE_LAW: gettext_lazy("Stated a legal ground"),
    PeopleAct.GRANT: gettext_lazy("Let an organisation know the person"),
    PeopleAct.END_GRANT: gettext_lazy("Ended what an organisation may know"),
    PeopleAct.WHO_LOOKED: gettext_lazy("Read who looked"),
}

ICONS = {"look": "eye", "act": "pencil", "denial": "ban"}


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log for a reader."""

    line: Line
    words: str
    user: str
    organisation: str
    icon: str

    @property
    def was_refused(self) -> bool:
        return self.line.kind == "denial"


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day, newest first."""

    on: date
    looks: Sequence[Look]


def days(
    lines: Iterable[Line],
    actor: Actor,
    *,
    users: Mapping[int, str],
    organisations: Mapping[int, str],
) -> list[Day]:
    """The log by day. Colleagues are named; of others only the organisation.

    Args:
        organisations: those whose part in the case the reader may know of; lines of others are
            left out.
    """
    known = [
        _look(line, actor, users, organisations)
        for line in sorted(lines, key=lambda line: (line.at, line.pk), reverse=True)
        if line.organisation_id in organisations
    ]
    return [
        Day(on, list(looks)) for on, looks in groupby(known, key=lambda look: look.line.at.date())
    ]


def _look(
    line: Line, actor: Actor, users: Mapping[int, str], organisations: Mapping[int, str]
) -> Look:
    is_own = line.organisation_id == actor.organisation_id
    return Look(
        line=line,
        words=str(WORDS.get(line.event, _("Did something else"))),
        user=users.get(line.user_id, "") if is_own else "",
        organisation=organisations[line.organisation_id],
        icon=ICONS[line.kind],
    )
