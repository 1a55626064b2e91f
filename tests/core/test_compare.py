"""Two calls are the same by meaning, and differences are told by place."""

import pytest

from core.compare import compare
from core.request import FormBody, MultipartBody, Part, Request, json_body

URL = "https://api.example.com/a"


def get(target="", **parts):
    return Request.from_url("GET", URL + target, **parts)


def post(body):
    return Request.from_url("POST", URL, body=body)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (get("?a=1&b=2"), get("?b=2&a=1")),
        (get("?a=x%3Ay"), get("?a=x:y")),
        (get("?a=1&a=2"), get("?a=2&a=1")),
        (get("/REPLACE_id"), get("/%7Bid%7D")),
        (get(headers=(("X-A", "1"), ("X-B", "2"))), get(headers=(("x-b", "2"), ("x-a", "1")))),
        (post(json_body({"a": 1, "b": [1.0]})), post(json_body({"b": [1], "a": 1}))),
        (post(json_body({"a": "REPLACE_x"})), post(json_body({"a": "SOME_STRING_VALUE"}))),
        (post(FormBody((("a", "1"), ("b", "2")))), post(FormBody((("b", "2"), ("a", "1"))))),
        (
            post(MultipartBody((Part("a", "1"), Part("f", None, "x.png")))),
            post(MultipartBody((Part("f", None, "x.png", "image/png"), Part("a", "1")))),
        ),
    ],
)
def test_the_same_call_in_another_spelling(one, other):
    assert compare(one, other) == []
    assert compare(other, one) == []


@pytest.mark.parametrize(
    ("got", "wanted", "place", "values"),
    [
        (get(), Request.from_url("PUT", URL), "method", ("GET", "PUT")),
        (get("/b"), get("/c"), "path", ("/a/b", "/a/c")),
        (get("?a=1"), get("?a=2"), "query a", ("1", "2")),
        (get("?a=1"), get("?b=1"), "query a", ("1", None)),
        (get("?a=1&a=1"), get("?a=1"), "query a", ("1, 1", "1")),
        (get(headers=(("X-A", "1"),)), get(), "header X-A", ("1", None)),
        (get(cookies=(("s", "1"),)), get(cookies=(("s", "2"),)), "cookie s", ("1", "2")),
        (post(json_body({"a": 1})), post(json_body({"a": True})), "body /a", ("1", "true")),
        (post(json_body({})), post(json_body({"a": {"b/c": 1}})), "body /a", (None, '{"b/c":1}')),
        (post(json_body([1])), post(json_body([1, 2])), "body", ("[1]", "[1,2]")),
        (
            post(json_body({"a": {"b/c": 1}})),
            post(json_body({"a": {"b/c": 2}})),
            "body /a/b~1c",
            ("1", "2"),
        ),
        (post(None), post(json_body({})), "body", (None, "{}")),
        (post(FormBody((("a", "1"),))), post(FormBody((("a", "2"),))), "body a", ("1", "2")),
    ],
)
def test_a_difference_says_where_and_what(got, wanted, place, values):
    found = compare(got, wanted)
    assert (found[0].place, (found[0].got, found[0].wanted)) == (place, values)


def test_another_media_type_is_a_difference():
    found = compare(post(json_body({})), post(json_body({}, "application/problem+json")))
    assert [difference.place for difference in found] == ["media type"]
