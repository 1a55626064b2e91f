"""How close calls under the published policy are to the ones that openapi-snippet printed.

The published scores compare texts: two calls count as the same where ``difflib``'s ratio is above
0.9. Where the request itself differs from openapi-snippet's, the difference is held against its
known defects; one that none of them explains is a problem.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import fmean
from typing import Any

from benchmarks.archive import shared_data
from benchmarks.report import Report, Table, percent
from core.build import Choices, build
from core.har import har_request
from core.media_type import essence
from core.openapi.document import Document, read_document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.render import CLIENTS, render
from core.request import FORM_MEDIA_TYPE, MULTIPART_MEDIA_TYPE, MultipartBody, Request
from core.values import PublishedValues

_SAME = 0.9
"""Texts whose ratio is above this are the same call to API Pack's scores."""

_TARGETS = {
    "cURL": "shell_curl",
    "libcurl": "c_libcurl",
    "Java": "java_okhttp",
    "Node": "node_request",
    "JavaScript": "javascript_xhr",
    "Python": "python_python3",
    "Go": "go_native",
    "Ruby": "ruby_native",
    "PHP": "php_curl",
    "Swift": "swift_nsurlsession",
}
"""API Pack's languages and openapi-snippet's names for them."""


Key = tuple[str, str, str, int]
"""Document, path, method, and which of the operation's requests."""


@dataclass(frozen=True)
class Pair:
    """One request of theirs, and ours for the same operation and media type."""

    key: Key
    operation: Operation
    ours: Request
    theirs: dict[str, Any]
    """As HAR."""


@dataclass(frozen=True)
class Difference:
    """What one side says and the other does not; values in order, none where it says nothing."""

    part: str
    name: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")


def run(arguments: argparse.Namespace) -> Report:
    found = list(pairs())
    defects, unexplained, same = explain(found)
    ratios = _ratios(found, arguments.workers)
    return Report(
        title="Published policy beside openapi-snippet 0.14",
        tables=[
            _by_client(ratios, same),
            Table(
                f"Why {len(found) - len(same)} of {len(found)} requests differ",
                ("requests", "openapi-snippet"),
                [(count, defect) for defect, count in defects.most_common()],
            ),
        ],
        notes=[f"Requests that are equal: {percent(len(same), len(found))}."],
        problems=unexplained,
    )


def pairs() -> Iterator[Pair]:
    """Every request of theirs that a document of ours can answer, with ours."""
    documents: dict[str, tuple[PublishedValues, dict[tuple[str, str], Operation]]] = {}
    for entry in json.loads(shared_data("openapi-snippet/openapi_snippet_hars.json").read_text()):
        name = entry["spec_name"]
        if name not in documents:
            document = read_document(shared_data(f"openapi-snippet/specs/{name}.json"))
            documents[name] = PublishedValues(document), _by_path(document)
        values, found = documents[name]
        operation = found[entry["path"], entry["method"]]
        offered = {media_type.name for media_type in operation.media_types}
        for index, theirs in enumerate(entry["hars"]):
            chosen = theirs.get("comment")
            choices = Choices(media_type=chosen if chosen in offered else None)
            ours = build(operation, values, choices=choices).request
            yield Pair((name, entry["path"], entry["method"], index), operation, ours, theirs)


def _by_path(document: Document) -> dict[tuple[str, str], Operation]:
    return {
        (operation.path, operation.method.lower()): operation
        for operation in operations(document)
        if isinstance(operation, Operation)
    }


def _ratios(found: list[Pair], workers: int) -> dict[str, dict[Key, float]]:
    """The ratio of each call by client and by request."""
    by_key = {pair.key: pair for pair in found}
    clients = {
        _TARGETS[client.api_pack_lang]: name
        for name, client in CLIENTS.items()
        if client.api_pack_lang
    }
    keys, texts = [], []
    for call in json.loads(shared_data("openapi-snippet/httpsnippet_golden.json").read_text()):
        key = (call["spec_name"], call["path"], call["method"], call.get("har_index", 0))
        if call["target"] in clients:
            client = clients[call["target"]]
            keys.append((client, key))
            texts.append((call["content"], render(by_key[key].ours, client)))
    ratios: dict[str, dict[Key, float]] = defaultdict(dict)
    with ProcessPoolExecutor(workers) as pool:
        for (client, key), ratio in zip(keys, pool.map(_ratio, texts, chunksize=64), strict=True):
            ratios[client][key] = ratio
    return ratios


def _ratio(texts: tuple[str, str]) -> float:
    theirs, ours = texts
    return SequenceMatcher(None, theirs, ours).ratio()


def _by_client(ratios: dict[str, dict[Key, float]], same: set[Key]) -> Table:
    rows = []
    for client, found in sorted(ratios.items()):
        above = sum(ratio > _SAME for ratio in found.values())
        equal = [ratio for key, ratio in found.items() if key in same]
        rows.append(
            (
                client,
                percent(above, len(found)),
                percent(sum(ratio > _SAME for ratio in equal), len(equal)),
                f"{fmean(found.values()):.3f}",
                f"{fmean(equal):.3f}",
            )
        )
    return Table(
        f"Calls whose text has a ratio above {_SAME}, and the mean ratio",
        ("client", "all", "where the request is equal", "mean", "mean where equal"),
        rows,
    )


