"""A trained model in its folder: what it was made with, and how it leaves the program.

>>> export_model(Path("out"), Path("served"))
>>> # vllm serve served
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from core.errors import CallwrightError, ModelError
from core.models.trained import newest
from core.prompts import load_prompt
from core.workspace import whole_file
from train.base_model import load_base

_RUN = "run.json"
_ADAPTER = "adapter_config.json"


@dataclass(frozen=True, slots=True)
class Run:
    """What is kept of a training run."""

    settings: dict[str, Any]
    data_hash: str
    code_version: str
    """The same for the same files of this package and the same prompt."""
    num_examples: int
    num_too_long: int
    """Examples that were left out, being longer than ``max_tokens``."""
    is_done: bool = False
    losses: tuple[dict[str, float], ...] = ()
    """What was logged, by step; those of runs that were stopped and went on are all there."""
    template: str = ""
    """The version of the prompt that a language model was trained with."""
    seconds: float = 0.0
    """Of the last part, from its start or from where it went on."""


def write_run(out: Path, run: Run) -> None:
    """Keep a run beside its weights. Raises ``StoreError``."""
    with whole_file(out / _RUN) as file:
        file.write(orjson.dumps(asdict(run), option=orjson.OPT_INDENT_2))


def read_run(out: Path) -> Run | None:
    """The run of a folder, if it holds one. Raises ``CallwrightError`` where it cannot be read."""
    path = out / _RUN
    if not path.exists():
        return None
    try:
        found = orjson.loads(path.read_bytes())
        return Run(**{**found, "losses": tuple(found["losses"])})
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise CallwrightError(f"{path} is not what a run left there: {error}.") from error


def check_same_run(run: Run, out: Path, *, harmless: Collection[str]) -> None:
    """What lies in the folder, if anything, is this run, stopped on its way; ``harmless`` settings
    may have changed. Raises ``CallwrightError``.
    """
    before = read_run(out)
    if before is None:
        return
    if before.is_done:
        raise CallwrightError(f"{out} holds a model that is done. Name another folder.")
    other = [
        name
        for name, value in run.settings.items()
        # A setting that came after the run was begun had no other value then.
        if name not in harmless and value != before.settings.get(name, value)
    ]
    if before.data_hash != run.data_hash:
        other.append("the data")
    if other:
        raise CallwrightError(
            f"{out} holds a run with other settings ({', '.join(other)}), and cannot go on with "
            "these. Name another folder, or use the same settings."
        )


def code_version() -> str:
    """Twelve letters of a hash over what examples and weights are made by."""
    digest = hashlib.sha256(load_prompt("answer").version.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def merge_adapter(out: Path, folder: Path) -> None:
    """Write the base of a run with its adapter added to the weights. Raises ``CallwrightError``."""
    adapter = _trained(out)
    if not (adapter / _ADAPTER).exists():
        raise CallwrightError(f"{out} holds a whole model, not an adapter: there is no merging.")
    from peft import PeftModel

    _check_empty(folder)
    model, _ = load_base(_base_of(out))
    merged: Any = PeftModel.from_pretrained(model, str(adapter))
    merged.merge_and_unload().save_pretrained(folder)
    _copy(adapter, folder, "*token*", "chat_template*", "special*", "vocab*", "merges*")


def export_model(out: Path, folder: Path) -> None:
    """Write a run's model as a folder that transformers loads and vLLM serves.

    Of a run that was stopped, its last checkpoint. Raises ``CallwrightError`` for a run without
    one, and ``ModelError`` where what was written cannot be loaded.
    """
    trained = _trained(out)
    if (trained / _ADAPTER).exists():
        merge_adapter(out, folder)
    else:
        _check_empty(folder)
        _copy(trained, folder, "*.json", "*.safetensors", "*.model", "*.txt", "*.jinja")
    _check_loads(folder)


def _base_of(out: Path) -> str:
    """The base of a run's adapter; one that was made on the spot moves with the run."""
    own = out / "base"
    if own.exists():
        return str(own)
    config = orjson.loads((_trained(out) / _ADAPTER).read_bytes())
    return str(config["base_model_name_or_path"])


def _trained(out: Path) -> Path:
    if read_run(out) is None:
        raise CallwrightError(f"{out} holds no run. Train one: python -m train sft … --out {out}")
    if (found := newest(out)) is None:
        raise CallwrightError(f"The run in {out} has no checkpoint yet. Start it again.")
    return found


def _check_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CallwrightError(f"{folder} is there already, and not empty. Name another folder.")
    folder.mkdir(parents=True, exist_ok=True)


def _copy(source: Path, folder: Path, *patterns: str) -> None:
    for path in {path for pattern in patterns for path in source.glob(pattern)}:
        if path.name != "training_args.bin":
            shutil.copy2(path, folder / path.name)


def _check_loads(folder: Path) -> None:
    model, tokenizer = load_base(str(folder))
    if len(tokenizer) > model.get_input_embeddings().num_embeddings:
        raise ModelError(f"{folder}: the tokenizer has more tokens than the model.")
