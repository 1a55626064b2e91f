"""One operation by its pointer: the same as in the list, or the reason why there is none."""

from __future__ import annotations

import pytest

from core.errors import OperationError
from core.openapi.document import Document
from core.openapi.listing import operation_at, operations
from core.openapi.operation import Operation

ZOO = Document(
    {
        "openapi": "3.1.0",
        "paths": {
            "/pets/{a~b}": {"parameters": [{"name": "q", "in": "query"}], "get": {}, "post": {}},
            "/bad": {"get": "no object", "delete": {}},
            "/lost": {"$ref": "#/nowhere"},
        },
    },
    name="zoo.json",
)


def test_every_operation_of_the_list_is_found_by_its_pointer() -> None:
    listed = [found for found in operations(ZOO) if isinstance(found, Operation)]
    assert len(listed) == 3
    for operation in listed:
        found = operation_at(ZOO, operation.pointer)
        assert (found.label, found.key) == (operation.label, operation.key)
        assert [parameter.name for parameter in found.parameters] == [
            parameter.name for parameter in operation.parameters
        ]


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("/paths/~1bad/get", "GET /bad cannot be used: .* not an object"),
        ("/paths/~1lost/get", "/lost cannot be used: .* leads nowhere"),
        ("/paths/~1pets~1{a~0b}/put", "zoo.json has no operation at /paths/~1pets"),
        ("/paths/~1none/get", "has no operation at"),
        ("/info", "has no operation at"),
        ("", "has no operation at"),
    ],
)
def test_what_is_not_there_is_explained(at: str, reason: str) -> None:
    with pytest.raises(OperationError, match=reason):
        operation_at(ZOO, at)
