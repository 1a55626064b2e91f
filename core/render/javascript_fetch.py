"""JavaScript with ``fetch``, for browsers: a module, or what a console runs."""

from __future__ import annotations

from core.render import fetch
from core.render.javascript_body import BROWSER
from core.request import Request

_COOKIE_NOTE = (
    "// Browsers send the cookies that they hold for this host and drop the Cookie header."
)


def render(request: Request) -> str:
    if not request.cookies:
        return fetch.call(request, BROWSER)
    call = fetch.call(request, BROWSER, options=('credentials: "include"',))
    return f"{_COOKIE_NOTE}\n{call}"
