"""What each keyword asks of a value, at the edges where readers of JSON Schema differ."""

from __future__ import annotations

from typing import Any

import pytest

from core.openapi.document import Document
from core.openapi.schema import violations

DOCUMENT = Document({"openapi": "3.1.0", "paths": {}})
OLD = Document({"openapi": "3.0.3", "paths": {}})


def verdict(value: Any, schema: Any, document: Document = DOCUMENT) -> str:
    """``legal``, ``illegal``, or ``undecided``."""
    found = violations(value, schema, document)
    if any(violation.decided for violation in found):
        return "illegal"
    return "undecided" if found else "legal"


@pytest.mark.parametrize(
    ("value", "step", "wanted"),
    [
        (7, 2, "illegal"),
        (8, 2, "legal"),
        (0.3, 0.1, "legal"),
        (19.99, 0.01, "legal"),
        (0.35, 0.1, "illegal"),
        (10_000_000_001, 2, "illegal"),
        (5, 1e-308, "legal"),
        (10**400, 0.5, "legal"),
        (10**400 + 1, 2, "illegal"),
        (-4, 2, "legal"),
        (0, 7, "legal"),
        (True, 2, "legal"),
        ("x", 2, "legal"),
        (5, 0, "legal"),
        (5, -1, "legal"),
        (5, "2", "legal"),
    ],
)
def test_multiple_of_is_exact(value: Any, step: Any, wanted: str) -> None:
    assert verdict(value, {"multipleOf": step}) == wanted


@pytest.mark.parametrize(
    ("value", "schema", "wanted"),
    [
        (1.0, {"type": "integer"}, "legal"),
        (1.5, {"type": "integer"}, "illegal"),
        (1, {"type": "number"}, "legal"),
        (True, {"type": "integer"}, "illegal"),
        (True, {"type": "number"}, "illegal"),
        (None, {"type": "string"}, "illegal"),
        (None, {"type": ["string", "null"]}, "legal"),
        ("x", {"type": "file"}, "legal"),
        ({}, {"type": "any"}, "legal"),
        ({}, {"type": None}, "legal"),
        ({}, {"type": "wibble"}, "illegal"),
        ({}, {"type": []}, "illegal"),
        (1, {"enum": [1.0]}, "legal"),
        (True, {"enum": [1]}, "illegal"),
        (1, {"enum": [True]}, "illegal"),
        ({"a": [1]}, {"enum": [{"a": [1.0]}]}, "legal"),
        ({"a": [True]}, {"enum": [{"a": [1]}]}, "illegal"),
        (1, {"enum": []}, "legal"),
        (1, {"enum": "1"}, "legal"),
        (None, {"const": None}, "legal"),
        (0, {"const": False}, "illegal"),
        (1, {"type": "integer", "enum": ["1", "2"]}, "legal"),
        (3, {"type": "integer", "enum": ["1", "2"]}, "illegal"),
        (True, {"type": "boolean", "enum": ["true"]}, "legal"),
        ("1", {"type": "string", "enum": [1, 2]}, "legal"),
        (1, {"enum": ["1"]}, "illegal"),
        (["a"], {"type": "array", "enum": ["a", "b"]}, "legal"),
        (["c"], {"type": "array", "enum": ["a", "b"]}, "illegal"),
        (["a"], {"type": "array", "enum": [["a"]]}, "legal"),
        (["b"], {"type": "array", "enum": [["a"]]}, "illegal"),
        ("é😀", {"maxLength": 2}, "legal"),
        ("é😀", {"minLength": 3}, "illegal"),
        ([1, 1.0], {"uniqueItems": True}, "illegal"),
        ([1, True], {"uniqueItems": True}, "legal"),
        ([{"a": 1}, {"a": 1}], {"uniqueItems": True}, "illegal"),
        (["REPLACE_a", "REPLACE_a"], {"uniqueItems": True}, "legal"),
        ({"a": 1}, {"minProperties": 2}, "illegal"),
        ({"a": 1, "b": 1}, {"maxProperties": 1}, "illegal"),
        ({"a": 1}, {"dependentRequired": {"a": ["b"]}}, "illegal"),
        ({"a": 1, "b": 1}, {"dependentRequired": {"a": ["b"]}}, "legal"),
        ({}, {"dependentRequired": {"a": ["b"]}}, "legal"),
        ({}, {"required": ["a"]}, "illegal"),
        ([], {"required": ["a"]}, "legal"),
        ({}, {"required": "a"}, "legal"),
        ({}, {"required": [5]}, "legal"),
        ("x1", {"pattern": "^x"}, "legal"),
        ("1x", {"pattern": "^x"}, "illegal"),
        ("1x", {"pattern": "x"}, "legal"),
        ("x", {"pattern": "("}, "undecided"),
        ("a" * 5_000 + "!", {"pattern": "^(a+)+$"}, "undecided"),
        ("a", {"pattern": r"\p{L}"}, "legal"),
        (5, {"pattern": "x"}, "legal"),
        (2**31, {"format": "int32"}, "illegal"),
        (2**31 - 1, {"format": "int32"}, "legal"),
        (2**63, {"format": "int64"}, "illegal"),
        ("2026-01-15", {"format": "date"}, "legal"),
        ("2026-13-15", {"format": "date"}, "illegal"),
        ("15.01.2026", {"format": "date"}, "illegal"),
        ("2026-01-15T09:30:00Z", {"format": "date-time"}, "legal"),
        ("2026-01-15T09:30:00.123+01:00", {"format": "date-time"}, "legal"),
        ("2026-01-15", {"format": "date-time"}, "illegal"),
        ("a@b.c", {"format": "email"}, "legal"),
        ("a b", {"format": "email"}, "illegal"),
        ("497f6eca-6276-4993-bfeb-53cbbbba6f08", {"format": "uuid"}, "legal"),
        ("497F6ECA-6276-4993-BFEB-53CBBBBA6F08", {"format": "uuid"}, "legal"),
        ("497f6eca627649938feb53cbbbba6f08", {"format": "uuid"}, "illegal"),
        ("1.2.3.4", {"format": "ipv4"}, "legal"),
        ("1.2.3.256", {"format": "ipv4"}, "illegal"),
        ("::1", {"format": "ipv6"}, "legal"),
        ("x", {"format": "wibble"}, "legal"),
        ("x", {"format": 5}, "legal"),
        ("REPLACE_x", {"type": "integer", "enum": [1], "pattern": "^y"}, "legal"),
        ("SOME_INTEGER_VALUE", {"type": "integer"}, "legal"),
        ("Bearer REPLACE_x", {"type": "integer"}, "illegal"),
    ],
)
def test_keywords(value: Any, schema: Any, wanted: str) -> None:
    assert verdict(value, schema) == wanted


