"""Rows of a dataset for tests: made up, or calls of the sample APIs."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from core.build import build
from core.errors import CallwrightError
from core.openapi.document import read_documents
from core.openapi.identity import identity_of
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.render import client
from core.samples import SAMPLES
from core.values import ExampleValues
from train.dataset import Row

ROW = Row(
    id="1",
    split="train",
    instruction="Show me the pets of the shop",
    api_name="Pet Shop",
    api_description="Pets, and who keeps them.",
    functionality="List pets",
    description="",
    method="GET",
    path="/pets",
    api_call="curl --request GET --url https://pets.test.io/pets",
    lang="cURL",
    language="curl",
    api="pets.test.io/pet shop",
    document="a" * 64,
    pointer="/paths/~1pets/get",
    source="hub",
)


def row(number: int, **changes: Any) -> Row:
    """A row of an operation of its own that says something that no other one does."""
    thing = f"{_THINGS[number % len(_THINGS)]} {_THINGS[number // len(_THINGS)]}{number}"
    own = replace(
        ROW,
        id=str(number),
        instruction=f"Show me the {thing} of the shop",
        functionality=f"List {thing}",
        path=f"/things{number}",
        pointer=f"/paths/~1things{number}/get",
        api_call=f"curl --request GET --url https://pets.test.io/things{number}",
    )
    return replace(own, **changes)


_THINGS = ("apple", "bread", "candle", "drum", "engine", "flute", "glove", "hammer", "iron", "jar")


@cache
def sample_rows(count: int) -> tuple[Row, ...]:
    """Operations of one sample API as cURL."""
    (document,) = read_documents(SAMPLES / "petshelter.json")
    listed = (each for each in operations(document) if isinstance(each, Operation))
    return tuple(islice(filter(None, map(_sample, listed)), count))


def _sample(operation: Operation) -> Row | None:
    document = operation.document
    try:
        built = build(operation, ExampleValues(document))
    except CallwrightError:
        return None
    return Row(
        id=operation.key[1],
        split="train",
        instruction=f"{operation.summary.rstrip('.')} with {document.title}.",
        api_name=document.title,
        api_description=document.description,
        functionality=operation.summary,
        description=operation.description,
        method=operation.method,
        path=operation.path,
        api_call=client("curl").render(built.request),
        lang="cURL",
        language="curl",
        api=identity_of(document).api,
        document=operation.key[0],
        pointer=operation.key[1],
        source="sample",
        endpoint_name=operation.operation_id,
    )


def written(path: Path, rows: list[Row] | tuple[Row, ...]) -> Path:
    """Rows as JSON Lines."""
    path.write_bytes(b"".join(orjson.dumps(asdict(each)) + b"\n" for each in rows))
    return path
