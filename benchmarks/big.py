"""The largest document: 47 MB and 22,361 operations, from file to calls; and the densest schemas.

Limits: its first 50 operations are listed within 2 s, and all of them within 700 MB.
"""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path

from benchmarks import archive
from benchmarks.fresh import best_of, in_fresh_process
from benchmarks.report import Report, Table
from core import batch
from core.errors import CallwrightError
from core.openapi.document import Document, read_document
from core.openapi.listing import operations
from core.render import CLIENTS
from core.values import POLICIES

_LARGEST = "microsoft.com/graph-beta.json"
_SECONDS_TO_FIRST = 2.0
_MEGABYTES = 700
_DENSE = 10


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="the best one counts")


def run(arguments: argparse.Namespace) -> Report:
    path = archive.archive(arguments.data) / _LARGEST
    if not path.exists():
        raise CallwrightError(f"There is no {path}. Unpack the whole archive.")
    first = best_of(arguments.rounds, _list, path, 50)
    every = best_of(arguments.rounds, _list, path, None)
    dense = {policy: best_of(arguments.rounds, _sample_dense, policy) for policy in POLICIES}
    measured = {
        "file to its first 50 operations": first,
        f"file to all {every.result:,} operations": every,
        "file to all calls in ten clients": in_fresh_process(_render, path),
        **{
            f"body of {_DENSE} schemas that refer to each other, {policy} (bytes)": found
            for policy, found in dense.items()
        },
    }
    problems = []
    if first.seconds > _SECONDS_TO_FIRST:
        problems.append(f"The first operations take {first.seconds:.2f} s, more than 2 s.")
    if every.megabytes > _MEGABYTES:
        problems.append(f"Listing all takes {every.megabytes:.0f} MB, more than {_MEGABYTES} MB.")
    return Report(
        title=f"{_LARGEST}, {path.stat().st_size / 1e6:.0f} MB",
        tables=[
            Table(
                f"Best of {arguments.rounds}, each in a fresh process without its start",
                ("", "number", "seconds", "CPU s", "peak MB"),
                [
                    (what, found.result, found.seconds, found.cpu_seconds, found.megabytes)
                    for what, found in measured.items()
                ],
            )
        ],
        notes=["openapi-sampler 1.7.9 takes 23 s and 70 MB of text for ten such schemas."],
        problems=problems,
    )


def _list(path: Path, most: int | None) -> int:
    return len(list(islice(operations(read_document(path)), most)))


def _render(path: Path) -> int:
    document = read_document(path)
    clients = [name for name, client in CLIENTS.items() if client.api_pack_lang]
    values = POLICIES["published"](document)
    return sum(1 for _ in batch.calls(document, values, clients))


def _sample_dense(policy: str) -> int:
    """Bytes of a body whose schema opens ten schemas that all refer to one another."""
    names = [f"Part{number}" for number in range(_DENSE)]
    properties = {name: {"$ref": f"#/components/schemas/{name}"} for name in names}
    document = Document(
        {
            "openapi": "3.0.0",
            "paths": {
                "/whole": {
                    "post": {
                        "requestBody": {
                            "content": {"application/json": {"schema": properties["Part0"]}}
                        }
                    }
                }
            },
            "components": {
                "schemas": {name: {"type": "object", "properties": properties} for name in names}
            },
        }
    )
    (call,) = batch.calls(document, POLICIES[policy](document), ["curl"])
    if not isinstance(call, batch.Call):
        raise CallwrightError(call.reason)
    return len(call.code)
