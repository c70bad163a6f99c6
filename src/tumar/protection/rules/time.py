"""How long things may take."""

from datetime import date, datetime, timedelta

NEVER = date.max  # "nothing is due": a date, so that lists can be ordered by it

# Hours to answer a referral, by urgency. Our own proposal until a country sets its own.
REPLY_WITHIN: dict[str, timedelta] = {
    "immediate": timedelta(hours=2),
    "today": timedelta(hours=12),
    "soon": timedelta(days=3),
    "routine": timedelta(days=7),
}

# A plan agreed with the person. Source: reporting.md §8, share of cases with a plan in 30 days.
PLAN_WITHIN = timedelta(days=30)


def reply_due(urgency: str, sent_at: datetime) -> datetime:
    """Until when an organisation should answer a referral."""
    return sent_at + REPLY_WITHIN[urgency]
