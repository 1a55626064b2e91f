"""Spoilt documents and calls are the same for the same seed, and never more than an answer."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.archive import Entry
from benchmarks.damage import damaged
from benchmarks.fuzz import spoil_and_read, spoil_and_use
from benchmarks.mutate import mutated

EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
ENTRIES = [Entry(path.name, path) for path in sorted(EXAMPLES.glob("*.*"))]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_damage_depends_on_the_seed_alone(entry: Entry) -> None:
    data = entry.path.read_bytes()
    spoilt = [mutated(data, random.Random(seed)) for seed in (1, 1, 2)]
    assert spoilt[0] == spoilt[1]
    assert spoilt[0] not in (data, spoilt[2])


@pytest.mark.parametrize("number", range(20))
def test_spoilt_document_gets_an_answer(number: int) -> None:
    found = spoil_and_use(number, ENTRIES)
    assert found["documents read"] + found["documents refused"] >= 1


CALL = 'curl --request POST \\\n  --url https://a.example/pets \\\n  --data \'{"name":"Rex"}\'\n'


def test_damage_of_code_depends_on_the_seed_alone() -> None:
    spoilt = [damaged(CALL, random.Random(seed)) for seed in (1, 1, 2)]
    assert spoilt[0] == spoilt[1]
    assert spoilt[0] not in (CALL, spoilt[2])


@pytest.mark.parametrize("number", range(20))
def test_spoilt_code_gets_an_answer(number: int) -> None:
    found = spoil_and_read(number, ENTRIES)
    assert found["calls read"] + found["calls without a request"] == 6
