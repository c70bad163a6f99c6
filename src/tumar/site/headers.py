"""What every answer tells the browser, beyond what Django's own middleware says."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOTHING = "()"  # an empty list of origins: not even our own pages may use it
UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{each}={NOTHING}" for each in UNUSED),
    "X-Robots-Tag": "noindex, nofollow",
}


def harden(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Close what no page needs, and let no browser keep a page.

    Only static files say themselves how long they may be kept; they are the same for everybody.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in ALWAYS.items():
            response.headers[name] = value
        if not _is_public_file(response):
            response.headers["Cache-Control"] = "no-store"
        response.headers.pop("Server", None)
        return response

    return middleware


def _is_public_file(response: HttpResponse) -> bool:
    return "public" in response.headers.get("Cache-Control", "")
