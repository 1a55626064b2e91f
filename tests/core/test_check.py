"""Verdicts: what the document forbids is found by name, with its proof."""

import pytest

from core.check import check
from core.openapi.document import Document
from core.openapi.reference import pointer_tokens
from core.request import Request, json_body
from core.verdict import Kind
from tests.core.documents import PETS, pets

BASE = "https://api.pets.example/v1"
TOKEN = ("Authorization", "Bearer abc")


def call(method, path, *, headers=(TOKEN,), body=None, base=BASE):
    content = None if body is None else json_body(body)
    return Request.from_url(method, base + path, headers=tuple(headers), body=content)


@pytest.mark.parametrize(
    "request_",
    [
        call("GET", "/pets"),
        call("GET", "/pets?limit=5&tags=a&tags=b", headers=(TOKEN, ("Accept", "*/*"))),
        call("GET", "/pets?limit=SOME_INTEGER_VALUE"),
        call("GET", "/pets/mine", headers=()),
        call("POST", "/pets", body={"name": "Rex", "age": None}),
        call("POST", "/pets", body={"name": "REPLACE_name", "age": "REPLACE_age"}),
        call("DELETE", "/pets/7?reason=moved&api_key=k", headers=()),
        call("DELETE", "/pets/7?reason=moved", headers=(TOKEN, ("X-Team", "t"))),
    ],
    ids=lambda request: f"{request.method} {request.target}",
)
def test_legal_calls_are_valid(request_):
    verdict = check(request_, pets())
    assert verdict.status == "valid", verdict.findings


@pytest.mark.parametrize(
    ("request_", "kind", "place", "proof"),
    [
        (call("GET", "/cats"), Kind.UNKNOWN_ENDPOINT, "URL", "/paths"),
        (call("PATCH", "/pets"), Kind.WRONG_METHOD, "method", "/paths/~1pets"),
        (call("GET", "/pets", base="https://x.example/v1"), Kind.WRONG_SERVER, "URL", "/servers"),
        (
            call("GET", "/pets?limit=99"),
            Kind.WRONG_TYPE,
            "query limit",
            "/paths/~1pets/get/parameters/0/schema/maximum",
        ),
        (
            call("GET", "/pets?limit=ten"),
            Kind.WRONG_TYPE,
            "query limit",
            "/paths/~1pets/get/parameters/0/schema/type",
        ),
        (call("GET", "/pets?limt=5"), Kind.UNKNOWN_PARAMETER, "query limt", "/paths/~1pets/get"),
        (
            call("GET", "/pets", headers=(TOKEN, ("limit", "5"))),
            Kind.WRONG_PLACE,
            "header limit",
            "/paths/~1pets/get/parameters/0",
        ),
        (
            call("DELETE", "/pets/7?api_key=k", headers=()),
            Kind.MISSING_PARAMETER,
            "query reason",
            "/paths/~1pets~1{petId}/delete/parameters/0",
        ),
        (
            call("DELETE", "/pets/7?reason=sold&api_key=k", headers=()),
            Kind.WRONG_TYPE,
            "query reason",
            "/paths/~1pets~1{petId}/delete/parameters/0/schema/enum",
        ),
        (
            call("DELETE", "/pets/7?reason=moved"),
            Kind.MISSING_CREDENTIAL,
            "credential",
            "/components/securitySchemes/key",
        ),
        (
            call("GET", "/pets", headers=(("Authorization", "Basic abc"),)),
            Kind.MISSING_CREDENTIAL,
            "credential",
            "/components/securitySchemes/token",
        ),
        (call("POST", "/pets"), Kind.MISSING_BODY, "body", None),
        (call("GET", "/pets/7", body={}), Kind.UNEXPECTED_BODY, "body", None),
        (
            call("POST", "/pets", body={"age": 3}),
            Kind.BODY_AGAINST_SCHEMA,
            "body",
            "/components/schemas/Pet/required",
        ),
        (
            call("POST", "/pets", body={"name": "Rex", "age": -1}),
            Kind.BODY_AGAINST_SCHEMA,
            "body /age",
            "/components/schemas/Pet/properties/age/minimum",
        ),
        (
            call("POST", "/pets", body={"name": "Rex", "colour": "red"}),
            Kind.BODY_AGAINST_SCHEMA,
            "body /colour",
            "/components/schemas/Pet/additionalProperties",
        ),
        (
            Request.from_url(
                "POST",
                f"{BASE}/pets",
                headers=(TOKEN,),
                body=json_body({"name": "Rex"}, "application/merge-patch+json"),
            ),
            Kind.WRONG_MEDIA_TYPE,
            "body",
            None,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_the_document_forbids_is_illegal_with_its_proof(request_, kind, place, proof):
    verdict = check(request_, pets())
    assert verdict.status == "illegal" and not verdict.is_legal
    found = [finding for finding in verdict.findings if finding.severity == "illegal"]
    assert [(finding.kind, finding.place) for finding in found] == [(kind, place)]
    assert found[0].message.endswith(".")
    if proof is not None:
        assert found[0].pointer == proof
    value = PETS
    for token in pointer_tokens(found[0].pointer):
        value = value[int(token)] if isinstance(value, list) else value[token]


def test_an_unknown_header_is_only_a_note():
    verdict = check(call("GET", "/pets", headers=(TOKEN, ("X-Own", "1"))), pets())
    assert verdict.status == "valid"
    assert [finding.kind for finding in verdict.findings] == [Kind.UNKNOWN_PARAMETER]


def test_placeholders_are_notes_that_say_where():
    verdict = check(call("GET", "/pets/REPLACE_petId"), pets())
    assert verdict.status == "valid"
    assert [(each.kind, each.place) for each in verdict.findings] == [(Kind.PLACEHOLDER, "URL")]


def test_a_pattern_that_nobody_can_read_is_undecidable():
    document = pets()
    schema = {"type": "string", "pattern": "^(a"}
    parameter = {"name": "q", "in": "query", "schema": schema}
    get = {**PETS["paths"]["/pets"]["get"], "parameters": [parameter]}
    paths = {**PETS["paths"], "/pets": {"get": get}}
    document = type(document)({**PETS, "paths": paths})
    assert check(call("GET", "/pets?q=a"), document).status == "undecidable"


def test_path_parameters_may_stand_in_the_query_of_the_path_key():
    parameter = {"name": "lat", "in": "path", "required": True, "schema": {"type": "number"}}
    paths = {"/alerts?lat={lat}&kind=x": {"get": {"parameters": [parameter], "security": []}}}
    document = type(pets())({**PETS, "paths": paths})
    assert check(call("GET", "/alerts?lat=5.5&kind=x"), document).status == "valid"
    assert check(call("GET", "/alerts?lat=north&kind=x"), document).status == "illegal"
    assert check(call("GET", "/alerts?kind=x"), document).status == "illegal"


OPEN = {"type": "object", "additionalProperties": {"type": "integer"}}


@pytest.mark.parametrize(
    ("query", "kinds"),
    [("?a=1&b=2", []), ("?a=one", [Kind.WRONG_TYPE]), ("", [Kind.MISSING_PARAMETER])],
)
def test_parameter_may_take_any_name(query, kinds):
    parameter = {"name": "filters", "in": "query", "required": True, "schema": OPEN}
    document = Document(
        {
            "openapi": "3.1.0",
            "servers": [{"url": BASE}],
            "paths": {"/pets": {"get": {"parameters": [parameter]}}},
        }
    )
    verdict = check(call("GET", f"/pets{query}"), document)
    assert [finding.kind for finding in verdict.findings] == kinds
