"""What every language's parser leaves to the end: from what was said to one request."""

from __future__ import annotations

import pytest

from core.parse.call import (
    Call,
    FormValue,
    JsonValue,
    Parsed,
    PartsValue,
    PartValue,
    basic_credentials,
    finish,
)
from core.parse.value import FileContent, Mixed, Unknown, Value, as_json, concatenated
from core.request import (
    Body,
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    json_body,
)

URL = "https://a.example/c"
X = Unknown("get(x)", 3, 7)
FORM = "application/x-www-form-urlencoded"


def sent(**call: object) -> Parsed:
    return finish(Call(**{"method": "GET", "url": URL, **call}))  # type: ignore[arg-type]


def test_headers_have_one_form() -> None:
    parsed = sent(
        headers=[
            ("X-A", " 1 "),
            ("x-a", "2"),
            ("Cookie", "a=1; b=2;c"),
            ("Content-Type", "text/plain"),
            ("content-length", "9"),
        ],
        cookies=[("d", "4")],
    )
    assert parsed.request == Request.from_url(
        "GET",
        URL,
        headers=(("X-A", "1, 2"),),
        cookies=(("d", "4"), ("a", "1"), ("b", "2"), ("c", "")),
    )


def test_query_pairs_are_encoded_and_stand_behind_the_url() -> None:
    parsed = sent(url=URL + "?z=%c3%A9#top", query=[("a b", "c&d"), ("f", None), ("x", X)])
    assert parsed == Parsed(Request.from_url("GET", f"{URL}?z=é&a%20b=c%26d&f&x=REPLACE_x"), (X,))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (Mixed((X, "/c?at=https://b.example")), "https://REPLACE_x/c?at=https://b.example"),
        (Mixed((X, "://a.example")), None),
        (Mixed(("https://", X, ".a.example")), "https://REPLACE_x.a.example"),
        ("/c", None),
        (X, None),
    ],
)
def test_url_with_a_hole(url: Value, expected: str | None) -> None:
    parsed = sent(url=url)
    assert (parsed.request.url if parsed.request else None) == (
        None if expected is None else Request.from_url("GET", expected).url
    )
    assert bool(parsed.reason) == (expected is None)


BODIES: dict[str, tuple[object, Value, Body | None]] = {
    "none": (None, "text/plain", None),
    "nothing": ("", None, None),
    "empty text": ("", "text/plain", TextBody("", "text/plain")),
    "empty form": ("", FORM, FormBody(())),
    "JSON text": (' {"a": 1.0} ', "application/json", json_body({"a": 1})),
    "no JSON text": ('{"a":', "application/json", TextBody('{"a":', "application/json")),
    "JSON text without type": ("{}", None, TextBody("{}", "text/plain")),
    "JSON": (JsonValue({"a": [X, None]}), None, json_body({"a": ["REPLACE_x", None]})),
    "JSON as text": (JsonValue([1]), "text/plain", TextBody("[1]", "text/plain")),
    "JSON with holes": (
        Mixed(('{"a":"b\\"', X, '","c":', X, "}")),
        "application/vnd.api+json",
        JsonBody('{"a":"b\\"REPLACE_x","c":"REPLACE_x"}', "application/vnd.api+json"),
    ),
    "JSON that is one hole": (X, "application/json", json_body("REPLACE_x")),
    "form": (FormValue([("a b", X)]), None, FormBody((("a b", "REPLACE_x"),))),
    "form as text": (FormValue([("a", "ü&")]), "text/plain", TextBody("a=%C3%BC%26", "text/plain")),
    "form text": ("a+b=%C3%BC&c", FORM, FormBody((("a b", "ü"), ("c", "")))),
    "file": (FileContent("x.png"), None, FileBody("x.png")),
    "file of unknown name": (FileContent(X), "image/png", FileBody("REPLACE_x", "image/png")),
    "parts": (
        PartsValue(
            [PartValue("a", X), PartValue("f", FileContent("/x.png"), "y.png", "image/png")]
        ),
        "multipart/form-data; boundary=abc",
        MultipartBody((Part("a", "REPLACE_x"), Part("f", None, "y.png", "image/png"))),
    ),
    "parts written out": (
        concatenated("--", X, '\nContent-Disposition: form-data; name="a"\n\n1\n--', X, "--"),
        Mixed(('multipart/mixed; boundary="', X, '"; v=1')),
        MultipartBody((Part("a", "1"),), "multipart/mixed; v=1"),
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_body_is_what_its_type_says(name: str) -> None:
    body, content_type, expected = BODIES[name]
    headers = [] if content_type is None else [("Content-Type", content_type)]
    parsed = sent(method="POST", body=body, headers=headers)
    assert parsed.request is not None
    assert parsed.request.body == expected


def test_every_unknown_is_listed_once_in_source_order() -> None:
    first, second = Unknown("a", 1, 9), Unknown("b", 2, 3)
    parsed = sent(url=Mixed((URL, "/", second, first)), headers=[("X", second), ("Y", first)])
    assert parsed.unknowns == (first, second)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ({"url": None}, "No call to a URL was found"),
        ({"url": X}, "The URL is not stated in the code (line 3: “get(x)”)"),
        ({"method": X}, "The method is not stated in the code (line 3: “get(x)”)"),
        ({"url": "ftp://a.example"}, "it takes https:// or http://"),
        ({"headers": [("X", "a\nb")]}, "only visible ASCII"),
        ({"body": JsonValue(float("nan")), "method": "POST"}, "cannot be written as JSON"),
    ],
)
def test_reason_says_why_there_is_no_request(call: dict[str, object], reason: str) -> None:
    parsed = sent(**call)
    assert parsed.request is None
    assert reason in parsed.reason


def test_credentials() -> None:
    assert basic_credentials("Aladdin", "open sesame") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    assert basic_credentials("me", Mixed(("a", X))) == Mixed(("Basic ", X))


def test_json_text_keeps_its_holes() -> None:
    assert as_json({"a": X, "b": ["\0", 'q"', Mixed(("y", X))]}) == Mixed(
        ('{"a":"', X, '","b":["\\u0000","q\\"","y', X, '"]}')
    )
