"""Who may import anonymous records, read statistics and carry them out of the house."""

from enum import StrEnum

from django.utils.translation import gettext as _

from tumar.access import ALLOWED, SYSTEM, Actor, Role, Verdict, denied, rule
from tumar.evidence.models.batch import READERS


class Act(StrEnum):
    IMPORT = "evidence.batch.import"
    READ = "evidence.statistics.read"
    EXPORT = "evidence.statistics.export"
    REBUILD = "evidence.tally.rebuild"


def _prepares_statistics(actor: Actor) -> Verdict:
    if actor is SYSTEM or actor.has(*READERS):
        return ALLOWED
    return denied(_("Only an analyst or the national coordinator may do this."))


@rule(Act.IMPORT)
def may_import(actor: Actor, thing: object) -> Verdict:
    """An analyst or the national coordinator may import anonymous records."""
    return _prepares_statistics(actor)


@rule(Act.READ)
def may_read_statistics(actor: Actor, thing: object) -> Verdict:
    """Everybody who has signed in may read statistics in which small counts are hidden."""
    if actor is SYSTEM or actor.has(*Role):
        return ALLOWED
    return denied(_("You have no role here that reads statistics."))


@rule(Act.EXPORT)
def may_export_statistics(actor: Actor, thing: object) -> Verdict:
    """An analyst or the national coordinator may download the statistics."""
    return _prepares_statistics(actor)


@rule(Act.REBUILD)
def may_count_again(actor: Actor, thing: object) -> Verdict:
    """An analyst or the national coordinator may have the cases counted again."""
    return _prepares_statistics(actor)
