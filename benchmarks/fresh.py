"""Work in a process that has done nothing before: its seconds, and the most memory it took."""

from __future__ import annotations

import multiprocessing
import re
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Measured(Generic[T]):
    """What work gave, and what it cost without the start of its process."""

    result: T
    seconds: float
    cpu_seconds: float
    megabytes: float
    """The peak of the whole process."""


def in_fresh_process(work: Callable[..., T], *given: Any) -> Measured[T]:
    """Do work in a process of its own; both must be picklable."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, *given))


def best_of(rounds: int, work: Callable[..., T], *given: Any) -> Measured[T]:
    """The quickest of several fresh processes."""
    found = [in_fresh_process(work, *given) for _ in range(rounds)]
    return min(found, key=lambda measured: measured.seconds)


def _measured(work: Callable[..., T], *given: Any) -> Measured[T]:
    started, cpu_started = time.perf_counter(), time.process_time()
    result = work(*given)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    return Measured(result, seconds, cpu_seconds, _peak_megabytes())


def _peak_megabytes() -> float:
    """Of this process alone; what ``getrusage`` says begins at what its parent took (Linux)."""
    status = Path("/proc/self/status")
    if status.exists():
        kilobytes = re.search(r"^VmHWM:\s*(\d+) kB", status.read_text(), re.MULTILINE)
        assert kilobytes
        return int(kilobytes[1]) * 1024 / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / 1e6
