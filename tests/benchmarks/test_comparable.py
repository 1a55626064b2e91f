"""Every difference from openapi-snippet's requests is one of its known defects."""

from __future__ import annotations

from pathlib import Path

from benchmarks.comparable import explain, pairs


def test_no_difference_is_unexplained(shared: Path) -> None:
    found = list(pairs())
    defects, unexplained, same = explain(found)
    assert unexplained == []
    assert len(same) > 0.75 * len(found)
    assert sum(defects.values()) >= len(found) - len(same)
