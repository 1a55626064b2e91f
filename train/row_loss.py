"""How hard each training row is for the model that was trained on it: bad rows stay hard.

>>> [(each.row, round(each.loss, 2)) for each in row_losses(run)][:2]
[('0f3a…', 3.91), ('77b0…', 0.42)]

Made when somebody asks for it, by a job or ``python -m train row-losses``: one pass over the rows.
"""

from __future__ import annotations

import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from core.errors import CallwrightError
from core.jobs import control
from core.jobs.context import JobContext
from core.jobs.tether import tethered
from core.models.trained import newest
from core.store.database import Store
from core.store.jobs import Job
from core.store.training_runs import TrainingRun, training_run
from core.workspace import whole_file
from train.base_model import load_base
from train.checkpoint import read_run
from train.dataset import Dataset, Row
from train.example import Example, Examples
from train.plan import divide, make_plan
from train.report import Report, silent
from train.sft_settings import SftSettings

_FILE = "row_losses.jsonl"
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class RowLoss:
    """What the model makes of one training row, as one kind of prompt."""

    row: str
    """The row's id."""
    language: str
    kind: str
    """The examples in its prompt: ``free-0``, …"""
    loss: float
    """Of a token of the call, in nats, on the average."""
    num_tokens: int
    """Of the call."""
    label: str
    instruction: str


def row_losses(run: TrainingRun) -> list[RowLoss] | None:
    """The rows of a run, the hardest first; none where nobody has asked for them yet."""
    path = run.folder / _FILE
    if not path.exists():
        return None
    return [RowLoss(**orjson.loads(line)) for line in path.read_bytes().splitlines()]


def start_row_losses(store: Store, run: TrainingRun) -> Job:
    """Ask for a job that makes them anew. Raises ``CallwrightError`` without a checkpoint."""
    if run.kind != "sft" or newest(run.folder) is None:
        raise CallwrightError(f"{run.name} has no language model yet that rows could be hard for.")
    arguments = {"training_run": run.id}
    return control.start(store, "row-losses", arguments, f"Look for bad rows of {run.name}")


def job(arguments: dict[str, Any], context: JobContext) -> Any:
    """Make the losses of a ``training_run``, in a process of its own."""
    run = training_run(context.store, arguments["training_run"])
    words = [sys.executable, "-m", "train", "row-losses", run.name]
    with tethered(words) as process:
        while process.poll() is None:
            context.progress(0, None, "reading the rows")
            time.sleep(_LOOK_SECONDS)
    found = row_losses(run)
    if process.returncode or found is None:
        raise CallwrightError(f"The rows of {run.name} could not be looked at. The log says why.")
    return {"rows": len(found)}


def make_row_losses(
    settings: SftSettings, data: Dataset, out: Path, on_row: Report = silent
) -> list[RowLoss]:
    """Keep the losses of the rows that a run was trained on, the hardest first.

    Raises ``CallwrightError`` for a run without a checkpoint.
    """
    weights = newest(out)
    if weights is None or read_run(out) is None:
        raise CallwrightError(f"{out} has no checkpoint yet.")
    model, tokenizer = load_base(str(weights))
    model.eval()
    division = divide(make_plan(settings, data, out), settings)
    examples = Examples(division.pool, tokenizer, max_tokens=settings.max_tokens)
    found: list[RowLoss] = []
    for number, row in enumerate(division.training, 1):
        for kind in settings.kinds:
            if example := examples.of_row(row, kind):
                found.append(_row_loss(row, kind, example, _loss(model, example)))
        on_row(number, len(division.training), {})
    found.sort(key=lambda each: -each.loss)
    with whole_file(out / _FILE) as file:
        file.write(b"".join(orjson.dumps(asdict(each)) + b"\n" for each in found))
    return found


def _row_loss(row: Row, kind: str, example: Example, loss: float) -> RowLoss:
    num_tokens = len(example.completion_tokens)
    return RowLoss(row.id, row.language, kind, loss, num_tokens, row.label, row.instruction)


def _loss(model: Any, example: Example) -> float:
    """One example at a time: in a batch, padding changes roundings."""
    import torch

    tokens = torch.tensor([example.tokens], device=model.device)
    labels = torch.tensor([example.labels], device=model.device)
    with torch.inference_mode():
        return float(model(input_ids=tokens, labels=labels).loss)
