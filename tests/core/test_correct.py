"""An illegal call comes back legal, with what it said rightly."""

import pytest

from core.check import check
from core.correct import corrected
from core.request import Request, json_body
from tests.core.documents import pets

BASE = "https://api.pets.example/v1"
TOKEN = ("Authorization", "Bearer abc")


def call(method, path, *, headers=(TOKEN,), body=None, base=BASE):
    content = None if body is None else json_body(body)
    return Request.from_url(method, base + path, headers=tuple(headers), body=content)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (call("GET", "/pets?limt=5"), call("GET", "/pets?limit=5")),
        (call("GET", "/pets?limit=5&colour=red"), call("GET", "/pets?limit=5")),
        (call("GET", "/pets?limit=ten"), call("GET", "/pets")),
        (call("GET", "/pets", headers=(TOKEN, ("limit", "5"))), call("GET", "/pets?limit=5")),
        (call("GET", "/pets?limit=5", base="https://x.example/v1"), call("GET", "/pets?limit=5")),
        (
            call("GET", "/pets", headers=()),
            call("GET", "/pets", headers=(("Authorization", "Bearer REPLACE_token"),)),
        ),
        (
            call("POST", "/pets", body={"nam": "Rex", "age": "3", "colour": "red"}),
            call("POST", "/pets", body={"name": "Rex", "age": 3}),
        ),
        (
            call("DELETE", "/pets/7?api_key=k", headers=()),
            call("DELETE", "/pets/7?reason=adopted&api_key=REPLACE_key", headers=()),
        ),
    ],
    ids=lambda request: f"{request.method} {request.target}",
)
def test_what_is_right_is_kept_and_the_rest_mended(wrong, right):
    assert not check(wrong, pets()).is_legal
    made = corrected(wrong, pets())
    assert made == right
    assert check(made, pets()).is_legal


def test_where_nothing_is_like_it_there_is_no_correction():
    assert corrected(call("GET", "/zzzzzzzzzzzz/qqqqqqqqqqqqqqqqq"), pets()) is None
