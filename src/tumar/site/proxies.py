"""Whose word counts about where a request came from: only a proxy we were told to trust."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Network = IPv4Network | IPv6Network
# Nothing of ours reads these; thrown away so that nothing ever can by mistake.
NEVER_BELIEVED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
)


def trust_proxies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the client's own address into REMOTE_ADDR, and drop what a stranger claims.

    A client can write anything into `X-Forwarded-For`, so it is read from the right: the first
    address there that is no proxy of ours is the client.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        for name in NEVER_BELIEVED:
            request.META.pop(name, None)
        chain = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        if _is_ours(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = _client(request.META["REMOTE_ADDR"], chain)
        else:
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return get_response(request)

    return middleware


def networks(texts: tuple[str, ...]) -> list[Network]:
    """The networks of `TUMAR_TRUSTED_PROXIES`.

    Raises:
        ValueError: a text is neither an address nor a network.
    """
    return [ip_network(text, strict=False) for text in texts]


@lru_cache
def _trusted(texts: tuple[str, ...]) -> list[Network]:
    return networks(texts)


def _is_ours(text: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in _trusted(tuple(settings.TUMAR_TRUSTED_PROXIES)))


def _client(nearest: str, chain: str) -> str:
    for text in reversed([part.strip() for part in chain.split(",") if part.strip()]):
        try:
            ip_address(text)
        except ValueError:
            return nearest  # a damaged chain: what is left of it was written by the client
        if not _is_ours(text):
            return text
        nearest = text
    return nearest
