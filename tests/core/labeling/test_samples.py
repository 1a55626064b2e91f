"""The sample candidates are for the sample APIs as they are."""

from __future__ import annotations

from collections import Counter

import orjson

from core.openapi.document import read_document
from core.openapi.listing import find_operation
from tests.conftest import REPOSITORY

EXAMPLES = REPOSITORY / "examples"


def test_sample_candidates_are_true_to_their_operations() -> None:
    lines = (EXAMPLES / "candidates.jsonl").read_bytes().splitlines()
    rows = [orjson.loads(line) for line in lines]
    counts = Counter(row["instance_id"] for row in rows)
    assert len(counts) == 12 and set(counts.values()) == {5}
    assert len({row["candidate"] for row in rows}) == len(rows)
    for row in rows[::5]:
        name, _, label = row["instance_id"].partition(" ")
        document = read_document(EXAMPLES / "documents" / name)
        operation = find_operation(document, label)
        said = (row["api_name"], row["functionality"], row["description"], row["endpoint"])
        wanted = (operation.summary, operation.description, operation.operation_id)
        assert said == (document.title, *wanted), row["instance_id"]