def explain(found: list[Pair]) -> tuple[Counter[str], list[str], set[Key]]:
    """Requests by the defect that sets them apart; what none explains; those that are equal."""
    explained = Counter[str]()
    unexplained: list[str] = []
    same: set[Key] = set()
    for pair in found:
        differences = list(_differences(pair))
        if not differences:
            same.add(pair.key)
        defects: set[str] = set()
        for difference in differences:
            defect = next((name for name, holds in _DEFECTS if holds(pair, difference)), None)
            if defect is None:
                unexplained.append(f"{pair.key[0]}, {pair.operation.label}: {difference}")
            else:
                defects.add(defect)
        explained.update(defects)
    return explained, unexplained, same


def _differences(pair: Pair) -> Iterator[Difference]:
    ours, theirs = _said(har_request(pair.ours)), _said(pair.theirs)
    if isinstance(pair.ours.body, MultipartBody):  # an archive of ours leaves the boundary open
        ours["header", "content-type"] = [pair.ours.body.media_type]
    for part, name in {**ours, **theirs}:
        mine, other = ours.get((part, name), []), theirs.get((part, name), [])
        if mine != other:
            yield Difference(part, name, tuple(mine), tuple(other))


def _said(har: dict[str, Any]) -> dict[tuple[str, str], list[str]]:
    """All that a HAR request says, by part and name."""
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    url = har["url"].partition("?")[0].replace("%7B", "{").replace("%7D", "}")
    said["url", ""] = [f"{har['method']} {url}"]
    said["query", "(order)"] = list(dict.fromkeys(pair["name"] for pair in har["queryString"]))
    for part, member in (("query", "queryString"), ("header", "headers"), ("cookie", "cookies")):
        for pair in har[member]:
            name = pair["name"].lower() if part == "header" else pair["name"]
            said[part, name].append(pair["value"])
    body = har.get("postData", {})
    if body.get("mimeType") == "application/json":
        said["body", "json"] = [json.dumps(json.loads(body["text"]))]
    elif "params" in body:
        for pair in body["params"]:
            said["body", pair["name"]].append(pair.get("value", ""))
    elif body:
        said["body", "text"] = [body["text"]]
    return said


def _is_form_data(pair: Pair, difference: Difference) -> bool:
    """2.0's form parameters are not looked at, so neither body nor content type is there."""
    media_types = pair.operation.media_types
    is_form = bool(media_types) and essence(media_types[0].name) in (
        FORM_MEDIA_TYPE,
        MULTIPART_MEDIA_TYPE,
    )
    is_about_body = difference.part == "body" or difference.name == "content-type"
    return (
        pair.operation.document.is_swagger and is_form and is_about_body and not difference.theirs
    )


def _is_consumes(pair: Pair, difference: Difference) -> bool:
    consumes = pair.operation.raw.get("consumes")
    extra = set(difference.theirs) - set(difference.ours)
    is_accept = (difference.part, difference.name) == ("header", "accept")
    return is_accept and isinstance(consumes, list) and bool(extra) and extra <= set(consumes)


def _is_typeless_content(pair: Pair, difference: Difference) -> bool:
    """A header parameter Content-Type, which says the type of no body at all."""
    is_type = (difference.part, difference.name) == ("header", "content-type")
    return is_type and "postData" not in pair.theirs and not difference.ours


def _is_other_alternative(pair: Pair, difference: Difference) -> bool:
    """A token instead of the key in the query that the document asks for first."""
    first = pair.operation.security[0] if pair.operation.security else ()
    keys = {scheme.parameter for scheme in first if scheme.place == "query"}
    if difference.part == "query":
        without = tuple(name for name in difference.ours if name not in keys)
        return difference.name in keys or (
            difference.name == "(order)" and without == difference.theirs
        )
    is_token = (difference.part, difference.name) == ("header", "authorization")
    return bool(keys) and is_token and not difference.ours


def _is_vendor_example(pair: Pair, difference: Difference) -> bool:
    return any(
        parameter.name.lower() == difference.name.lower()
        and bool(parameter.examples)
        and difference.theirs[0].startswith("SOME_")
        for parameter in pair.operation.parameters
        if difference.theirs and pair.operation.document.is_swagger
    )


def _is_encoded_twice(pair: Pair, difference: Difference) -> bool:
    is_form = pair.theirs.get("postData", {}).get("mimeType") == FORM_MEDIA_TYPE
    encoded = tuple(text.replace(" ", "+") for text in difference.ours)
    return difference.part == "body" and is_form and encoded == difference.theirs


def _is_list_in_one_part(pair: Pair, difference: Difference) -> bool:
    is_parts = isinstance(pair.ours.body, MultipartBody) and difference.part == "body"
    listed = json.dumps(list(difference.ours), separators=(",", ":"))
    return is_parts and difference.theirs == (listed,)


_DEFECTS: list[tuple[str, Callable[[Pair, Difference], bool]]] = [
    ("does not look at form parameters of 2.0: no body", _is_form_data),
    ("sends what the operation consumes as Accept", _is_consumes),
    ("sends a Content-Type without a body", _is_typeless_content),
    ("drops API keys in the query, or takes the other alternative", _is_other_alternative),
    ("does not know x-example", _is_vendor_example),
    ("encodes forms twice", _is_encoded_twice),
    ("puts a list into one part as JSON (OpenAPI 3: one part per item)", _is_list_in_one_part),
]
"""Its known defects, each with what recognises a difference that comes from it."""
