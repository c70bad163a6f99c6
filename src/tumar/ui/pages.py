"""Answer with a whole page, or with the part htmx asked for."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.template.response import TemplateResponse

from tumar.access.http import Request


def show(
    request: Request,
    template: str,
    context: Mapping[str, object],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render `template`; for an htmx request, only its partial `part`.

    The part is defined inside the page's own template, so the two cannot drift apart. No answer
    is kept by the browser: the next person at a shared computer must not find it.

    Args:
        part: the partial's name; with its file before a "#" where it stands in a page that
            `template` extends.
    """
    name = template
    if part and _wants_part(request):
        # A partial is known only to the file it stands in, not to pages that extend it.
        name = part if "#" in part else f"{template}#{part}"
    headers = {"Vary": "HX-Request", "Cache-Control": "no-store"}
    return TemplateResponse(request, name, dict(context), status=status, headers=headers)


def _wants_part(request: Request) -> bool:
    asked = request.htmx
    return bool(asked) and not asked.boosted and not asked.history_restore_request
