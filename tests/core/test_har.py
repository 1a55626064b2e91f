"""An archive says everything that the request says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.errors import RequestError
from core.har import har, har_request
from core.request import (
    Body,
    FileBody,
    FormBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    json_body,
)
from tests.core.render.requests import REQUESTS


def request_of(described: dict[str, Any]) -> Request:
    """The request that an archive's ``request`` object describes."""
    return Request.from_url(
        described["method"],
        described["url"],
        headers=tuple(
            (header["name"], header["value"])
            for header in described["headers"]
            if header["name"] != "Content-Type"
        ),
        cookies=tuple((cookie["name"], cookie["value"]) for cookie in described["cookies"]),
        body=body_of(described["postData"]) if "postData" in described else None,
    )


def body_of(data: dict[str, Any]) -> Body:
    media_type = data["mimeType"]
    if "_fileName" in data:
        return FileBody(data["_fileName"], media_type)
    if media_type.startswith("multipart/"):
        return MultipartBody(tuple(part_of(part) for part in data["params"]), media_type)
    if "params" in data:
        return FormBody(tuple((pair["name"], pair["value"]) for pair in data["params"]), media_type)
    try:
        return json_body(json.loads(data["text"]), media_type)
    except (ValueError, RequestError):
        return TextBody(data["text"], media_type)


def part_of(param: dict[str, str]) -> Part:
    return Part(param["name"], param.get("value"), param.get("fileName"), param.get("contentType"))


@pytest.mark.parametrize("name", REQUESTS)
def test_request_comes_back_from_its_archive(name: str) -> None:
    assert request_of(har_request(REQUESTS[name])) == REQUESTS[name]


def test_query_is_decoded_and_a_flag_is_empty() -> None:
    described = har_request(Request.from_url("GET", "https://example.com/a?q=a%20%26b&flag"))
    assert described["queryString"] == [
        {"name": "q", "value": "a &b"},
        {"name": "flag", "value": ""},
    ]
    assert described["url"] == "https://example.com/a?q=a%20%26b&flag"


def test_content_type_is_a_header_but_no_boundary_is_invented() -> None:
    text = har_request(
        Request.from_url("POST", "https://example.com", body=TextBody("a", "text/plain"))
    )
    parts = har_request(
        Request.from_url("POST", "https://example.com", body=MultipartBody((Part("a", "b"),)))
    )
    assert text["headers"] == [{"name": "Content-Type", "value": "text/plain"}]
    assert parts["headers"] == []
    assert parts["postData"]["params"] == [{"name": "a", "value": "b"}]


def test_archive_has_what_version_1_2_requires() -> None:
    log = har(Request.from_url("GET", "https://example.com/"))["log"]
    assert log["version"] == "1.2"
    assert {"name", "version"} <= log["creator"].keys()
    (entry,) = log["entries"]
    assert entry.keys() >= {"startedDateTime", "time", "request", "response", "cache", "timings"}
    assert entry["response"].keys() == {
        *("status", "statusText", "httpVersion", "cookies", "headers", "content"),
        *("redirectURL", "headersSize", "bodySize"),
    }
