"""References lead where they say, within the files that were given, and nowhere else."""

from __future__ import annotations

import copy
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DanglingReferenceError, DocumentError
from core.openapi.document import Document
from core.openapi.reference import MAX_HOPS, References, pointer, pointer_tokens

ROOT = {
    "openapi": "3.1.0",
    "paths": {"/pets/{id}": {"get": {"operationId": "getPet"}}, "/a b": {"get": "spaced"}},
    "components": {
        "schemas": {
            "Pet": {"type": "object"},
            "Alias": {"$ref": "#/components/schemas/Pet"},
            "Loop": {"$ref": "#/components/schemas/Pool"},
            "Pool": {"$ref": "#/components/schemas/Loop"},
            "Self": {"$ref": "#/components/schemas/Self"},
            "a~b": 1,
            "Named": {"$anchor": "named", "type": "string"},
            "Dynamic": {"$dynamicAnchor": "node"},
        },
        "list": [10, {"x": 20}],
        "": {"": "nameless"},
    },
}


def single(root: Any = ROOT) -> References:
    return References("openapi.json", root)


@pytest.mark.parametrize(
    ("reference", "wanted"),
    [
        ("#/components/schemas/Pet", {"type": "object"}),
        ("#/paths/~1pets~1{id}/get/operationId", "getPet"),
        ("#/paths/~1pets~1%7Bid%7D/get/operationId", "getPet"),
        ("#/paths/~1a%20b/get", "spaced"),
        ("#/components/schemas/a~0b", 1),
        ("#/components/list/1/x", 20),
        ("#/components//", "nameless"),
        ("#named", {"$anchor": "named", "type": "string"}),
        ("#node", {"$dynamicAnchor": "node"}),
        ("openapi.json#/components/list/0", 10),
        ("./openapi.json#/components/list/0", 10),
        ("../openapi.json#/components/list/0", 10),  # there is nothing above the set
    ],
)
def test_what_a_reference_names(reference: str, wanted: Any) -> None:
    assert single().find(reference) == wanted


def test_the_empty_reference_is_the_whole_document() -> None:
    assert single().find("#") is ROOT


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("#/components/schemas/Nope", "there is no “Nope” on its way"),
        ("#/components/schemas/Pet/type/x", "there is no “x” on its way"),
        ("#/components/list/2", "there is no “2” on its way"),
        ("#/components/list/-1", "there is no “-1” on its way"),
        ("#/components/list/x", "there is no “x” on its way"),
        ("#nobody", "no “\\$anchor” of that name"),
        ("other.json", "not among the uploaded files"),
        ("file:///etc/passwd", "nothing is fetched from elsewhere"),
        ("/etc/passwd", "nothing is fetched from elsewhere"),
        ("https://example.com/pet.json#/Pet", "nothing is fetched from elsewhere"),
        ("http://[", "not among the uploaded files"),
        ("#/components/schemas/" + "x" * 10_000, "on its way"),
    ],
)
def test_what_leads_nowhere_says_so(reference: str, sentence: str) -> None:
    with pytest.raises(DanglingReferenceError, match=sentence) as caught:
        single().find(reference)
    assert len(str(caught.value)) < 700


def test_references_to_references_are_followed() -> None:
    assert single().resolve({"$ref": "#/components/schemas/Alias"}) == {"type": "object"}
    assert single().resolve({"type": "string"}) == {"type": "string"}
    assert single().resolve({"$ref": 5}) == {"$ref": 5}


@pytest.mark.parametrize("name", ["Loop", "Pool", "Self"])
def test_a_circle_of_references_is_said_to_be_one(name: str) -> None:
    with pytest.raises(DanglingReferenceError, match="leads back to itself"):
        single().resolve({"$ref": f"#/components/schemas/{name}"})


def test_a_long_chain_is_not_a_circle() -> None:
    chain = {str(number): {"$ref": f"#/{number + 1}"} for number in range(MAX_HOPS - 1)}
    chain[str(MAX_HOPS - 1)] = {"end": True}  # type: ignore[dict-item]
    assert single(chain).resolve({"$ref": "#/0"}) == {"end": True}


SET: dict[str, Any] = {
    "api/openapi.yaml": {
        "paths": {"/pets": {"$ref": "paths/pets.yaml"}},
        "components": {"schemas": {"Here": {"type": "integer"}}},
    },
    "api/paths/pets.yaml": {
        "get": {"$ref": "../../common/operations.yaml#/list"},
        "own": {"$ref": "#/get"},
        "back": {"$ref": "../openapi.yaml#/components/schemas/Here"},
        "with space": {"$ref": "../../common/my%20schemas.yaml#/A~1B"},
    },
    "common/operations.yaml": {"list": {"$ref": "#/real"}, "real": {"operationId": "list"}},
    "common/my schemas.yaml": {"A/B": {"type": "string"}, "out": {"$ref": "../../outside.yaml"}},
    "secret.yaml": {"password": "x"},
}


