"""The table of languages: names, guesses, and what is common to all."""

from __future__ import annotations

import pytest

from core.errors import UnknownNameError
from core.parse import LANGUAGES, guess_language, parse
from core.render import CLIENTS

WRITTEN = {
    "curl": ["curl https://a.example", "$ curl -s \\\n  https://a.example", "TOKEN=x\ncurl $URL"],
    "libcurl": ["#include <stdio.h>\nint main(void) { CURL *c = curl_easy_init(); }"],
    "java": [
        'Request request = new Request.Builder().url("https://a.example").build();',
        'import java.net.*;\npublic class A { URL url = new URL("https://a.example"); }',
    ],
    "node": [
        'const http = require("http");\nhttp.get("http://a.example");',
        "import fs from 'node:fs';\nawait fetch('https://a.example');",
        'console.log(process.env.KEY); fetch("https://a.example")',
    ],
    "javascript": [
        'fetch("https://a.example").then(r => r.json());',
        "const response = await fetch(`https://a.example/${id}`);",
        'let x = new XMLHttpRequest(); document.body.append("a");',
    ],
    "python": [
        'import requests\nrequests.get("https://a.example")',
        'r = requests.post(url, json={"a": True})\nprint(r.json())',
    ],
    "go": [
        'package main\nimport "net/http"\nfunc main() { http.Get("https://a.example") }',
        'resp, err := http.Get("https://a.example")\nif err != nil { panic(err) }',
    ],
    "ruby": [
        "require 'net/http'\nputs Net::HTTP.get(URI('https://a.example'))",
        "uri = URI.parse('https://a.example')\nresponse = Net::HTTP.get_response(uri)",
    ],
    "php": [
        "<?php\n$ch = curl_init('https://a.example');\ncurl_exec($ch);",
        '$response = file_get_contents("https://a.example");\necho $response;',
    ],
    "swift": [
        'import Foundation\nlet url = URL(string: "https://a.example")!',
        "var request = URLRequest(url: url)\nURLSession.shared.dataTask(with: request).resume()",
    ],
}


@pytest.mark.parametrize("language", [name for name in WRITTEN if name in LANGUAGES])
def test_language_is_guessed(language: str) -> None:
    assert [guess_language(code) for code in WRITTEN[language]] == [language] * len(
        WRITTEN[language]
    )


def test_every_client_has_a_language() -> None:
    assert {client.language for client in CLIENTS.values()} >= set(LANGUAGES)


def test_unknown_language_says_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean java\b"):
        parse("", "jav")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["", "\n\n", "hello", "# a comment", "// a comment"])
def test_code_without_a_call_has_a_reason(code: str, language: str) -> None:
    parsed = parse(code, language)
    assert parsed.request is None
    assert parsed.unknowns == ()
    assert parsed.reason.endswith(".")
