"""The steps, in the order in which they run."""

from __future__ import annotations

from core.errors import UnknownNameError
from pipeline import curate, export, instruct, select, split, validate
from pipeline.rate import JUDGE_STEP, SCORE_STEP
from pipeline.work import Step, shards

STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        curate.STEP,
        instruct.STEP,
        validate.STEP,
        JUDGE_STEP,
        SCORE_STEP,
        select.STEP,
        split.STEP,
        export.STEP,
    )
}
"""By the name that commands, files and addresses use."""


WHOLE = [name for name, step in STEPS.items() if step.parts is not shards]
"""Steps that read what others make of all shards, so that these must be there."""


def step_called(name: str) -> Step:
    """The step of that name. Raises ``UnknownNameError``."""
    try:
        return STEPS[name]
    except KeyError:
        raise UnknownNameError("step", name, STEPS) from None