@pytest.mark.parametrize(
    ("value", "schema", "wanted"),
    [
        (None, {"type": "string", "nullable": True}, "legal"),
        (None, {"type": "string", "nullable": False}, "illegal"),
        (None, {"type": "string", "nullable": "yes"}, "illegal"),
        (None, {"type": "string", "x-nullable": True}, "legal"),
        (None, {"type": "string", "nullable": True, "enum": ["a"]}, "legal"),
        (5, {"minimum": 5}, "legal"),
        (5, {"minimum": 5, "exclusiveMinimum": True}, "illegal"),
        (6, {"minimum": 5, "exclusiveMinimum": True}, "legal"),
        (5, {"minimum": 5, "exclusiveMinimum": False}, "legal"),
        (5, {"exclusiveMinimum": True}, "legal"),
        (5, {"maximum": 5, "exclusiveMaximum": True}, "illegal"),
        (4, {"maximum": 5, "exclusiveMaximum": True}, "legal"),
        (5, {"exclusiveMinimum": 5}, "illegal"),
        (5, {"exclusiveMaximum": 5}, "illegal"),
        (5, {"exclusiveMaximum": 5.5}, "legal"),
        (5, {"minimum": "6"}, "legal"),
        (True, {"minimum": 6}, "legal"),
    ],
)
@pytest.mark.parametrize("document", [OLD, DOCUMENT], ids=["3.0", "3.1"])
def test_older_spellings(value: Any, schema: Any, wanted: str, document: Document) -> None:
    assert verdict(value, schema, document) == wanted
