"""Screening, identification, cases, plans, services, referral."""
