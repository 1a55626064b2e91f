"""The validator's verdict: right, in words, within bounds, and without reading anything."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.openapi.reference import pointer_tokens
from core.openapi.syntax import parse
from core.openapi.validation import MAX_FINDINGS, ValidationReport, validate

INFO = {"title": "Pets", "version": "1"}


def document(**members: Any) -> dict[str, Any]:
    return {"openapi": "3.0.3", "info": INFO, "paths": {}, **members}


def answering(schema: Any) -> dict[str, Any]:
    """Paths whose one operation answers with that schema."""
    content = {"application/json": {"schema": schema}}
    return {"/pets": {"get": {"responses": {"200": {"description": "", "content": content}}}}}


def with_schemas(**schemas: Any) -> dict[str, Any]:
    return document(components={"schemas": schemas})


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


OK = {"200": {"description": ""}}
VALID: dict[str, dict[str, Any]] = {
    "2.0": {"swagger": "2.0", "info": INFO, "paths": {}},
    "3.0": document(),
    "3.1": {**document(paths=answering({"type": ["string", "null"]})), "openapi": "3.1.0"},
    "3.2": {**document(), "openapi": "3.2.0"},
    "recursive schema": with_schemas(Pet={"properties": {"parent": reference("Pet")}}),
    "a reference as a value": with_schemas(Pet={"example": {"$ref": "#/nowhere"}}),
    "a property named default": with_schemas(
        Pet={"properties": {"default": reference("Name"), "$ref": {"type": "string"}}},
        Name={"type": "string"},
    ),
}


@pytest.mark.parametrize("root", VALID.values(), ids=VALID)
def test_valid_documents_are_valid(root: dict[str, Any]) -> None:
    assert validate(root) == ValidationReport("valid")


INVALID: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "a member is missing": ({"openapi": "3.0.3", "paths": {}}, "", ["info", "required"]),
    "version is a number": (document(openapi=3.0), "/openapi", ["quotes"]),
    "version is unknown": (document(openapi="4.0.0"), "/openapi", ["3.2"]),
    "parameter of no known place": (
        document(
            paths={
                "/pets": {
                    "get": {
                        "parameters": [{"name": "a", "in": "mail", "schema": {}}],
                        "responses": OK,
                    }
                }
            }
        ),
        "/paths/~1pets/get/parameters/0/in",
        ["'mail'", "one of"],
    ),
    "security scheme without its members": (
        document(components={"securitySchemes": {"key": {"type": "apiKey", "name": "k"}}}),
        "/components/securitySchemes/key",
        ["'in'", "required"],
    ),
    "parameter of no type": (
        {
            "swagger": "2.0",
            "info": INFO,
            "paths": {
                "/a": {"get": {"parameters": [{"name": "a", "in": "formData"}], "responses": OK}}
            },
        },
        "/paths/~1a/get/parameters/0",
        ["'type'", "required"],
    ),
    "parameter of no known type": (
        {
            "swagger": "2.0",
            "info": INFO,
            "parameters": {"a": {"name": "a", "in": "formData", "type": "filee"}},
            "paths": {},
        },
        "/parameters/a/type",
        ["'filee'", "'file'"],
    ),
    "path parameter is not declared": (
        document(paths={"/pets/{id}": {"get": {"responses": OK}}}),
        "/paths/~1pets~1{id}/get",
        ["'id'", "not resolved"],
    ),
    "operation id twice": (
        document(
            paths={
                "/a": {"get": {"operationId": "same", "responses": OK}},
                "/b": {"get": {"operationId": "same", "responses": OK}},
            }
        ),
        "/paths/~1b/get",
        ["'same'", "not unique"],
    ),
    "default behind a reference": (
        with_schemas(Pet={"properties": {"age": {"type": "integer", "default": "old"}}})
        | {"paths": answering(reference("Pet"))},
        "/components/schemas/Pet/properties/age/default",
        ["'old'", "integer"],
    ),
    "schema of 3.1": (
        {**document(paths=answering({"type": "strnig"})), "openapi": "3.1.0"},
        "/paths/~1pets/get/responses/200/content/application~1json/schema/type",
        ["strnig"],
    ),
    "reference into nothing": (
        document(paths=answering(reference("Pet"))),
        "/paths/~1pets/get/responses/200/content/application~1json/schema",
        ["#/components/schemas/Pet", "leads nowhere"],
    ),
    "circle of references": (
        with_schemas(A=reference("B"), B=reference("A")),
        "/components/schemas/A",
        ["leads back to itself"],
    ),
    "dialect from afar": (
        document(
            openapi="3.1.0",
            jsonSchemaDialect="http://127.0.0.1:9/dialect",
            paths=answering({"type": "object"}),
        ),
        "/paths/~1pets/get/responses/200/content/application~1json/schema",
        ["Unknown JSON Schema dialect"],
    ),
}


@pytest.mark.parametrize(("root", "pointer", "words"), INVALID.values(), ids=INVALID)
def test_findings_say_where_and_what(root: Any, pointer: str, words: list[str]) -> None:
    report = validate(root)
    assert report.outcome == "invalid"
    messages = [finding.message for finding in report.findings if finding.pointer == pointer]
    assert messages, report.findings
    assert all(word in messages[0] for word in words), messages


def test_long_values_are_cut_and_findings_are_capped() -> None:
    paths = {f"/{number}": {"get": {"x" * 5000: 1}} for number in range(MAX_FINDINGS + 20)}
    report = validate(document(paths=paths))
    assert len(report.findings) == MAX_FINDINGS
    assert report.more >= 20
    assert max(len(finding.message) for finding in report.findings) <= 240


def chain(length: int) -> dict[str, Any]:
    """Each schema holds the next one twice: 2 to the power of ``length`` ways."""
    schemas: dict[str, Any] = {
        f"S{number}": {"allOf": [reference(f"S{number + 1}")] * 2, "required": ["x"]}
        for number in range(length)
    }
    return with_schemas(**schemas, **{f"S{length}": {}})


def nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {}
    for _ in range(depth):
        schema = {"properties": {"a": schema}}
    return with_schemas(A=schema)


UNDECIDED: dict[str, tuple[dict[str, Any], str]] = {
    "exponential": (chain(40), "longer than 3 seconds"),
    "slow pattern": (
        with_schemas(A={"type": "string", "pattern": "(a+)+$", "default": "a" * 40 + "!"}),
        "longer than 3 seconds",
    ),
    "endless recursion": (
        with_schemas(A={"allOf": [reference("A")], "required": ["x"]}),
        "without end",
    ),
    "too deep": (nested(400), "cannot be handed over"),
    "unheard-of anchor": (
        document(openapi="3.1.0", paths=answering({"$ref": "#nobody"})),
        "broke off (NoSuchAnchor",
    ),
}


@pytest.mark.parametrize(("root", "reason"), UNDECIDED.values(), ids=UNDECIDED)
def test_what_cannot_be_decided_says_why_in_time(root: dict[str, Any], reason: str) -> None:
    start = time.monotonic()
    report = validate(root, seconds=3)
    assert report.outcome == "undecided"
    assert reason in report.reason
    assert time.monotonic() - start < 10


def test_memory_is_bounded() -> None:
    report = validate(
        document(info={**INFO, "description": "x" * 300_000_000}), max_bytes=400_000_000
    )
    assert report.outcome == "undecided"
    assert "0.4 GB" in report.reason


def test_what_was_found_before_the_time_was_up_counts() -> None:
    root = chain(40) | {"info": {}}
    report = validate(root, seconds=3)
    assert report.outcome == "invalid"
    assert "longer than 3 seconds" in report.reason


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A local server's address, and the paths that somebody asked it for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_nothing_is_read_because_a_document_says_so(
    listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    """A schema that would be found invalid, were it read, behind every kind of reference."""
    address, asked = listener
    secret = tmp_path / "secret.json"
    secret.write_text('{"type": "SECRET"}')
    for target in (address + "/a.json", secret.as_uri()):
        for schema in (
            {"$ref": target},
            {"$id": address + "/", "$ref": target},
            {"allOf": [{"$ref": target}], "default": 1},
            {"$id": target, "properties": {"a": {"$ref": "b.json"}}, "default": {"a": 1}},
            {"$schema": target, "default": 1},
            {"$dynamicRef": target, "default": 1},
        ):
            report = validate(document(openapi="3.1.0", paths=answering(schema)))
            assert "SECRET" not in str(report)
    assert asked == []


def test_references_to_other_files_are_passed_over() -> None:
    paths = {
        "/a": {"$ref": "a.yaml"},
        "/b": {"get": {"$ref": "b.yaml"}},
        "/c/{id}": {
            "get": {
                "parameters": [{"$ref": "c.yaml#/id"}, {"$ref": "c.yaml#/name"}],
                "responses": {"200": {"$ref": "ok.yaml"}},
            }
        },
    }
    report = validate(document(paths=paths))
    assert report == ValidationReport("valid", passed_over=5)


def test_the_document_is_left_as_it_was() -> None:
    root = document(paths=answering(reference("Pet")))
    before = repr(root)
    validate(root)
    assert repr(root) == before


def test_pointers_lead_to_something_in_real_documents(shared: Path) -> None:
    """Also those of findings that were made behind references."""
    pointers = 0
    for path in sorted((shared / "openapi-snippet" / "specs").glob("*.json")):
        root = parse(path.read_bytes(), path.name)
        for finding in validate(root).findings:
            value: Any = root
            for token in pointer_tokens(finding.pointer):
                value = value[int(token)] if isinstance(value, list) else value[token]
            pointers += 1
    assert pointers > 10
