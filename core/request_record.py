"""A request as a JSON value and back, so that rows and files can hold it as it was.

>>> request_of(request_record(request)) == request
True
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from core.request import (
    Body,
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
)

_KINDS: dict[str, type[Body]] = {
    "json": JsonBody,
    "form": FormBody,
    "multipart": MultipartBody,
    "text": TextBody,
    "file": FileBody,
}
_KIND_OF = {body: kind for kind, body in _KINDS.items()}


def request_record(request: Request) -> dict[str, Any]:
    """The request as JSON can say it."""
    body = request.body
    return {
        "method": request.method,
        "scheme": request.scheme,
        "host": request.host,
        "path": request.path,
        "query": [list(pair) for pair in request.query],
        "headers": [list(pair) for pair in request.headers],
        "cookies": [list(pair) for pair in request.cookies],
        "body": None if body is None else {"kind": _KIND_OF[type(body)], **asdict(body)},
    }


def request_of(record: dict[str, Any]) -> Request:
    """The request that a record holds. Raises ``RequestError`` where it is none any more."""
    pairs = {name: _pairs(record[name]) for name in ("query", "headers", "cookies")}
    return Request(**{**record, **pairs, "body": _body(record["body"])})


def _body(record: dict[str, Any] | None) -> Body | None:
    if record is None:
        return None
    said = {name: value for name, value in record.items() if name != "kind"}
    if "pairs" in said:
        said["pairs"] = _pairs(said["pairs"])
    if "parts" in said:
        said["parts"] = tuple(Part(**part) for part in said["parts"])
    return _KINDS[record["kind"]](**said)


def _pairs(listed: list[list[Any]]) -> tuple[Any, ...]:
    return tuple((name, value) for name, value in listed)
