"""Keywords at the edge of what numbers can hold."""

from __future__ import annotations

from typing import Any

import pytest

from core.openapi.document import Document
from core.openapi.schema import violations

DOCUMENT = Document({"openapi": "3.1.0", "paths": {}})


@pytest.mark.parametrize(
    ("value", "step", "is_decided"),
    [(7, 2, [True]), (8, 2, []), (0.3, 0.1, []), (5, 1e-308, [False]), (10**400, 0.5, [False])],
)
def test_multiple_of_is_undecided_beyond_floats(
    value: Any, step: float, is_decided: list[bool]
) -> None:
    found = violations(value, {"multipleOf": step}, DOCUMENT)
    assert [violation.decided for violation in found] == is_decided
