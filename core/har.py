"""A request as an HTTP Archive (HAR 1.2), the form that browsers and API tools import.

>>> entry = har(Request.from_url("GET", "https://example.com/pets?tag=a%20b"))["log"]["entries"][0]
>>> entry["request"]["queryString"]
[{'name': 'tag', 'value': 'a b'}]

HAR 1.2: http://www.softwareishard.com/blog/har-12-spec/
"""

from __future__ import annotations

from typing import Any

from core.request import Body, FileBody, FormBody, MultipartBody, Part, Request
from core.wire import decode

_NEVER_SENT: dict[str, Any] = {
    "startedDateTime": "1970-01-01T00:00:00.000Z",
    "time": 0,
    "cache": {},
    "timings": {"send": 0, "wait": 0, "receive": 0},
    "response": {
        "status": 0,
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "content": {"size": 0, "mimeType": "x-unknown"},
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
    },
}
"""What an archive must say of a call that nobody has made."""


def har(request: Request) -> dict[str, Any]:
    """An archive that holds the one request, without an answer."""
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "Callwright", "version": "1"},
            "entries": [{**_NEVER_SENT, "request": har_request(request)}],
        }
    }


def har_request(request: Request) -> dict[str, Any]:
    """The request alone. Its headers leave out what is said elsewhere: cookies and boundaries."""
    described: dict[str, Any] = {
        "method": request.method,
        "url": request.url,
        "httpVersion": "HTTP/1.1",
        "cookies": _pairs(request.cookies),
        "headers": _pairs(request.headers),
        "queryString": [
            {"name": decode(name), "value": decode(value or "")} for name, value in request.query
        ],
        "headersSize": -1,
        "bodySize": -1,
    }
    if request.body is not None:
        described["postData"] = _post_data(request.body)
        if not isinstance(request.body, MultipartBody):
            described["headers"] += _pairs((("Content-Type", request.body.media_type),))
    return described


def _post_data(body: Body) -> dict[str, Any]:
    """``params`` or ``text``, which exclude each other; a file's bytes are known by name only."""
    media_type = {"mimeType": body.media_type}
    if isinstance(body, FormBody):
        return {**media_type, "params": _pairs(body.pairs)}
    if isinstance(body, MultipartBody):
        return {**media_type, "params": [_part(part) for part in body.parts]}
    if isinstance(body, FileBody):
        return {**media_type, "text": "", "_fileName": body.filename}
    return {**media_type, "text": body.text}


def _part(part: Part) -> dict[str, str]:
    described = {
        "name": part.name,
        "value": part.value,
        "fileName": part.filename,
        "contentType": part.media_type,
    }
    return {member: text for member, text in described.items() if text is not None}


def _pairs(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]
