"""Addresses of referrals."""

from django.urls import URLPattern, path

from tumar.protection.views import refer, referral

REFERRAL_URLS: list[URLPattern] = [
    path("cases/<slug:ref>/refer/", refer.refer, name="refer"),
    path("referrals/", referral.inbox, name="inbox"),
    path("referrals/answered/", referral.answered, name="answered-referrals"),
    path("referrals/sent/", referral.sent, name="sent-referrals"),
    path("referrals/<slug:ref>/", referral.referral, name="referral"),
    path("referrals/<slug:ref>/receive/", referral.receive_referral, name="receive-referral"),
    path("referrals/<slug:ref>/accept/", referral.accept_referral, name="accept-referral"),
    path("referrals/<slug:ref>/decline/", referral.decline_referral, name="decline-referral"),
    path("referrals/<slug:ref>/begin/", referral.begin_referral, name="begin-referral"),
    path("referrals/<slug:ref>/complete/", referral.complete_referral, name="complete-referral"),
    path("referrals/<slug:ref>/withdraw/", referral.cancel_referral, name="withdraw-referral"),
]
