"""What trainings on pairs have in common: settings that make sense, and a run that goes on.

>>> run = begin(settings, pairs, out)
>>> finish(trainer, run, out, on_log)

A run that was killed goes on at its last checkpoint, with the same pairs in the same order, when it
is started again with the same settings; its folder is that of :mod:`train.checkpoint`.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, ClassVar, Protocol

from core.errors import CallwrightError
from core.models.trained import last_steps
from train.checkpoint import Run, check_same_run, code_version, write_run
from train.pairs import Pair
from train.report import Report, reporter

_STATE = "state.safetensors"
_ADAPTED = ["query", "key", "value", "dense"]
"""The linear layers of a BERT, which MiniLM and the BGE models are."""
_HARMLESS = ("threads", "log_steps")
"""Settings that may change when a run goes on: weights do not hang on them."""
_POSITIVE = ("epochs", "batch_size", "learning_rate", "max_tokens", "save_steps", "log_steps")


class PairSettings(Protocol):
    """What retrievers and rerankers are both trained with: a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def epochs(self) -> int: ...
    @property
    def batch_size(self) -> int: ...
    @property
    def learning_rate(self) -> float: ...
    @property
    def lora_rank(self) -> int: ...
    @property
    def eval_pairs(self) -> int: ...
    @property
    def save_steps(self) -> int: ...
    @property
    def log_steps(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def threads(self) -> int: ...


def check_numbers(settings: PairSettings, *positive: str) -> None:
    """Raises ``CallwrightError`` for a number of settings that makes no sense."""
    for name in (*_POSITIVE, "threads", *positive):
        if getattr(settings, name) <= 0:
            raise CallwrightError(f"{name} is {getattr(settings, name)}. Give a number above 0.")
    for name in ("lora_rank", "eval_pairs"):
        if getattr(settings, name) < 0:
            raise CallwrightError(f"{name} is {getattr(settings, name)}. Give 0 or more.")


def divide(pairs: Sequence[Pair], settings: PairSettings) -> tuple[list[Pair], list[Pair]]:
    """The pairs to learn from, and those of other APIs to measure the loss with.

    Raises ``CallwrightError`` where too few are left to learn from.
    """
    apis = sorted({pair.api for pair in pairs})
    random.Random(settings.seed).shuffle(apis)
    counts = Counter(pair.api for pair in pairs)
    chosen: set[str] = set()
    for api in apis:
        if sum(counts[each] for each in chosen) >= settings.eval_pairs:
            break
        chosen.add(api)
    training = [pair for pair in pairs if pair.api not in chosen]
    if len(training) < settings.batch_size:
        raise CallwrightError(
            f"There are {len(pairs):,} pairs of {len(apis):,} APIs. Without those that eval_pairs "
            f"({settings.eval_pairs:,}) keeps back, whole APIs at a time, {len(training):,} are "
            f"left, and a batch takes {settings.batch_size:,}. Bring more documents, or make "
            "eval_pairs or batch_size smaller."
        )
    return training, [pair for pair in pairs if pair.api in chosen][: settings.eval_pairs]


def begin(settings: PairSettings, pairs: Sequence[Pair], out: Path, *, num_examples: int) -> Run:
    """A run, new or stopped on its way. Raises ``CallwrightError`` where ``out`` holds another."""
    run = Run(
        settings=asdict(settings),
        data_hash=hash_of(pairs),
        code_version=code_version(),
        num_examples=num_examples,
        num_too_long=0,
    )
    check_same_run(run, out, harmless=_HARMLESS)
    write_run(out, run)
    return run


def resumable(trainer: type[Any]) -> type[Any]:
    """A trainer of sentence-transformers whose checkpoints hold a model with an adapter, too."""
    from safetensors.torch import load_model, save_model

    class Resumable(trainer):  # type: ignore[misc]
        """Keeps weights as they are, instead of a model's own files, which know no adapter."""

        def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
            folder = Path(output_dir or self.args.output_dir)
            folder.mkdir(parents=True, exist_ok=True)
            save_model(self.model, str(folder / _STATE))

        def _load_from_checkpoint(self, checkpoint_path: str) -> None:
            load_model(self.model, Path(checkpoint_path) / _STATE)

    return Resumable


def arguments(kind: type[Any], settings: PairSettings, out: Path, **own: Any) -> Any:
    """The arguments of a trainer of sentence-transformers, with those of its kind."""
    import torch

    return kind(
        output_dir=str(out / "steps"),
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=settings.batch_size,
        per_device_eval_batch_size=settings.batch_size,
        learning_rate=settings.learning_rate,
        warmup_steps=0.1,
        bf16=torch.cuda.is_available(),
        seed=settings.seed,
        data_seed=settings.seed,
        logging_steps=settings.log_steps,
        eval_strategy="steps" if settings.eval_pairs else "no",
        eval_steps=settings.save_steps,
        save_steps=settings.save_steps,
        save_total_limit=1,
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=False,
        **own,
    )


def adapted(model: Any, settings: PairSettings, **own: Any) -> Any:
    """A BERT whose layers have small matrices beside their own, which alone are trained."""
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(
        r=settings.lora_rank, lora_alpha=2 * settings.lora_rank, target_modules=_ADAPTED, **own
    )
    return get_peft_model(model, config)  # changes the layers in place


def finish(trainer: Any, run: Run, out: Path, on_log: Report) -> Run:
    """Train to the end, from where the run was stopped. The run that this returns is to be written
    once the model is saved."""
    from transformers import PrinterCallback

    began = time.monotonic()
    trainer.remove_callback(PrinterCallback)
    trainer.add_callback(reporter(on_log))
    steps = last_steps(out)
    trainer.train(resume_from_checkpoint=str(steps) if steps else None)
    return replace(
        run,
        is_done=True,
        losses=tuple(trainer.state.log_history),
        seconds=time.monotonic() - began,
    )


def hash_of(pairs: Sequence[Pair]) -> str:
    """The same for the same pairs in the same order."""
    digest = hashlib.sha256()
    for pair in pairs:
        digest.update(repr(pair).encode())
    return digest.hexdigest()[:16]
