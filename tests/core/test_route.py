"""Requests find the operation that they call."""

import gc
import weakref

import pytest

from core.check import check
from core.openapi.document import Document
from core.request import Request
from core.route import match
from tests.core.documents import PETS, pets

BASE = "https://api.pets.example/v1"


@pytest.mark.parametrize(
    ("method", "url", "outcome", "label"),
    [
        ("GET", f"{BASE}/pets", "matched", "GET /pets"),
        ("GET", f"{BASE}/pets/", "matched", "GET /pets"),
        ("GET", f"{BASE}/pets/7", "matched", "GET /pets/{petId}"),
        ("GET", f"{BASE}/pets/REPLACE_petId", "matched", "GET /pets/{petId}"),
        ("GET", f"{BASE}/pets/%7BpetId%7D", "matched", "GET /pets/{petId}"),
        ("GET", f"{BASE}/pets/mine", "matched", "GET /pets/mine"),
        ("GET", f"{BASE}/p%65ts/mine", "matched", "GET /pets/mine"),
        ("GET", f"{BASE}/pets/7.json", "matched", "GET /pets/{petId}.json"),
        ("GET", f"{BASE}/?Action=Wash", "matched", "GET /#Action=Wash"),
        ("GET", f"{BASE}/?Action=Feed", "matched", "GET /#Action=Feed"),
        ("GET", f"{BASE}/?Action=Sell", "unknown endpoint", None),
        ("GET", "https://REPLACE_host/v1/pets", "matched", "GET /pets"),
        ("GET", "https://other.example/v1/pets", "wrong server", "GET /pets"),
        ("PATCH", f"{BASE}/pets", "wrong method", "GET /pets"),
        ("GET", f"{BASE}/pets/7/toys", "unknown endpoint", None),
        ("GET", "https://api.pets.example/pets", "unknown endpoint", None),
    ],
)
def test_request_finds_its_operation(method, url, outcome, label):
    found = match(Request.from_url(method, url), pets())
    assert found.outcome == outcome
    if label is not None:
        assert found.operation is not None and found.operation.label == label


def test_path_values_are_the_wire_text_at_each_name():
    found = match(Request.from_url("GET", f"{BASE}/pets/a%2Fb.json"), pets())
    assert found.path_values == {"petId": "a%2Fb"}


def test_an_unknown_endpoint_offers_the_most_similar_operation():
    found = match(Request.from_url("GET", f"{BASE}/pet/mine"), pets())
    assert found.operation is not None and found.operation.label == "GET /pets/mine"


def test_a_fixed_truth_value_is_spelled_as_on_the_wire():
    flags = [
        {"name": name, "in": "query", "required": True, "schema": {"enum": [True]}}
        for name in ("acl", "tagging")
    ]
    paths = {f"/b#{flag['name']}": {"get": {"parameters": [flag]}} for flag in flags}
    document = Document({**PETS, "paths": paths})
    found = match(Request.from_url("GET", f"{BASE}/b?tagging=true"), document)
    assert found.operation is not None and found.operation.label == "GET /b#tagging"


def test_a_less_literal_template_is_no_way_out():
    needed = {"name": "id", "in": "query", "required": True, "schema": {"type": "string"}}
    item = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    paths = {
        "/pets/{id}": {"get": {"parameters": [item]}},
        "/pets/reserved": {"get": {"parameters": [needed]}},
    }
    document = Document({**PETS, "paths": paths})
    request = Request.from_url("GET", f"{BASE}/pets/reserved")
    found = match(request, document)
    assert found.operation is not None and found.operation.label == "GET /pets/reserved"
    assert not found.others
    assert not check(request, document).is_legal


def test_a_document_that_was_asked_is_forgotten_with_its_routes():
    document = Document(PETS)
    match(Request.from_url("GET", f"{BASE}/pets"), document)
    kept = weakref.ref(document)
    del document
    gc.collect()
    assert kept() is None
