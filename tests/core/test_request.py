"""A request is what goes on the wire, in one spelling; what cannot go there is refused in words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RequestError
from core.request import (
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    canonical_json,
    json_body,
)
from tests.core.strategies import json_values, requests

URL = "https://api.example.com/pets"
GET = Request.from_url("GET", URL)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://api.example.com", "https://api.example.com/"),
        ("https://api.example.com?limit=5", "https://api.example.com/?limit=5"),
        ("HTTPS://api.example.com/a", "https://api.example.com/a"),
        ("http://localhost:8080/a", "http://localhost:8080/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("https://api.example.com/a b/é", "https://api.example.com/a%20b/%C3%A9"),
        ("https://api.example.com/%7Bid%7d", "https://api.example.com/%7Bid%7D"),
        ("https://api.example.com/a#part", "https://api.example.com/a"),
        ("https://api.example.com/a?b=1#part?c", "https://api.example.com/a?b=1"),
        ("https://api.example.com/a?b&c=", "https://api.example.com/a?b&c="),
        ("https://api.example.com/a?", "https://api.example.com/a"),
        ("https://REPLACE_host/a", "https://REPLACE_host/a"),
    ],
)
def test_urls_as_people_write_them(url: str, wanted: str) -> None:
    assert Request.from_url("GET", url).url == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{URL}?tag=a%20b", f"{URL}?tag=a b"),
        (f"{URL}?tag=%61", f"{URL}?tag=a"),
        (f"{URL}/%7euser", f"{URL}/~user"),
        (f"{URL}/%c3%a9", f"{URL}/é"),
        (f"{URL}?a=1&&b=2", f"{URL}?a=1&b=2"),
    ],
)
def test_urls_that_mean_the_same_are_equal(one: str, other: str) -> None:
    assert Request.from_url("GET", one) == Request.from_url("GET", other)
    assert hash(Request.from_url("GET", one)) == hash(Request.from_url("GET", other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{URL}?flag", f"{URL}?flag="),
        (f"{URL}?a=%2B", f"{URL}?a=+"),
        (f"{URL}/a%2Fb", f"{URL}/a/b"),
        (f"{URL}?a=1&b=2", f"{URL}?b=2&a=1"),
        (URL, f"{URL}/"),
    ],
)
def test_urls_that_differ_on_the_wire_are_different(one: str, other: str) -> None:
    assert Request.from_url("GET", one) != Request.from_url("GET", other)


def test_headers_mean_the_same_in_any_order_and_case() -> None:
    one, other, third = (
        Request.from_url("GET", "https://example.com", headers=headers)
        for headers in (
            (("X-A", "1"), ("X-B", "2")),
            (("x-b", "2"), ("x-a", "1")),
            (("X-A", "2"), ("X-B", "1")),
        )
    )
    assert one == other
    assert hash(one) == hash(other)
    assert one != third
    assert one.headers[0] == ("X-A", "1")


def test_the_parts_of_a_url() -> None:
    request = Request.from_url("GET", f"{URL}/1?a=b&c", query=(("d", "e"),))
    assert request.base_url == "https://api.example.com/pets/1"
    assert request.target == "/pets/1?a=b&c&d=e"
    assert request.query == (("a", "b"), ("c", None), ("d", "e"))


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("/pets", "must begin with https:// or http://"),
        ("api.example.com/pets", "must begin with https:// or http://"),
        ("https:///pets", "names no host"),
        ("https://a b/pets", "names no host"),
        ("ftp://example.com/a", "takes https:// or http://"),
        ("https://user:secret@example.com/a", "takes https:// or http://"),
        ("https://exa<mple.com/a", "takes https:// or http://"),
        ("https://example.com/\ud800", "half of a surrogate pair"),
    ],
)
def test_urls_that_lead_nowhere_are_refused(url: str, sentence: str) -> None:
    with pytest.raises(RequestError, match=sentence):
        Request.from_url("GET", url)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"method": "GET IT"}, "is not an HTTP method"),
        ({"method": ""}, "is not an HTTP method"),
        ({"path": "pets"}, "not in normal wire form"),
        ({"path": "/a b"}, "not in normal wire form"),
        ({"path": "/%7e"}, "not in normal wire form"),
        ({"query": (("a b", "1"),)}, "not in normal wire form"),
        ({"query": (("a=b", "1"),)}, "holds a raw “=”"),
        ({"query": (("a", "&"),)}, "not in normal wire form"),
        ({"headers": (("X A", "1"),)}, "is not a header name"),
        ({"headers": (("", "1"),)}, "is not a header name"),
        ({"headers": (("X-A", "é"),)}, "visible ASCII"),
        ({"headers": (("X-A", "a\nb"),)}, "visible ASCII"),
        ({"headers": (("X-A", " a"),)}, "visible ASCII"),
        ({"headers": (("X-A", "1"), ("x-a", "2"))}, "given twice"),
        ({"headers": (("Cookie", "a=1"),)}, "cookies and the body say it"),
        ({"headers": (("content-type", "a/b"),)}, "cookies and the body say it"),
        ({"headers": (("Content-Length", "1"),)}, "cookies and the body say it"),
        ({"cookies": (("a", "1;2"),)}, "would split it"),
        ({"cookies": (("a=b", "1"),)}, "would split it"),
        ({"cookies": (("a", "é"),)}, "visible ASCII"),
    ],
)
def test_what_cannot_be_sent_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RequestError, match=sentence):
        replace(GET, **changes)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (JsonBody("1", "json"), "is not a media type"),
        (JsonBody("1", "text/plain"), "A body of JSON cannot be sent as “text/plain”"),
        (FormBody((), "application/json"), "A body of a form cannot be sent"),
        (FormBody((("a", "\0"),)), "NUL"),
        (FormBody((("a", "\ud800"),)), "half of a surrogate pair"),
        (MultipartBody((), "application/json"), "A body of parts cannot be sent"),
        (MultipartBody((), "multipart/form-data; boundary=x"), "A body of parts cannot be sent"),
        (MultipartBody((Part("a", None),)), "either a text or a file"),
        (MultipartBody((Part("a", "x", "y.png"),)), "either a text or a file"),
        (MultipartBody((Part('a"', "x"),)), "holds a quote"),
        (MultipartBody((Part("a", None, "x;y"),)), "cannot be a file name"),
        (MultipartBody((Part("a", "x", None, "png"),)), "is not a media type"),
        (TextBody("a\0", "text/plain"), "NUL"),
        (TextBody('{"a":1}', "application/json"), "A body of plain text cannot be sent"),
        (TextBody("a=1", "application/x-www-form-urlencoded"), "A body of plain text cannot"),
        (TextBody("--x", "multipart/mixed"), "A body of plain text cannot"),
        (FileBody(""), "cannot be a file name"),
        (FileBody("-"), "cannot be a file name"),
        (FileBody("a\nb"), "cannot be a file name"),
    ],
)
def test_bodies_have_one_spelling_each(body: Any, sentence: str) -> None:
    with pytest.raises(RequestError, match=sentence):
        replace(GET, body=body)


@pytest.mark.parametrize(
    "body",
    [
        JsonBody("null"),
        JsonBody("[]", "application/merge-patch+json"),
        FormBody((("", ""),)),
        MultipartBody((Part("a", ""), Part("a", None, "x.png", "image/png"))),
        MultipartBody((), "multipart/mixed"),
        TextBody("", "text/plain"),
        TextBody("{not json", "application/json"),
        FileBody("photo.png", "image/png"),
    ],
)
def test_bodies_that_can_be_sent(body: Any) -> None:
    assert replace(GET, body=body).body == body


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ({"b": 1, "a": [True, None]}, '{"b":1,"a":[true,null]}'),
        (1.0, "1"),
        (-0.0, "0"),
        (1e16, "10000000000000000"),
        (1e21, "1e+21"),
        (0.1, "0.1"),
        (12345678901234567890, "12345678901234567890"),
        ("1.0 \u2028 é", '"1.0 \u2028 é"'),
        ({"1.0": 2.0}, '{"1.0":2}'),
        ([], "[]"),
    ],
)
def test_json_has_one_spelling(value: Any, wanted: str) -> None:
    assert canonical_json(value) == wanted


def test_one_is_not_true() -> None:
    assert json_body(1) != json_body(True)
    assert json_body({"a": 1}) == json_body({"a": 1.0})


def _nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), "\ud800", {"a": {1, 2}}, _nested(100_000)]
)
def test_what_json_cannot_say_is_refused(value: Any) -> None:
    with pytest.raises(RequestError, match="cannot be written as JSON"):
        json_body(value)


@given(json_values)
def test_canonical_json_is_canonical(value: Any) -> None:
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


@given(requests)
def test_a_request_is_what_its_url_says(request: Request) -> None:
    again = Request.from_url(
        request.method,
        request.url,
        headers=request.headers,
        cookies=request.cookies,
        body=request.body,
    )
    assert again == request
    assert hash(again) == hash(request)


@given(st.text(), st.text())
def test_headers_hold_what_is_accepted_or_it_is_refused(name: str, value: str) -> None:
    try:
        request = replace(GET, headers=((name, value),))
    except RequestError:
        return
    name.encode("ascii")
    assert request.headers == ((name, value),)
    assert "\n" not in value
    assert "\r" not in value
