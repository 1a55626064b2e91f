"""Counts: the smallest job there is, to see jobs at work and to test them."""

from __future__ import annotations

import time
from typing import Any

from core.jobs.context import JobContext


def count(arguments: dict[str, Any], context: JobContext) -> Any:
    """Counts to ``to``, ``seconds`` for each step, and returns the numbers counted, once each."""
    counted: list[int] = context.checkpoint or []
    total = int(arguments["to"])
    for number in range(len(counted), total):
        context.progress(number, total, f"at {number}")
        time.sleep(float(arguments.get("seconds", 0.01)))
        if number in arguments.get("drop", []):
            context.drop("count", str(number), "asked to be left out")
        counted.append(number)
        context.save(counted)
    context.progress(total, total)
    return counted
