"""Which group of facts each part of a case belongs to: what a referral shares or holds back."""

# Always part of a referral; without them nobody could help: needs in other domains, services,
# plan, tasks. Everything below is shown only to organisations that were granted the group.
SECTION_GROUP: dict[str, str] = {
    "identity": "identity",
    "contacts": "contact",
    "address": "location",
    "notes": "narrative",
    "event": "narrative",
    "screening": "narrative",
    "decisions": "legal",
}

NEED_GROUP: dict[str, str] = {
    "medical": "health",
    "psychosocial": "health",
    "disability": "health",
}

# What an organisation sees before it has accepted: enough to say yes or no, not who she is.
PREVIEW_FACTS = ("services", "urgency", "age_band", "sex", "languages", "interpreter")
