"""`tumar hourly`: what time brings about by itself; run by a timer."""

import typer

from tumar.site.cli.starting import start_django


def hourly() -> None:
    """End answers and referrals whose time is over, and count the cases again.

    Example: tumar hourly
    """
    start_django()
    from django.utils import timezone

    from tumar.evidence.jobs import refresh_case_tallies
    from tumar.people.commands import expire_consents
    from tumar.protection.commands import expire_referrals

    now = timezone.now()
    consents, referrals = expire_consents(at=now), expire_referrals(at=now)
    refresh_case_tallies()
    typer.echo(f"{consents} answers and {referrals} referrals ended; the cases are counted.")
