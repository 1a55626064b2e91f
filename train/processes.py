"""One training in several processes, as ``accelerate launch`` starts them, on one machine or more.

>>> # accelerate launch --num_processes 2 -m train sft DATASET --out OUT
>>> num_processes(), is_first()
(2, True)

All of them train; the first one alone writes what is kept of the run.
"""

from __future__ import annotations

import os


def num_processes() -> int:
    """How many train together."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def is_first() -> bool:
    """Whether this one writes files, and tells how far it is."""
    return os.environ.get("RANK", "0") == "0"


def wait_for_all(*, on_cpu: bool) -> None:
    """Go on when all have come here; what the first one has written is there then."""
    if num_processes() > 1:
        from accelerate import PartialState

        PartialState(cpu=on_cpu).wait_for_everyone()