def file_set(asked: list[str]) -> References:
    """The set opened at its entry; ``asked`` gets the names of the files that are read."""
    files, entry = copy.deepcopy(SET), "api/openapi.yaml"

    def read(name: str) -> Any:
        asked.append(name)
        return files[name]

    return References(entry, files[entry], names=files, read=read)


@pytest.mark.parametrize(
    ("reference", "wanted"),
    [
        ("#/paths/~1pets", "own"),
        ("api/paths/pets.yaml#/get", {"operationId": "list"}),
        ("api/paths/pets.yaml#/own", {"operationId": "list"}),
        ("api/paths/pets.yaml#/back", {"type": "integer"}),
        ("api/paths/pets.yaml#/with space", {"type": "string"}),
    ],
)
def test_files_of_a_set_refer_to_each_other(reference: str, wanted: Any) -> None:
    found = file_set([]).resolve({"$ref": reference})
    assert wanted in found if isinstance(wanted, str) else found == wanted


def test_no_file_outside_the_set_is_read() -> None:
    asked: list[str] = []
    references = file_set(asked)
    for reference in (
        "../../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "common/nope.yaml",
    ):
        with pytest.raises(DanglingReferenceError, match="not among the uploaded files"):
            references.find(reference)
    with pytest.raises(DanglingReferenceError, match="which is not among"):
        references.resolve({"$ref": "common/my%20schemas.yaml#/out"})
    assert asked == ["common/my schemas.yaml"]


def test_files_are_read_once_and_only_when_asked_for() -> None:
    asked: list[str] = []
    references = file_set(asked)
    assert asked == []
    for _ in range(3):
        references.find("secret.yaml#/password")
        references.find("secret.yaml")
    assert asked == ["secret.yaml"]


IDS: dict[str, Any] = {
    "openapi": "3.1.0",
    "paths": {},
    "components": {
        "schemas": {
            "Pet": {
                "$id": "https://example.com/schemas/pet",
                "properties": {"owner": {"$ref": "owner"}, "name": {"$ref": "#/$defs/name"}},
                "$defs": {"name": {"type": "string"}, "tag": {"$anchor": "tag", "type": "null"}},
            },
            "Owner": {"$id": "https://example.com/schemas/owner", "type": "object"},
            "Use": {"$ref": "https://example.com/schemas/pet#/$defs/name"},
            "Tag": {"$ref": "https://example.com/schemas/pet#tag"},
        }
    },
}


def test_ids_are_bases_for_the_references_inside_them() -> None:
    document = Document(IDS)
    schemas = document.root["components"]["schemas"]
    pet = document.resolve({"$ref": "https://example.com/schemas/pet"})
    assert pet is schemas["Pet"]
    assert document.resolve(pet["properties"]["owner"]) is schemas["Owner"]
    assert document.resolve(pet["properties"]["name"]) == {"type": "string"}
    assert document.resolve(schemas["Use"]) == {"type": "string"}
    assert document.resolve(schemas["Tag"])["type"] == "null"


@pytest.mark.parametrize("identifier", ["http://[", "::", "\n", "", "#x", "a b"])
def test_ids_that_are_no_uris_harm_nobody(identifier: str) -> None:
    root = {
        "openapi": "3.1.0",
        "paths": {},
        "components": {"x": {"$id": identifier, "y": {"$ref": "http://[x"}}, "z": {"type": "null"}},
    }
    document = Document(root)
    assert document.resolve({"$ref": "#/components/z"}) == {"type": "null"}
    with pytest.raises(DocumentError):
        document.resolve({"$ref": "http://[x"})


def test_a_million_references_cost_nothing_until_they_are_followed() -> None:
    schemas: dict[str, Any] = {
        f"S{number}": {"properties": {f"p{other}": {"$ref": f"#/components/schemas/S{other}"}
                                      for other in range(300)}}
        for number in range(300)
    }  # fmt: skip
    begin = time.perf_counter()
    document = Document({"openapi": "3.1.0", "components": {"schemas": schemas}})
    found = document.resolve({"$ref": "#/components/schemas/S7"})
    assert document.resolve(found["properties"]["p9"]) is schemas["S9"]
    assert time.perf_counter() - begin < 2


@given(st.lists(st.text(), max_size=5))
def test_pointers_survive_their_escapes(tokens: list[str]) -> None:
    assert pointer_tokens(pointer(*tokens)) == tokens


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_every_place_in_a_document_can_be_named(tokens: list[str]) -> None:
    root: Any = "here"
    for token in reversed(tokens):
        root = {token: root}
    percent_signs = pointer(*tokens).replace("%", "%25")
    assert single(root).find("#" + percent_signs) == "here"
