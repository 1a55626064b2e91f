"""Security requirements: OR between alternatives, AND inside one, each credential in its place."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import RequestError
from core.openapi.document import Document
from core.openapi.security import alternatives
from tests.core.openapi.small import built, document, operation_of

SCHEMES = {
    "basic": {"type": "http", "scheme": "Basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "digest": {"type": "http", "scheme": "digest"},
    "plain": {"type": "http"},
    "odd": {"type": "http", "scheme": "two words"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "second": {"type": "apiKey", "in": "header", "name": "X-Second"},
    "query": {"type": "apiKey", "in": "query", "name": "api key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "SID"},
    "authorization": {"type": "apiKey", "in": "header", "name": "Authorization"},
    "cookie header": {"type": "apiKey", "in": "header", "name": "Cookie"},
    "no header": {"type": "apiKey", "in": "header", "name": "X Key"},
    "nameless": {"type": "apiKey"},
    "oauth": {"type": "oauth2", "flows": {}},
    "oauth2": {"type": "oauth2", "flows": {}},
    "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://x"},
    "mtls": {"type": "mutualTLS"},
    "alias": {"$ref": "#/components/securitySchemes/bearer"},
    "dangling": {"$ref": "#/components/securitySchemes/nobody"},
    "number": 5,
    "untyped": {},
}


def secured(*requirements: Any, **operation: Any) -> Document:
    return document(
        {"security": list(requirements), **operation}, components={"securitySchemes": SCHEMES}
    )


def sent(document: Document, **chosen: Any) -> list[str]:
    """The credentials of the request, each as one text."""
    request = built(document, **chosen).request
    found = [f"{name}: {value}" for name, value in request.headers]
    found += [f"?{name}={value}" for name, value in request.query]
    return found + [f"cookie {name}={value}" for name, value in request.cookies]


@pytest.mark.parametrize(
    ("requirements", "wanted"),
    [
        ([{"basic": []}], ["Authorization: Basic REPLACE_basic"]),
        ([{"bearer": []}], ["Authorization: Bearer REPLACE_bearer"]),
        ([{"digest": []}], ["Authorization: Digest REPLACE_digest"]),
        ([{"plain": []}], ["Authorization: Bearer REPLACE_plain"]),
        ([{"odd": []}], ["Authorization: Bearer REPLACE_odd"]),
        ([{"oauth": ["read"]}], ["Authorization: Bearer REPLACE_oauth"]),
        ([{"oidc": []}], ["Authorization: Bearer REPLACE_oidc"]),
        ([{"alias": []}], ["Authorization: Bearer REPLACE_alias"]),
        ([{"header": []}], ["X-Key: REPLACE_header"]),
        ([{"query": []}], ["?api%20key=REPLACE_query"]),
        ([{"cookie": []}], ["cookie SID=REPLACE_cookie"]),
        ([{"authorization": []}], ["Authorization: REPLACE_authorization"]),
        ([{"nameless": []}], ["nameless: REPLACE_nameless"]),
        ([{"mtls": []}], []),
        ([{"cookie header": []}], []),
        ([{"no header": []}], []),
        ([{"header": [], "second": []}], ["X-Key: REPLACE_header", "X-Second: REPLACE_second"]),
        (
            [{"bearer": [], "header": [], "query": [], "cookie": []}],
            [
                "Authorization: Bearer REPLACE_bearer",
                "X-Key: REPLACE_header",
                "?api%20key=REPLACE_query",
                "cookie SID=REPLACE_cookie",
            ],
        ),
        ([{"oauth": [], "oauth2": []}], ["Authorization: Bearer REPLACE_oauth"]),
        ([{"basic": [], "bearer": []}], ["Authorization: Basic REPLACE_basic"]),
        ([{"header": []}, {"bearer": []}], ["X-Key: REPLACE_header"]),
        ([{}], []),
        ([{}, {"bearer": []}], []),
        ([{"bearer": []}, {}], ["Authorization: Bearer REPLACE_bearer"]),
        ([], []),
        ([{"nobody": []}], []),
        ([{"dangling": []}], []),
        ([{"number": []}], []),
        ([{"untyped": []}], []),
        ([{"nobody": []}, {"header": []}], ["X-Key: REPLACE_header"]),
        ([{"nobody": [], "header": []}], ["X-Key: REPLACE_header"]),
        ([5, None, {"header": None}], ["X-Key: REPLACE_header"]),
    ],
)
def test_credentials(requirements: list[Any], wanted: list[str]) -> None:
    assert sent(secured(*requirements)) == wanted


@pytest.mark.parametrize(
    ("requirement", "sentence"),
    [
        ({"mtls": []}, "a client certificate, which the caller's connection must bring"),
        ({"cookie header": []}, "cannot be the name of a key's header"),
        ({"no header": []}, "cannot be the name of a key's header"),
        ({"basic": [], "bearer": []}, "would need a second Authorization header"),
    ],
)
def test_what_is_left_out_is_said(requirement: dict[str, Any], sentence: str) -> None:
    (note,) = built(secured(requirement)).notes
    assert sentence in note


@pytest.mark.parametrize("name", ["nobody", "dangling", "number", "untyped"])
def test_schemes_that_nobody_describes_are_a_warning(name: str) -> None:
    operation = operation_of(secured({name: []}))
    assert operation.security == ()
    assert operation.warnings == (
        f"Its security names “{name}”, which the document does not describe; left out.",
    )


def test_any_alternative_can_be_chosen() -> None:
    either = secured({"header": []}, {"bearer": []})
    assert sent(either, security=1) == ["Authorization: Bearer REPLACE_bearer"]


@pytest.mark.parametrize("index", [-1, 2])
def test_an_alternative_that_is_not_there_is_refused(index: int) -> None:
    with pytest.raises(RequestError, match="has 2 security alternatives"):
        built(secured({"header": []}, {"bearer": []}), security=index)


def test_a_credential_takes_the_place_of_a_parameter_of_its_name() -> None:
    parameters = [
        {"name": "api key", "in": "query", "schema": {"type": "string"}},
        {"name": "Authorization", "in": "header", "schema": {"type": "string"}},
        {"name": "x-key", "in": "header", "schema": {"type": "string"}},
    ]
    both = secured({"query": [], "bearer": [], "header": []}, parameters=parameters)
    assert sent(both) == [
        "Authorization: Bearer REPLACE_bearer",
        "X-Key: REPLACE_header",
        "?api%20key=REPLACE_query",
    ]


def test_an_operation_overrides_what_the_root_requires() -> None:
    root: dict[str, Any] = {
        "security": [{"bearer": []}],
        "components": {"securitySchemes": SCHEMES},
    }
    assert sent(document({}, **root)) == ["Authorization: Bearer REPLACE_bearer"]
    assert sent(document({"security": []}, **root)) == []
    assert sent(document({"security": [{"header": []}]}, **root)) == ["X-Key: REPLACE_header"]
    assert sent(document({"security": None}, **root)) == ["Authorization: Bearer REPLACE_bearer"]


@pytest.mark.parametrize("at_root", [True, False])
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("basic", "Authorization: Basic REPLACE_basic"),
        ("key", "?key=REPLACE_key"),
        ("oauth", "Authorization: Bearer REPLACE_oauth"),
    ],
)
def test_swagger_2(name: str, wanted: str, at_root: bool) -> None:
    definitions = {
        "basic": {"type": "basic"},
        "key": {"type": "apiKey", "in": "query", "name": "key"},
        "oauth": {"type": "oauth2", "flow": "implicit"},
    }
    requirement = {"security": [{name: []}]}
    found = document(
        {} if at_root else requirement,
        version="2.0",
        securityDefinitions=definitions,
        **(requirement if at_root else {}),
    )
    assert sent(found) == [wanted]


@pytest.mark.parametrize("components", [None, 5, [], {"securitySchemes": []}])
def test_documents_without_schemes(components: Any) -> None:
    warnings: list[str] = []
    found = document({}, components=components)
    assert alternatives(found, [{"a": []}], warnings) == ()
    assert len(warnings) == 1


def test_scopes_and_pointers_are_kept() -> None:
    ((scheme,),) = operation_of(secured({"oauth": ["read", "write"]})).security
    assert scheme.scopes == ("read", "write")
    assert scheme.pointer == "/components/securitySchemes/oauth"
