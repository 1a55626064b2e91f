"""Credentials by the names of environment variables: the code that is copied runs with them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from core.build import build
from core.environment import NamedCredentials, check_name, read_environment, usual_name
from core.errors import CallwrightError
from core.openapi.document import Document
from core.openapi.listing import find_operation
from core.placeholder import find_placeholders
from core.render import CLIENTS, render
from core.request import Request
from core.values import ExampleValues
from tests.core.arrival import RUNNERS, require_client, serving, write_text

SECRETS = {"PET_TOKEN": "s3cret", "PET_KEY": "k-1", "PET_KEY_2": "it's"}
NAMES = {"bearer": "PET_TOKEN", "query": "PET_KEY", "header": "PET_KEY_2"}
UNABLE = {"javascript-fetch", "javascript-xhr", "libcurl"}


def document(host: str) -> Document:
    schemes: dict[str, Any] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "query": {"type": "apiKey", "in": "query", "name": "key"},
        "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    }
    root = {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": f"http://{host}"}],
        "components": {"securitySchemes": schemes},
        "security": [{name: [] for name in schemes}],
        "paths": {"/pets": {"get": {}}},
    }
    return Document(root)


def request(host: str = "pets.example") -> Request:
    operation = find_operation(document(host), "GET /pets")
    return build(operation, NamedCredentials(ExampleValues(operation.document), NAMES)).request


def test_request_holds_the_names_as_placeholders() -> None:
    placeholders = {"REPLACE_PET_TOKEN", "REPLACE_PET_KEY", "REPLACE_PET_KEY_2"}
    assert set(find_placeholders(render(request(), "curl"))) == placeholders


def test_unnamed_credential_is_that_of_the_other_policy() -> None:
    operation = find_operation(document("a.example"), "GET /pets")
    values = NamedCredentials(ExampleValues(operation.document), {})
    assert build(operation, values) == build(operation, ExampleValues(operation.document))


@pytest.mark.parametrize("client", CLIENTS)
def test_code_reads_the_variables_where_its_language_can(client: str) -> None:
    code = read_environment(render(request(), client), client, NAMES.values())
    assert bool(find_placeholders(code)) == (client in UNABLE)
    assert all(name in code for name in SECRETS)


@pytest.mark.parametrize("client", CLIENTS)
def test_code_without_named_variables_is_left_alone(client: str) -> None:
    code = render(request(), client)
    assert read_environment(code, client, []) == code
    assert read_environment(code, client, ["OTHER", "PET", "PET_TOKE"]) == code


@pytest.mark.parametrize("client", RUNNERS)
def test_secrets_arrive_when_the_copied_code_is_run(client: str, tmp_path: Path) -> None:
    require_client(client)
    file = f"0.{CLIENTS[client].extension}"
    with serving() as server:
        code = read_environment(render(request(server.host), client), client, NAMES.values())
        write_text(tmp_path / file, code)
        subprocess.run(
            RUNNERS[client](tmp_path, [file]),
            cwd=tmp_path,
            env={**os.environ, **SECRETS, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
            timeout=120,
        )
    ((_, target, headers, _),) = server.received.values()
    assert target == "/pets?key=k-1"
    assert (headers["Authorization"], headers["X-Key"]) == ("Bearer s3cret", "it's")


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("--header 'A: REPLACE_X'", "--header 'A: '\"$X\""),
        ("--cookie a=REPLACE_X", '--cookie a="$X"'),
        ("'it'\\''s' REPLACE_X", "'it'\\''s' \"$X\""),
        ("'REPLACE_XY REPLACE_X_'", "'REPLACE_XY REPLACE_X_'"),
    ],
)
def test_words_of_the_shell(code: str, read: str) -> None:
    assert read_environment(code, "curl", ["X"]) == read


@pytest.mark.parametrize("name", ["API_TOKEN", "_x", "a1"])
def test_name_of_a_variable_is_taken(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["", "1A", "a-b", "$A", "ghp_abc def", "Ä", "A" * 101])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(CallwrightError, match="API_TOKEN"):
        check_name(name)


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        ("harborAuth", "HARBOR_AUTH"),
        ("api-key", "API_KEY"),
        ("OAuth2", "OAUTH2"),
        ("„", "API_TOKEN"),
    ],
)
def test_usual_name(scheme: str, name: str) -> None:
    assert usual_name(scheme) == name
