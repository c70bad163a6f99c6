"""The list of screenings, and what each result means in a word."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.protection.lists.referral import STATE_TONES
from tumar.protection.models import Referral, Screening
from tumar.reference.codelists import code_list
from tumar.ui.lists import Column, Filter, Listing
from tumar.ui.parts import Badge, Lines

# Short forms of rules.RESULT_WORDS for a cell; never a word about who the person is.
RESULT_SHORT: dict[str, str | Promise] = {
    "indications_of_trafficking": _("Signs in recruitment, destination and exploitation"),
    "deception_and_exploitation": _("Signs of deception and exploitation"),
    "exploitation_labour_rights": _("Signs of exploitation"),
    "signs_without_pattern": _("Some signs, no pattern"),
    "insufficient_information": _("Too little known yet"),
    "no_verified_rule": _("Signs listed, no rule applied"),
}

STATE_BADGES: dict[str, Badge] = {
    "draft": Badge(_("Not finished"), "warn", "pencil"),
    "finished": Badge(_("Finished"), "ok", "check"),
    "stopped": Badge(_("Stopped"), "neutral", "hand-stop"),
}


def with_what_became(screenings: QuerySet[Screening], actor: Actor) -> QuerySet[Screening]:
    """Each with the state of its latest referral as `became`, in the same query."""
    sent = Referral.objects.visible_to(actor).filter(
        sender=actor.organisation_id, case__screening=OuterRef("pk")
    )
    latest = sent.order_by("-made_at").values("state")[:1]
    return screenings.annotate(became=Subquery(latest))


def state_of(screening: Screening) -> Badge:
    """Its state, unless it is urgent and still open: then that comes first."""
    if screening.is_urgent and screening.state != "finished":
        return Badge(_("Urgent"), "danger", "alert-triangle")
    return STATE_BADGES[screening.state]


def _became(screening: Screening) -> Badge | str:
    state = getattr(screening, "became", None)
    if not state:
        return ""
    return Badge(code_list("referral_states").label(state), STATE_TONES.get(state, "neutral"))


def _outcome(screening: Screening) -> object:
    if screening.result:
        return RESULT_SHORT.get(screening.result, screening.result)
    return STATE_BADGES[screening.state].label


def _where(screening: Screening) -> Lines:
    place = code_list("screening_places").label(screening.place) if screening.place else ""
    return Lines(screening.ref, place)


def _begun(screening: Screening) -> str:
    return date_format(screening.started_at, "j M Y")


SCREENINGS = Listing(
    title=_("Screenings"),
    intro=_("Conversations your organisation has had. What was said is opened only inside."),
    columns=[
        Column(_("Screening"), _where, link=True),
        Column(_("Begun"), _begun, order="-started_at"),
        Column(_("Signs for"), lambda screening: screening.get_profile_display(), optional=True),
        Column(_("Outcome"), _outcome),
        Column(_("Referral"), _became),
        Column(_("State"), state_of, corner=True),
    ],
    filters=[
        Filter("open", _("Not finished"), lambda rows: rows.exclude(state="finished"), "state"),
        Filter("finished", _("Finished"), lambda rows: rows.filter(state="finished"), "state"),
        Filter("urgent", _("Urgent"), lambda rows: rows.filter(is_urgent=True), "state"),
    ],
    empty=_("No screening yet"),
    empty_hint=_("Begin one when you meet somebody who may need help. No name is needed."),
    empty_icon="clipboard-text",
)
