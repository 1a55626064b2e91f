"""Whatever a request holds, its call is well-formed code in which no value does anything."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache

import pytest
import tree_sitter_bash
import tree_sitter_c
import tree_sitter_go
import tree_sitter_java
import tree_sitter_javascript
import tree_sitter_php
import tree_sitter_ruby
import tree_sitter_swift
from hypothesis import given
from tree_sitter import Language, Node, Parser

from core.render import CLIENTS, render
from core.request import Request
from tests.core.render.requests import REQUESTS
from tests.core.strategies import requests

GRAMMARS: dict[str, Callable[[], object]] = {
    "curl": tree_sitter_bash.language,
    "go": tree_sitter_go.language,
    "java": tree_sitter_java.language,
    "javascript": tree_sitter_javascript.language,
    "libcurl": tree_sitter_c.language,
    "node": tree_sitter_javascript.language,
    "php": tree_sitter_php.language_php,
    "ruby": tree_sitter_ruby.language,
    "swift": tree_sitter_swift.language,
}
"""Python has a parser of its own."""

STRINGS = {
    *("string", "string_literal", "raw_string", "encapsed_string", "template_string"),
    *("interpreted_string_literal", "raw_string_literal"),
    *("line_string_literal", "multi_line_string_literal"),
}
"""Literals of text, in the words of the grammars."""

TEXT = {
    *("string_content", "string_fragment", "escape_sequence", "str_escaped_char"),
    *("line_str_text", "multi_line_str_text", "raw_str_part", "raw_str_end_part"),
    *("interpreted_string_literal_content", "multiline_string_fragment"),
}
"""What a literal may consist of, besides its quotes; anything else is evaluated first."""

EXPANDED = {
    *("command_substitution", "process_substitution", "simple_expansion", "expansion"),
    *("arithmetic_expansion", "brace_expression"),
}
"""What a shell evaluates outside literals too."""

SWIFT_VARIABLES = {"boundary", "contentType", "filename", "paramName"}
"""What API Pack's loop over parts puts into its texts; none of it is a value of the request."""


@cache
def parser(language: str) -> Parser:
    return Parser(Language(GRAMMARS[language]()))


def faults(client_name: str, text: str) -> list[str]:
    """What is wrong with a call: places that do not parse, and literals that are evaluated."""
    if CLIENTS[client_name].language == "python":
        return faults_in_python(text)
    return [
        fault
        for node in nodes(parser(CLIENTS[client_name].language).parse(text.encode()).root_node)
        if (fault := fault_at(node))
    ]


def faults_in_python(text: str) -> list[str]:
    compile(text, "call.py", "exec")  # which also minds what the parser alone does not
    return [
        ast.unparse(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.JoinedStr)
    ]


def nodes(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.children)


def fault_at(node: Node) -> str | None:
    written = (node.text or b"").decode(errors="replace")
    if node.is_error or node.is_missing:
        return f"does not parse: {written}"
    is_evaluated = node.type in EXPANDED or (
        node.parent is not None
        and node.parent.type in STRINGS
        and node.is_named
        and node.type not in TEXT
        and written not in SWIFT_VARIABLES
    )
    return f"is evaluated ({node.type}): {written}" if is_evaluated else None


@pytest.mark.parametrize("client_name", CLIENTS)
@pytest.mark.parametrize("request_name", REQUESTS)
def test_call_parses(client_name: str, request_name: str) -> None:
    assert not faults(client_name, render(REQUESTS[request_name], client_name))


@pytest.mark.parametrize("client_name", CLIENTS)
@given(request=requests)
def test_any_call_parses(client_name: str, request: Request) -> None:
    assert not faults(client_name, render(request, client_name))


@given(request=requests)
def test_curl_is_the_only_command(request: Request) -> None:
    root = parser("curl").parse(render(request, "curl").encode()).root_node
    assert [child.type for child in root.children] == ["command"]


@pytest.mark.parametrize(
    ("client_name", "text"),
    [
        ("curl", "curl --url 'it's'"),
        ("curl", 'curl --url "$HOME"'),
        ("curl", "curl --url $HOME"),
        ("curl", "curl --url `id`"),
        ("go-nethttp", 'package main\nvar a = "\n"'),
        ("java-okhttp", 'String a = """;'),
        ("javascript-fetch", "const a = `${x}`;"),
        ("libcurl", 'char *a = "" ";'),
        ("php-curl", '<?php $a = "pa$word";'),
        ("php-curl", '<?php $a = "{$a->b}";'),
        ("python-requests", 'a = f"{x}"'),
        ("ruby-nethttp", 'a = "#{1 + 1}"'),
        ("swift-urlsession", 'let a = "\\(x)"'),
        ("swift-urlsession", 'let a = #"\\#(x)"#'),
    ],
)
def test_a_bad_call_is_noticed(client_name: str, text: str) -> None:
    assert faults(client_name, text)
