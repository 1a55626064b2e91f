"""Questions that nobody asks, but somebody may send: reading takes time by their length only."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.arguments.mention import mentions, without_values
from core.arguments.reading import read
from core.retrieval.intent import intents, wants_many
from core.retrieval.passage import query_terms

CHARACTERS = 20_000
MOST_CPU_SECONDS = 4
"""Ten times what one takes; what backtracks needs hours, what is quadratic a minute."""

# What one pattern or another repeats: a run of each once ended in a search without end.
_REPEATED = (
    *"aA0É -_.:/#@+,'\"`(\n",
    *("a1", "1a", "a-", "a_", "a/", "a.", "a:", "A ", "Aa ", "x-1", "A of ", "A'", "Dr. "),
    *("1.", "1 ", "1:", "1,111", "+1 ", "1-", "1970-01-01T", "1 may ", "$1", "1 and "),
    *("a@", "a@a.", "https://", '"a', "'a", "not ", "take ", "throw a ", ". ", "the "),
)


@pytest.mark.parametrize("repeated", _REPEATED, ids=repr)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("a1", "é"), ("A", "-"), ("1", "@")])
def test_long_run_is_read_in_time(repeated: str, before: str, after: str) -> None:
    run = (repeated * CHARACTERS)[:CHARACTERS]
    assert _cpu_seconds(f"{before}{run}{after}") < MOST_CPU_SECONDS


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_REPEATED), st.integers(1, 2_000)), max_size=6))
def test_mixed_runs_are_read_in_time(runs: list[tuple[str, int]]) -> None:
    question = "".join(repeated * count for repeated, count in runs)[:CHARACTERS]
    assert _cpu_seconds(question) < MOST_CPU_SECONDS


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(question: str) -> None:
    found = mentions(question)
    assert all(question[each.start : each.end] == each.text for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_number_of_thousands_of_digits_is_no_value() -> None:
    assert mentions("9" * 5_000) == []
    assert mentions("9" * 400 + ".5") == []


def _cpu_seconds(question: str) -> float:
    """Of the slowest of all that looks at a question before any operation is known."""
    taken = []
    for look in (mentions, without_values, read, intents, wants_many, query_terms):
        started = time.process_time()
        look(question)
        taken.append(time.process_time() - started)
    return max(taken)
