"""What training leaves in a folder, as models that can be asked by name.

OUT/
    run.json    what it was made with, and whether it is done
    base/       the tiny model that it began with, where that was made on the spot
    steps/      checkpoints from which a run goes on after it was stopped
    model/      the weights and the tokenizer at the end, or an adapter of the base

>>> weights_of(Path("workspace/models/pets"))       # the newest: what the name alone means
PosixPath('workspace/models/pets/steps/checkpoint-120')
>>> weights_of(Path("workspace/models/pets"), 0)    # pets@0: the base before anything was learnt
PosixPath('workspace/models/pets/base')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from core.errors import ModelError
from core.models.cache import FREE, Price

_RUN = "run.json"
_STEP = "@"


@dataclass(frozen=True, slots=True)
class Trained:
    """A run of this workspace whose model can be asked by the run's name."""

    name: str
    folder: Path
    price: Price = FREE


def model_path(out: Path) -> Path:
    """Where a run leaves its model."""
    return out / "model"


def last_steps(out: Path) -> Path | None:
    """The last checkpoint that is whole; its state is what is written last."""
    found = [path.parent for path in out.glob("steps/checkpoint-*/trainer_state.json")]
    whole = [path for path in found if _is_json(path / "trainer_state.json")]
    return max(whole, key=_number, default=None)


def step_of(out: Path) -> int:
    """The step of the last checkpoint that is whole; 0 before there is one."""
    found = last_steps(out)
    return _number(found) if found else 0


def is_done(out: Path) -> bool:
    """Whether a run came to its end."""
    return bool(made_with(out).get("is_done"))


def newest(out: Path) -> Path | None:
    """The weights of a run that learnt most; none before its first checkpoint."""
    return model_path(out) if is_done(out) else last_steps(out)


def weights_of(out: Path, step: int | None = None) -> str:
    """The folder, or the name on the hub, of a run's weights after a step, or of the newest ones.

    Raises ``ModelError`` where they are not there, or not any more.
    """
    if step == 0:
        return _base(out)
    found = newest(out) if step is None else out / "steps" / f"checkpoint-{step}"
    if found is None or not found.is_dir():
        what = "checkpoint yet" if step is None else f"checkpoint of step {step:,} (any more)"
        raise ModelError(f"The run {out.name} has no {what}. Its page says how far it is.")
    return str(found)


def split_name(name: str) -> tuple[str, int | None]:
    """A run's name and the step that is asked for: ``pets@40`` is ``pets`` after 40 steps."""
    run, separator, step = name.rpartition(_STEP)
    if separator and step.isdecimal() and step.isascii():
        return run, int(step)
    return name, None


def at_step(name: str, step: int) -> str:
    """The name of a run's model after a step."""
    return f"{name}{_STEP}{step}"


def made_with(out: Path) -> Mapping[str, Any]:
    """What a run keeps of itself; empty where there is none, or it is not all there."""
    try:
        found = orjson.loads((out / _RUN).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _base(out: Path) -> str:
    own = out / "base"
    if own.is_dir():
        return str(own)
    named = made_with(out).get("settings", {}).get("base", "")
    if not named:
        raise ModelError(f"The run {out.name} does not say what it began with.")
    return str(named)


def _number(checkpoint: Path) -> int:
    return int(checkpoint.name.rpartition("-")[2])


def _is_json(path: Path) -> bool:
    try:
        orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        return False
    return True
