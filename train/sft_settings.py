"""What a run of supervised fine-tuning is made with: the same for the command and the page.

>>> read_settings(Path("run.toml"))
SftSettings(preset='small', base='Qwen/Qwen2.5-Coder-0.5B', ...)

A run says a preset and what is different. ``paper`` is API Pack's (arXiv 2402.09615, appendix B).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from core.errors import CallwrightError, UnknownNameError
from train.base_model import TINY
from train.mix import RECIPES, MixSettings
from train.run_file import make_settings, place, read_table
from train.shot_pool import KINDS

TABLE = "sft"
Device = Literal["auto", "cpu", "cuda"]
Precision = Literal["float32", "bf16"]
Quantize = Literal["none", "4bit"]
Optimizer = Literal["adamw_torch", "adafactor"]
_POSITIVE = ("epochs", "learning_rate", "batch_size", "global_batch", "max_tokens", "save_steps")
_NOT_NEGATIVE = ("rows", "others", "wordings", "eval_rows", "lora_rank", "warmup", "max_steps")
_DEFAULT_PRESET = "tiny"

PRESETS: Mapping[str, Mapping[str, Any]] = {
    "tiny": {},
    "small": {
        "learning_rate": 2e-4,
        "lora_rank": 16,
        "batch_size": 1,
        "global_batch": 16,
        "max_tokens": 2_048,
        "epochs": 1,
        "save_steps": 100,
        "gradient_checkpointing": True,
    },
    "paper": {
        "prompts": "free-0,free-3-retrieved",
        "learning_rate": 2e-5,
        "batch_size": 1,
        "global_batch": 128,
        "max_tokens": 4_096,
        "epochs": 2,
        "optimizer": "adafactor",
        "precision": "bf16",
        "gradient_checkpointing": True,
        "device": "cuda",
        "save_steps": 200,
    },
}
"""What each preset sets; elsewhere the defaults hold, which are those of ``tiny``."""


@dataclass(frozen=True)
class SftSettings:
    """What one training run is made with."""

    preset: str = _DEFAULT_PRESET
    """Where the other settings began."""
    base: str = TINY
    """Name or folder of the model to begin with, or ``tiny``."""
    recipe: str = "ladder"
    """How rows are chosen (:data:`train.mix.RECIPES`)."""
    language: str = ""
    """The only, or the large, language; empty for all of them where that makes sense."""
    rows: int = 0
    """How many (``mixture``: of the large language); 0 takes all."""
    others: int = 1_000
    """Of each other language of a ``mixture``."""
    source: str = ""
    """The hub of the recipe ``sources``; empty takes the same number from each."""
    mixed_with: str = ""
    """A file of general tasks, for the recipe ``general``."""
    wordings: int = 1
    """Instructions that each call is learnt with: its best one, and other good ones; 0 for all."""
    prompts: str = "free-0"
    """How many examples stand in prompts, and which: one or more of :data:`train.shot_pool.KINDS`
    with commas; each row is learnt once for each."""
    epochs: int = 20
    """Times that each example is seen."""
    max_steps: int = 0
    """Where to stop before the epochs end; 0 for nowhere."""
    learning_rate: float = 1e-3
    """At its highest, after the warm-up; then it falls in a line."""
    warmup: float = 0.03
    """The share of steps in which the learning rate rises."""
    batch_size: int = 4
    """Examples that are on the device at once."""
    global_batch: int = 4
    """Examples to one step of the optimizer."""
    max_tokens: int = 1_024
    """Of an example. Longer ones have fewer examples in their prompts, or are left out."""
    optimizer: Optimizer = "adamw_torch"
    """``adafactor`` keeps no moments of each weight, and so takes a third of the memory."""
    precision: Precision = "float32"
    """``bf16`` counts in halves on the way, where a GPU can; weights stay whole."""
    gradient_checkpointing: bool = False
    """Keeps less for the way back and counts it again: less memory, a third more time."""
    lora_rank: int = 0
    """0 trains every weight; else an adapter of this rank."""
    quantize: Quantize = "none"
    """``4bit`` holds the base in 4 bits beside an adapter (QLoRA); needs a GPU and bitsandbytes."""
    eval_rows: int = 0
    """Examples that are kept from training, and tell its loss on what it has not seen."""
    save_steps: int = 50
    """Steps from one checkpoint, from which a run can go on, to the next."""
    log_steps: int = 5
    """Steps from one point of the curve to the next."""
    device: Device = "auto"
    """``auto`` takes a GPU where there is one."""
    threads: int = 1
    """Processors that are used where there is no GPU."""
    seed: int = 1
    """Of the order, of what is drawn, and of weights that are new."""

    def __post_init__(self) -> None:
        for name in (*_POSITIVE, "threads", "log_steps"):
            if getattr(self, name) <= 0:
                raise CallwrightError(f"{name} is {getattr(self, name)}. Give a number above 0.")
        for name in _NOT_NEGATIVE:
            if getattr(self, name) < 0:
                raise CallwrightError(f"{name} is {getattr(self, name)}. Give 0 or more.")
        self._check_names()
        if self.global_batch % self.batch_size:
            raise CallwrightError(
                f"global_batch is {self.global_batch}, which is not a multiple of batch_size, "
                f"{self.batch_size}. Change one of them."
            )
        if self.quantize != "none" and not self.lora_rank:
            raise CallwrightError(
                f"quantize is {self.quantize}, and weights of 4 bits cannot be trained themselves. "
                "Set lora_rank, such as 16, for the adapter that is trained beside them."
            )
        if bool(self.mixed_with) != (self.recipe == "general"):
            raise CallwrightError(
                "The recipe general, and no other one, needs mixed_with: a file of general tasks."
            )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of prompts that each row is learnt with."""
        return tuple(kind.strip() for kind in self.prompts.split(","))

    @property
    def mix(self) -> MixSettings:
        """What the recipe is asked for."""
        return MixSettings(self.language, self.rows, self.others, self.source, self.seed)

    def _check_names(self) -> None:
        known = {
            "preset": PRESETS,
            "recipe": RECIPES,
            "optimizer": get_args(Optimizer),
            "precision": get_args(Precision),
            "device": get_args(Device),
            "quantize": get_args(Quantize),
        }
        for name, names in known.items():
            if getattr(self, name) not in names:
                raise UnknownNameError(name, getattr(self, name), names)
        for kind in self.kinds:
            if kind not in KINDS:
                raise UnknownNameError("kind of prompts", kind, KINDS)


def read_settings(path: Path | None, preset: str = "") -> SftSettings:
    """The settings of a ``run.toml``, or the defaults, on a preset; one that is given here wins
    over the file's. Raises ``CallwrightError``.
    """
    found = read_table(path, TABLE) if path else {}
    where = place(path, TABLE) if path else "settings"
    return settings_of({**found, **({"preset": preset} if preset else {})}, where)


def settings_of(values: Mapping[str, Any], where: str) -> SftSettings:
    """Settings from those that differ from their preset. Raises ``CallwrightError``."""
    preset = values.get("preset", _DEFAULT_PRESET)
    if preset not in PRESETS:
        raise UnknownNameError("preset", str(preset), PRESETS)
    return make_settings(SftSettings, {**PRESETS[preset], **values}, where)
