"""What people chose for an API, as far as an operation has it; and calls that go there."""

from __future__ import annotations

import orjson
import pytest

from core.answer import Grounded
from core.connection import AS_WRITTEN, Connection, connection_of
from core.library import library_of
from core.openapi.document import Document, upload_document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.retrieval.retriever import Retriever
from core.store.api_choices import ApiChoices
from tests.core.shop import DOCUMENT

SERVERS = [
    {"url": "https://shop.example.com/v1"},
    {
        "url": "https://{region}.shop.example.com/{base}",
        "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}, "base": {"default": "v1"}},
    },
]
SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "token": {"type": "http", "scheme": "bearer"},
}
REGIONAL = SERVERS[1]["url"]


def document() -> Document:
    whole = {
        **DOCUMENT,
        "servers": SERVERS,
        "components": {"securitySchemes": SCHEMES},
        "security": [{"key": []}, {"token": []}],
    }
    return upload_document("shop.json", orjson.dumps(whole))


def operation() -> Operation:
    return next(each for each in operations(document()) if isinstance(each, Operation))


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (ApiChoices(), AS_WRITTEN),
        (ApiChoices("https://elsewhere.example"), AS_WRITTEN),
        (ApiChoices(SERVERS[0]["url"]), Connection("https://shop.example.com/v1")),
        (ApiChoices(REGIONAL), Connection("https://eu.shop.example.com/v1")),
        (ApiChoices(REGIONAL, {"region": "us"}), Connection("https://us.shop.example.com/v1")),
        (ApiChoices(REGIONAL, {"region": "moon"}), Connection("https://eu.shop.example.com/v1")),
        (ApiChoices(REGIONAL, {"base": "a b\n"}), Connection("https://eu.shop.example.com/v1")),
        (ApiChoices(REGIONAL, {"other": "x"}), Connection("https://eu.shop.example.com/v1")),
        (ApiChoices(security=["token"]), Connection(security=1)),
        (ApiChoices(security=["gone"]), AS_WRITTEN),
        (ApiChoices(environment={"key": "K"}), Connection(environment={"key": "K"})),
        (ApiChoices(environment={"token": "T"}), AS_WRITTEN),
        (ApiChoices(environment={"key": "sk-12 3"}), AS_WRITTEN),
    ],
)
def test_choices_hold_as_far_as_an_operation_has_them(
    kept: ApiChoices, expected: Connection
) -> None:
    assert connection_of(operation(), kept) == expected


def test_an_answer_goes_where_people_chose() -> None:
    library = library_of([document()])
    chosen = ApiChoices(REGIONAL, {"region": "us"}, ["token"], {"token": "SHOP_TOKEN"})
    (api,) = {entry.api for entry in library.entries}
    engine = Grounded(Retriever(library.entries), library.find, lambda: {api: chosen})
    call = engine.answer("delete pet 7").call
    assert call is not None
    assert call.request.url == "https://us.shop.example.com/v1/pets/7"
    assert dict(call.request.headers) == {"Authorization": "Bearer REPLACE_SHOP_TOKEN"}
    assert call.verdict.is_legal
