"""The ten API Pack clients against the texts that the predecessor's generator printed.

The published similarity scores compare texts, so a call of ours must look like a published one
wherever the published one is right.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from statistics import fmean
from typing import Any
from urllib.parse import quote, unquote_plus

import pytest

from core.render import CLIENTS, render
from core.request import Body, FormBody, JsonBody, MultipartBody, Part, Request, canonical_json

SHARED_DIR = Path(os.environ.get("CALLWRIGHT_SHARED", Path(__file__).parents[4] / "shared"))
PUBLISHED_DIR = SHARED_DIR / "data" / "openapi-snippet"
TARGETS = {
    "curl": "shell_curl",
    "libcurl": "c_libcurl",
    "java-okhttp": "java_okhttp",
    "node-request": "node_request",
    "javascript-xhr": "javascript_xhr",
    "python-http-client": "python_python3",
    "go-nethttp": "go_native",
    "ruby-nethttp": "ruby_native",
    "php-curl": "php_curl",
    "swift-nsurlsession": "swift_nsurlsession",
}
EVERY = 6
"""Of 447 published requests, one in so many is compared: the measure is slow, the texts alike."""


def published_calls(client_name: str) -> Iterator[tuple[Request, str]]:
    """Requests and their published texts, where a ``Request`` can say the same.

    It has no content type without a body, which is what the generator printed for bodies that it
    did not understand.
    """
    requests = {
        (entry["spec_name"], entry["path"], entry["method"], index): har
        for entry in json.loads((PUBLISHED_DIR / "openapi_snippet_hars.json").read_text())
        for index, har in enumerate(entry["hars"])
    }
    for call in json.loads((PUBLISHED_DIR / "httpsnippet_golden.json").read_text()):
        key = (call["spec_name"], call["path"], call["method"], call.get("har_index", 0))
        har = requests[key]
        names = {header["name"].lower() for header in har["headers"]}
        if call["target"] == TARGETS[client_name] and ("content-type" in names) == (
            "postData" in har
        ):
            yield request_from_har(har), call["content"]


def request_from_har(har: dict[str, Any]) -> Request:
    query = "&".join(
        f"{pair['name']}={quote(pair['value'], safe='')}" for pair in har["queryString"]
    )
    headers = {
        header["name"].lower(): (header["name"], header["value"]) for header in har["headers"]
    }
    headers.pop("content-type", None)
    return Request.from_url(
        har["method"],
        har["url"] + (f"?{query}" if query else ""),
        headers=tuple(headers.values()),
        cookies=tuple((cookie["name"], cookie["value"]) for cookie in har["cookies"]),
        body=body_from_har(har.get("postData")),
    )


def body_from_har(data: dict[str, Any] | None) -> Body | None:
    if data is None:
        return None
    pairs = [(pair["name"], pair.get("value", "")) for pair in data.get("params", [])]
    if "multipart" in data["mimeType"]:
        return MultipartBody(tuple(Part(name, value) for name, value in pairs))
    if "urlencoded" in data["mimeType"]:
        return FormBody(tuple((unquote_plus(name), unquote_plus(value)) for name, value in pairs))
    return JsonBody(canonical_json(json.loads(data["text"])), data["mimeType"])


@pytest.mark.skipif(
    not PUBLISHED_DIR.exists(), reason="needs the texts that API Pack's tool printed"
)
@pytest.mark.parametrize("client_name", [name for name in TARGETS if name in CLIENTS])
def test_call_looks_like_the_published_one(client_name: str) -> None:
    calls = list(published_calls(client_name))[::EVERY]
    ratios = [
        SequenceMatcher(None, render(request, client_name), published, autojunk=False).ratio()
        for request, published in calls
    ]
    assert fmean(ratios) > 0.97
    assert min(ratios) > 0.85
