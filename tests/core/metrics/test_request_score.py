"""A call beside the wanted one: each part apart, and the document's word."""

from __future__ import annotations

import pytest

from core.build import Choices, build
from core.known_documents import KnownDocuments
from core.metrics.request_score import Counts, Wanted, abstained, score
from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.request import Request, json_body
from core.values import PlaceholderValues
from tests.core.documents import PETS

PETS_DOCUMENT = Document(PETS)
OTHER = Document(
    {
        "openapi": "3.1.0",
        "info": {"title": "Other", "version": "1"},
        "servers": [{"url": "https://other.example"}],
        "paths": {"/things": {"get": {}}},
    }
)
KNOWN = KnownDocuments([PETS_DOCUMENT, OTHER])
TOKEN = (("Authorization", "Bearer REPLACE_token"),)


def find(label: str) -> Operation:
    listed = operations(PETS_DOCUMENT)
    return next(each for each in listed if isinstance(each, Operation) and each.label == label)


def wanted(label: str, **arguments: object) -> Wanted:
    operation = find(label)
    values = PlaceholderValues(PETS_DOCUMENT)
    made = build(operation, values, arguments=arguments, choices=Choices(required_only=True))
    return Wanted(operation, made.request)


LIST = wanted("GET /pets", query={"limit": 5})


def get(target: str, host: str = "https://api.pets.example/v1", method: str = "GET") -> Request:
    return Request.from_url(method, f"{host}{target}", headers=TOKEN)


def test_wanted_call_is_right() -> None:
    found = score(LIST.request, LIST, KNOWN)
    assert found.status == "right" and found.operation and found.is_legal
    assert found.parameters["query"] == Counts(1, 1, 1)
    assert found.security is True and found.body is None


@pytest.mark.parametrize(
    ("given", "status", "right"),
    [
        (get("/pets?limit=6"), "legal but different", {"method", "host", "path", "operation"}),
        (get("/pets?limit=5&offset=1"), "illegal", {"method", "host", "path", "operation"}),
        (get("/pets?max=5"), "illegal", {"method", "host", "path", "operation"}),
        (get("/pets?limit=5", method="PUT"), "illegal", {"host", "path"}),
        (get("/pets", method="POST"), "illegal", {"host", "path"}),
        (get("/pets/7"), "legal but different", {"method", "host"}),
        (get("/cats"), "illegal", {"method", "host"}),
        (get("/things", "https://other.example"), "legal but different", {"method"}),
        (
            get("/pets?limit=5", "https://pets.example/v1"),
            "illegal",
            {"method", "path", "operation"},
        ),
    ],
)
def test_wrong_calls_are_told_apart(given: Request, status: str, right: set[str]) -> None:
    found = score(given, LIST, KNOWN)
    assert found.status == status
    names = ("method", "host", "path", "operation")
    assert {name for name in names if getattr(found, name)} == right
    assert found.is_invented == (given.path == "/v1/cats")


def test_parameters_are_counted_with_their_values() -> None:
    found = score(get("/pets?limit=6&tags=a&tags=b"), LIST, KNOWN)
    assert found.parameters["query"] == Counts(0, 3, 1)
    one = wanted("GET /pets/{petId}", path={"petId": 7})
    assert score(get("/pets/7"), one, KNOWN).parameters["path"] == Counts(1, 1, 1)
    assert score(get("/pets/8"), one, KNOWN).parameters["path"] == Counts(0, 1, 1)


def test_members_of_a_body_are_counted_one_by_one() -> None:
    add = wanted("POST /pets", body={"name": "Rex", "age": 3})
    given = Request.from_url(
        "POST",
        "https://api.pets.example/v1/pets",
        headers=TOKEN,
        body=json_body({"age": 3, "name": "Max"}),
    )
    found = score(given, add, KNOWN)
    assert found.parameters["body"] == Counts(1, 2, 2)
    assert found.body is False


def test_missing_credential_is_told() -> None:
    bare = Request.from_url("GET", "https://api.pets.example/v1/pets?limit=5")
    assert score(bare, LIST, KNOWN).security is False


def test_code_without_a_call_has_what_was_wanted_only() -> None:
    for found, status in ((score(None, LIST, KNOWN), "no call"), (abstained(LIST), "no answer")):
        assert found.status == status and not found.is_legal
        assert found.parameters["query"] == Counts(0, 0, 1)


NEWER = Document(
    {
        **PETS,
        "info": {"title": "Pets", "version": "2"},
        "servers": [{"url": "https://api.pets.example/v2"}],
    }
)


@pytest.mark.parametrize(("pet", "status"), [("7", "right"), ("8", "legal but different")])
def test_twin_in_another_version_is_right_with_the_right_values(pet: str, status: str) -> None:
    one = wanted("GET /pets/{petId}", path={"petId": 7})
    given = get(f"/pets/{pet}", "https://api.pets.example/v2")
    found = score(given, one, KnownDocuments([PETS_DOCUMENT, NEWER]))
    assert found.status == status and found.operation and found.host
    assert score(given, one, KnownDocuments([PETS_DOCUMENT])).status == "illegal"
