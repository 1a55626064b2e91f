"""The header fields of a request as one list, for clients that write every field the same way."""

from __future__ import annotations

from core.render.body import content_type
from core.request import Pairs, Request


def all_headers(request: Request) -> list[tuple[str, str]]:
    """Cookies first, then the headers in their order, the content type last: as API Pack has them.

    >>> all_headers(Request.from_url("GET", "https://example.com", cookies=(("sid", "1"),)))
    [('cookie', 'sid=1')]
    """
    pairs = list(request.headers)
    if request.cookies:
        pairs.insert(0, ("cookie", request.cookie))
    if request.body is not None:
        pairs.append(("content-type", content_type(request.body)))
    return pairs


def in_published_order(headers: Pairs) -> Pairs:
    """Headers by name, capitals first, as API Pack has them in curl and PHP.

    >>> in_published_order((("content-type", "text/plain"), ("X-Trace", "1")))
    (('X-Trace', '1'), ('content-type', 'text/plain'))
    """
    return tuple(sorted(headers))
