"""T29: `X-Forwarded-For` counts only from a proxy that was named."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from tumar.site.proxies import trust_proxies


def seen(peer: str, **headers: str) -> HttpRequest:
    kept: list[HttpRequest] = []

    def page(request: HttpRequest) -> HttpResponse:
        kept.append(request)
        return HttpResponse()

    trust_proxies(page)(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))
    return kept[0]


@pytest.mark.parametrize(
    ("peer", "chain", "client"),
    [
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # a stranger's claim
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),  # our proxy's word
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # what the client put before it
        ("127.0.0.1", "198.51.100.1, 10.0.0.7", "198.51.100.1"),  # two proxies of ours
        ("127.0.0.1", "6.6.6.6, rubbish", "127.0.0.1"),  # a damaged chain
        ("127.0.0.1", "", "127.0.0.1"),  # asked from this machine itself
        ("", "198.51.100.1", ""),  # a socket without addresses
    ],
)
def test_the_client_is_the_first_stranger_from_the_right(
    settings: Settings, peer: str, chain: str, client: str
) -> None:
    settings.TUMAR_TRUSTED_PROXIES = ["127.0.0.1", "10.0.0.0/8"]

    request = seen(peer, HTTP_X_FORWARDED_FOR=chain)

    assert request.META["REMOTE_ADDR"] == client
    assert "HTTP_X_FORWARDED_FOR" not in request.META


@pytest.mark.parametrize(("peer", "secure"), [("127.0.0.1", True), ("203.0.113.5", False)])
def test_https_is_believed_only_from_our_proxy(settings: Settings, peer: str, secure: bool) -> None:
    settings.TUMAR_TRUSTED_PROXIES = ["127.0.0.1"]

    request = seen(peer, HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_HOST="evil.example")

    assert request.is_secure() is secure
    assert "HTTP_X_FORWARDED_HOST" not in request.META
