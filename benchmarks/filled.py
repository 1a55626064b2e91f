"""Our own calls for every operation of a document: what most benchmarks start from."""

from __future__ import annotations

from collections.abc import Iterator

from core.build import build
from core.errors import CallwrightError
from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.request import Request
from core.values import POLICIES


def filled_calls(
    document: Document, policy: str = "example"
) -> Iterator[tuple[Operation, Request]]:
    """Operations with the calls that a value policy fills; those that cannot be built are left
    out, which the coverage benchmark counts.
    """
    values = POLICIES[policy](document)
    for operation in operations(document):
        if isinstance(operation, Operation):
            try:
                yield operation, build(operation, values).request
            except CallwrightError:
                continue
