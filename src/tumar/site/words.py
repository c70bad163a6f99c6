"""What the acts of the log are called, in words for whoever reads it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    # Accounts
    "access.user.add": _("Added a user"),
    "access.user.invite": _("Made a one-time link"),
    "access.user.disable": _("Disabled a user"),
    "access.role.grant": _("Gave a role"),
    "access.role.end": _("Ended a role"),
    "access.token.make": _("Made a key for a program"),
    "access.token.end": _("Ended a key for a program"),
    "access.invitation.use": _("Used a one-time link"),
    "access.log.read": _("Read the log"),
    "access.organisation.switch": _("Changed organisation"),
    "access.session.begin": _("Signed in"),
    "access.session.end": _("Signed out"),
    "access.password.change": _("Changed the password"),
    "access.directory.keep": _("Changed the directory"),
    "access.page.refuse": _("Came to a page that stayed closed"),
    # Persons
    "people.person.register": _("Registered a person"),
    "people.person.search": _("Searched for a person"),
    "people.person.list": _("Saw names in a list"),
    "people.identity.open": _("Opened an identity"),
    "people.identity.change": _("Changed an identity"),
    "people.photo.add": _("Added a photo"),
    "people.photo.open": _("Opened a photo"),
    "people.consent.open": _("Opened what was agreed"),
    "people.consent.ask": _("Wrote down an answer about consent"),
    "people.consent.narrow": _("Narrowed a consent"),
    "people.consent.withdraw": _("Wrote down a withdrawal"),
    "people.consent.expire": _("Marked a consent as over"),
    "people.ground.state": _("Stated a legal ground"),
    "people.grant.give": _("Let an organisation know a person"),
    "people.grant.end": _("Ended what an organisation may know"),
    "people.log.read": _("Asked who has looked at a person"),
    # Screenings
    "protection.screening.start": _("Began a screening"),
    "protection.screening.answer": _("Answered in a screening"),
    "protection.screening.finish": _("Finished a screening"),
    "protection.screening.stop": _("Stopped a screening"),
    "protection.screening.resume": _("Took up a screening again"),
    "protection.screening.open": _("Opened a screening"),
    "protection.screening.refer": _("Referred a person at once"),
    # Cases
    "protection.case.begin": _("Opened a new case"),
    "protection.case.open": _("Opened the page of a case"),
    "protection.case.list": _("Saw a list of cases"),
    "protection.case.warn": _("Changed how to reach a person safely"),
    "protection.case.assess": _("Assessed the risk"),
    "protection.case.assign": _("Assigned a case"),
    "protection.case.move": _("Moved a case on"),
    "protection.case.close": _("Closed a case"),
    "protection.case.reopen": _("Reopened a case"),
    "protection.note.write": _("Wrote a note"),
    "protection.note.correct": _("Corrected a note"),
    "protection.decision.record": _("Recorded a decision on status"),
    "protection.event.describe": _("Described what happened"),
    "protection.need.add": _("Noted a need"),
    "protection.need.meet": _("Marked a need as met"),
    "protection.plan.agree": _("Changed a plan"),
    "protection.goal.add": _("Added a goal"),
    "protection.goal.move": _("Moved a goal on"),
    "protection.service.offer": _("Offered a service"),
    "protection.service.move": _("Moved a service on"),
    "protection.task.add": _("Added a task"),
    "protection.task.finish": _("Finished a task"),
    # Referrals
    "protection.referral.send": _("Sent a referral"),
    "protection.referral.open": _("Opened a referral"),
    "protection.referral.receive": _("Confirmed a referral"),
    "protection.referral.accept": _("Accepted a referral"),
    "protection.referral.begin": _("Began work on a referral"),
    "protection.referral.decline": _("Declined a referral"),
    "protection.referral.cancel": _("Withdrew a referral"),
    "protection.referral.complete": _("Completed a referral"),
    "protection.referral.expire": _("Marked a referral as expired"),
    # Files
    "protection.exchange.import": _("Imported cases from a file"),
    "protection.exchange.export": _("Exported cases to a file"),
    "protection.exchange.identify": _("Exported identities to a file"),
    # Statistics
    "evidence.batch.import": _("Imported records"),
    "evidence.statistics.read": _("Read statistics"),
    "evidence.statistics.export": _("Downloaded statistics"),
    "evidence.tally.rebuild": _("Counted the cases again"),
}


def words_of(event: str) -> str | Promise:
    """An act in words; its code where nobody has found words yet."""
    return WORDS.get(event, event)
