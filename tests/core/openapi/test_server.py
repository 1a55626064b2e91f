"""Base URLs as documents write them, and as a call can use them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import CallwrightError
from core.openapi.document import Document
from core.openapi.operation import ServerVariable
from core.openapi.server import fill, servers_of
from core.request import Request
from tests.core.openapi.small import built, document, operation_of


def with_servers(servers: Any, url: str | None = None) -> Document:
    return Document({"openapi": "3.0.3", "servers": servers, "paths": {"/a": {"get": {}}}}, url=url)


def urls(servers: Any, url: str | None = None) -> list[str]:
    return [server.url for server in servers_of(with_servers(servers, url))]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("https://api.example.com/v1", "https://api.example.com/v1"),
        ("https://api.example.com/v1/", "https://api.example.com/v1"),
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com"),
        ("HTTPS://api.example.com", "https://api.example.com"),
        ("http://api.example.com", "http://api.example.com"),
        ("http://localhost:8080/v1", "http://localhost:8080/v1"),
        (" https://api.example.com/v1 ", "https://api.example.com/v1"),
        ("https://api.example.com/v1?key=1", "https://api.example.com/v1?key=1"),
        ("https://api.example.com/v1#top", "https://api.example.com/v1"),
        ("wss://api.example.com/v1", "https://api.example.com/v1"),
        ("ftp://api.example.com", "https://api.example.com"),
        ("//api.example.com/v1", "https://api.example.com/v1"),
        ("api.example.com/v1", "https://api.example.com/v1"),
        ("/", "https://REPLACE_host"),
        ("/v1", "https://REPLACE_host/v1"),
        ("v1", "https://REPLACE_host/v1"),
        ("./v1", "https://REPLACE_host/v1"),
        ("../v1", "https://REPLACE_host/v1"),
        ("", "https://REPLACE_host"),
        ("https:///v1", "https://v1"),
        ("https://", "https://REPLACE_host"),
        ("https://<your-domain>.example.com/v1", "https://REPLACE_your_domain.example.com/v1"),
        ("<host>/v1", "https://REPLACE_host/v1"),
        ("https://{tenant}.example.com/{v}", "https://REPLACE_tenant.example.com/REPLACE_v"),
        ("{scheme}://api.example.com", "https://api.example.com"),
        ("{baseUrl}/v1", "https://REPLACE_baseUrl/v1"),
        ("https://exa mple.com", "https://example.com"),
    ],
)
def test_base_urls(written: str, wanted: str) -> None:
    assert urls([{"url": written}]) == [wanted]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("/v1", "https://docs.example.com/v1"),
        ("v1", "https://docs.example.com/apis/v1"),
        ("../v1/", "https://docs.example.com/v1"),
        ("//api.example.com/v1", "https://api.example.com/v1"),
        ("https://api.example.com", "https://api.example.com"),
        ("", "https://docs.example.com/apis/openapi.json"),
    ],
)
def test_relative_servers_stand_beside_the_document(written: str, wanted: str) -> None:
    assert urls([{"url": written}], "https://docs.example.com/apis/openapi.json") == [wanted]


@pytest.mark.parametrize(
    "servers", [None, [], [{}], "https://a.b", [5], [{"url": 5}], {"url": "https://a.b"}]
)
def test_no_server_is_a_placeholder(servers: Any) -> None:
    assert urls(servers) == ["https://REPLACE_host"]


VARIABLES = {
    "url": "https://{region}.example.com:{port}/{base}",
    "description": "The real one",
    "variables": {
        "region": {"default": "eu", "enum": ["eu", "us"], "description": "where"},
        "port": {"default": 8443},
        "base": {"enum": ["v2"]},
    },
}


def test_variables_take_their_defaults() -> None:
    (server,) = servers_of(with_servers([VARIABLES]))
    assert server.url == "https://eu.example.com:8443/v2"
    assert server.template == VARIABLES["url"]
    assert server.description == "The real one"
    assert server.variables[0] == ServerVariable("region", "eu", ("eu", "us"), "where")


def test_variables_can_be_filled() -> None:
    (server,) = servers_of(with_servers([VARIABLES]))
    assert fill(server, {"region": "us", "port": "443"}) == "https://us.example.com:443/v2"


@pytest.mark.parametrize("variables", [None, [], {"region": None}, {"region": {"default": ""}}, 5])
def test_variables_without_a_default(variables: Any) -> None:
    (url,) = urls([{"url": "https://api.example.com/{region}", "variables": variables}])
    assert url in ("https://api.example.com/REPLACE_region", "https://api.example.com")


def test_the_innermost_level_that_names_servers_wins() -> None:
    root = {
        "openapi": "3.0.3",
        "servers": [{"url": "https://root.example.com"}],
        "paths": {
            "/a": {
                "servers": [{"url": "https://item.example.com"}],
                "get": {"servers": [{"url": "https://operation.example.com/x/"}]},
                "post": {},
                "put": {"servers": []},
            },
            "/b": {"get": {}},
        },
    }
    document_ = Document(root)
    found = [
        server.url
        for path in root["paths"].values()  # type: ignore[attr-defined]
        for member in (path.get("get"), path.get("post"), path.get("put"))
        if member is not None
        for server in servers_of(document_, member.get("servers"), path.get("servers"))
    ]
    assert found == [
        "https://operation.example.com/x",
        "https://item.example.com",
        "https://item.example.com",
        "https://root.example.com",
    ]
    assert operation_of(document_).servers[0].url == "https://operation.example.com/x"


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ({"host": "a.example.com", "basePath": "/v1"}, ["https://a.example.com/v1"]),
        ({"host": "a.example.com"}, ["https://a.example.com"]),
        ({"host": "a.example.com", "basePath": "/"}, ["https://a.example.com"]),
        ({"host": "a.example.com", "basePath": "v1/"}, ["https://a.example.com/v1"]),
        ({"host": "a.example.com:8080", "schemes": ["http"]}, ["http://a.example.com:8080"]),
        (
            {"host": "a.example.com", "schemes": ["http", "https"]},
            ["http://a.example.com", "https://a.example.com"],
        ),
        ({"host": "a.example.com", "schemes": ["wss", "https"]}, ["https://a.example.com"]),
        ({"host": "a.example.com", "schemes": ["ws"]}, ["https://a.example.com"]),
        ({"host": "a.example.com", "schemes": "https"}, ["https://a.example.com"]),
        ({"host": "https://a.example.com/", "basePath": "/v1"}, ["https://a.example.com/v1"]),
        ({"basePath": "/v1"}, ["https://REPLACE_host/v1"]),
        ({"host": 5, "basePath": ["/v1"]}, ["https://REPLACE_host"]),
        ({"host": "{tenant}.example.com"}, ["https://REPLACE_tenant.example.com"]),
        ({}, ["https://REPLACE_host"]),
    ],
)
def test_swagger_2(members: dict[str, Any], wanted: list[str]) -> None:
    found = servers_of(Document({"swagger": "2.0", "paths": {}, **members}))
    assert [server.url for server in found] == wanted


def test_swagger_2_without_a_host_is_where_the_document_is() -> None:
    root = {"swagger": "2.0", "basePath": "/v1", "paths": {}}
    (server,) = servers_of(Document(root, url="http://docs.example.com/swagger.json"))
    assert server.url == "http://docs.example.com/v1"


@pytest.mark.parametrize(
    ("base", "path", "wanted"),
    [
        ("https://a.b/v1/", "/pets", "https://a.b/v1/pets"),
        ("https://a.b/v1?key=1", "/pets", "https://a.b/v1/pets?key=1&q=REPLACE_q"),
        ("https://a.b", "pets", "https://a.b/pets"),
    ],
)
def test_paths_follow_their_server(base: str, path: str, wanted: str) -> None:
    operation = {"servers": [{"url": base}], "parameters": []}
    if "?" in base:
        operation["parameters"] = [{"name": "q", "in": "query", "schema": {"type": "string"}}]
    assert built(document(operation, path=path)).request.url == wanted


def test_the_caller_may_choose_a_server() -> None:
    request = built(document({}), server="http://localhost:8000/dev/").request
    assert request.url == "http://localhost:8000/dev/a"
    with pytest.raises(CallwrightError, match="not an absolute server URL"):
        built(document({}), server="/dev")


@given(st.text())
def test_any_text_as_a_server_makes_a_request_or_a_reason(text: str) -> None:
    try:
        request = built(document({"servers": [{"url": text}]})).request
    except CallwrightError:
        return
    assert isinstance(request, Request)
    assert request.url.endswith("/a") or request.query
