"""The largest document: 47 MB and 22,361 operations, from file to calls; and the densest schemas.

Limits: its first 50 operations are listed within 2 s, and all of them within 700 MB.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import archive
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
    first = _best(arguments.rounds, _list, path, 50)
    every = _best(arguments.rounds, _list, path, None)
    rendered = _best(1, _render, path, None)
    dense = [_best(arguments.rounds, _sample_dense, policy, None) for policy in POLICIES]
    rows = [
        ("file to its first 50 operations", 50, *first[1:]),
        (f"file to all {every[0]:,} operations", every[0], *every[1:]),
        ("file to all calls in ten clients", rendered[0], *rendered[1:]),
        *(
            (f"body of {_DENSE} schemas that refer to each other, {policy} (bytes)", *measured)
            for policy, measured in zip(POLICIES, dense, strict=True)
        ),
    ]
    problems = []
    if first[1] > _SECONDS_TO_FIRST:
        problems.append(f"The first operations take {first[1]:.2f} s, more than 2 s.")
    if every[3] > _MEGABYTES:
        problems.append(f"Listing all takes {every[3]:.0f} MB, more than {_MEGABYTES} MB.")
    return Report(
        title=f"{_LARGEST}, {path.stat().st_size / 1e6:.0f} MB",
        tables=[
            Table(
                f"Best of {arguments.rounds}, each in a fresh process without its start",
                ("", "number", "seconds", "CPU s", "peak MB"),
                rows,
            )
        ],
        notes=["openapi-sampler 1.7.9 takes 23 s and 70 MB of text for ten such schemas."],
        problems=problems,
    )


Measured = tuple[int, float, float, float]
"""A count, seconds, CPU seconds, and the peak of memory in megabytes."""


def _best(rounds: int, work: Callable[..., int], *given: Any) -> Measured:
    """The quickest of several fresh processes."""
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(1, maxtasksperchild=1) as pool:
        found = [pool.apply(_measured, (work, *given)) for _ in range(rounds)]
    return min(found, key=lambda measured: measured[1])


def _measured(work: Callable[..., int], *given: Any) -> Measured:
    started, cpu_started = time.perf_counter(), time.process_time()
    number = work(*given)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return number, seconds, cpu_seconds, peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def _list(path: Path, most: int | None) -> int:
    return len(list(islice(operations(read_document(path)), most)))


def _render(path: Path, _: None) -> int:
    document = read_document(path)
    clients = [name for name, client in CLIENTS.items() if client.api_pack_lang]
    values = POLICIES["published"](document)
    return sum(1 for _ in batch.calls(document, values, clients))


def _sample_dense(policy: str, _: None) -> int:
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
