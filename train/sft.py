"""Supervised fine-tuning: a language model learns to write the call that an instruction asks for.

>>> train_sft(settings, read_dataset(folder), Path("out"))

By TRL's ``SFTTrainer``, on tokens of our own making (:mod:`train.example`), so that the loss counts
the call alone. A run that was killed goes on at its last checkpoint, with the same data in the same
order, when it is started again with the same settings.
"""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from core.models.trained import last_steps, model_path
from core.prompts import load_prompt
from train.base_model import TINY, load_base, make_tiny
from train.checkpoint import (
    Run,
    check_same_run,
    code_version,
    write_run,
)
from train.dataset import Dataset
from train.example import Example, texts_of
from train.plan import Plan, make_plan, prepare
from train.processes import is_first, num_processes, wait_for_all
from train.report import Report, reporter, silent, stopper
from train.sft_settings import SftSettings

_HARMLESS = ("threads", "log_steps", "preset")
"""Settings that may change when a run goes on: weights do not hang on them."""


def train_sft(
    settings: SftSettings, data: Dataset, out: Path, on_log: Report = silent, *, until: int = 0
) -> Run:
    """Train, or go on, and leave the model in ``out/model``; what is kept of the run is returned.

    Stops after the step ``until``, with a checkpoint, where there is one. Raises
    ``CallwrightError``, before anything starts, for all that :func:`train.plan.make_plan`
    looks at, and for a folder that holds another run.
    """
    plan, run = check_sft(settings, data, out)
    import torch

    torch.set_num_threads(settings.threads)
    base = _base_folder(settings, plan, out)
    model, tokenizer = load_base(base, quantize=settings.quantize)
    prepared = prepare(plan, settings, tokenizer)
    run = replace(run, num_examples=len(prepared.training), num_too_long=prepared.too_long)
    if is_first():
        write_run(out, run)
    began = time.monotonic()
    trainer = _trainer(settings, model, tokenizer, prepared.training, prepared.held_back, out)
    trainer.add_callback(reporter(on_log))
    if until:
        trainer.add_callback(stopper(until))
    steps = last_steps(out)
    trainer.train(resume_from_checkpoint=str(steps) if steps else None)
    if trainer.state.global_step < trainer.state.max_steps:
        return run
    trainer.save_model(str(model_path(out)))
    done = replace(
        run,
        is_done=True,
        losses=tuple(trainer.state.log_history),
        seconds=time.monotonic() - began,
    )
    if is_first():
        write_run(out, done)
    return done


def check_sft(settings: SftSettings, data: Dataset, out: Path) -> tuple[Plan, Run]:
    """All that a run may fail of, before anything starts. Raises ``CallwrightError``."""
    plan = make_plan(settings, data, out)
    template = load_prompt("answer").version
    run = Run(asdict(settings), plan.data_hash, code_version(), 0, 0, template=template)
    check_same_run(run, out, harmless=_HARMLESS)
    return plan, run


def _base_folder(settings: SftSettings, plan: Plan, out: Path) -> str:
    """The base, made first where it is the tiny one and this is no run that goes on."""
    if settings.base != TINY:
        path = Path(settings.base)
        return str(path.absolute()) if path.is_dir() else settings.base
    folder = out.absolute() / "base"  # adapters say where their base is
    if is_first() and last_steps(out) is None:
        make_tiny(folder, texts_of(plan.rows, plan.tasks), seed=settings.seed)
    wait_for_all(on_cpu=settings.device == "cpu")
    return str(folder)


def _trainer(
    settings: SftSettings,
    model: Any,
    tokenizer: Any,
    training: list[Example],
    held_back: list[Example],
    out: Path,
) -> Any:
    from transformers import PrinterCallback
    from trl.trainer.sft_trainer import SFTTrainer

    trainer = SFTTrainer(
        model=model,
        args=_arguments(settings, out, evaluates=bool(held_back)),
        train_dataset=_columns(training),
        eval_dataset=_columns(held_back) if held_back else None,
        processing_class=tokenizer,
        peft_config=_adapter(settings.lora_rank) if settings.lora_rank else None,
    )
    trainer.remove_callback(PrinterCallback)
    return trainer


def _columns(examples: list[Example]) -> Any:
    from datasets import Dataset as Columns

    return Columns.from_dict(
        {
            "input_ids": [example.tokens for example in examples],
            "labels": [example.labels for example in examples],
        }
    )


def _arguments(settings: SftSettings, out: Path, *, evaluates: bool) -> Any:
    from trl.trainer.sft_config import SFTConfig

    together = settings.batch_size * num_processes()
    return SFTConfig(
        output_dir=str(out / "steps"),
        num_train_epochs=settings.epochs,
        max_steps=settings.max_steps or -1,
        learning_rate=settings.learning_rate,
        warmup_steps=settings.warmup,
        per_device_train_batch_size=settings.batch_size,
        per_device_eval_batch_size=settings.batch_size,
        gradient_accumulation_steps=settings.global_batch // together,
        optim=settings.optimizer,
        bf16=settings.precision == "bf16",
        gradient_checkpointing=settings.gradient_checkpointing,
        max_length=settings.max_tokens,
        dataset_kwargs={"skip_prepare_dataset": True},  # tokens and labels are ready
        eval_strategy="steps" if evaluates else "no",
        eval_steps=settings.save_steps,
        logging_steps=settings.log_steps,
        save_steps=settings.save_steps,
        save_total_limit=1,
        use_cpu=settings.device == "cpu",
        seed=settings.seed,
        data_seed=settings.seed,
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=False,
    )


def _adapter(rank: int) -> Any:
    from peft import LoraConfig

    return LoraConfig(
        task_type="CAUSAL_LM", r=rank, lora_alpha=2 * rank, target_modules="all-linear"
    )
