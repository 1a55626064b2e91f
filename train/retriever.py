"""Training the bi-encoder that finds operations: a question and its passage come near.

>>> train_retriever(RetrieverSettings(), pairs, Path("retriever"))

Every other passage of a batch is a wrong answer (multiple negatives ranking), and a batch is made
of groups of siblings, so that the model learns to tell the operations of one API apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import CallwrightError
from core.retrieval.embed import open_model
from core.settings import PLAIN_EMBEDDER
from train.pairs import Pair
from train.report import Report, reporter, silent

if TYPE_CHECKING:
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer

_ADAPTED = ["query", "key", "value", "dense"]
"""The linear layers of a BERT, which MiniLM and the BGE models are."""


@dataclass(frozen=True)
class RetrieverSettings:
    """What one training run is made with."""

    base: str = PLAIN_EMBEDDER
    """Name or folder of the model to begin with."""
    epochs: int = 1
    batch_size: int = 64
    learning_rate: float = 5e-5
    """At its highest, after a tenth of the steps; then it falls in a line."""
    scale: float = 20.0
    """What cosines are multiplied by before the softmax: the inverse temperature."""
    max_tokens: int = 96
    lora_rank: int = 0
    """0 trains every weight; else an adapter of this rank, and the result is merged."""
    seed: int = 1
    threads: int = 2
    """Processors that are used where there is no GPU."""

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size", "learning_rate", "scale", "max_tokens", "threads"):
            if getattr(self, name) <= 0:
                raise CallwrightError(f"{name} is {getattr(self, name)}. Give a number above 0.")


def train_retriever(
    settings: RetrieverSettings,
    pairs: Sequence[Pair],
    folder: Path,
    report: Report = silent,
) -> None:
    """Train on pairs in their order, and save the model as a folder of sentence-transformers.

    Raises ``CallwrightError`` for pairs that make no batch, ``ModelError`` for an unknown base.
    """
    if len(pairs) < settings.batch_size:
        raise CallwrightError(
            f"There are {len(pairs)} pairs, and a batch takes {settings.batch_size}. Bring more "
            "documents, or make the batch smaller."
        )
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformerTrainer
    from sentence_transformers.sentence_transformer import losses
    from transformers import PrinterCallback, set_seed

    torch.set_num_threads(settings.threads)
    set_seed(settings.seed)  # for what an adapter begins with
    # In halves, as some folders keep their weights, AdamW's small steps would be lost.
    model = open_model(settings.base, dtype=torch.float32)
    model.max_seq_length = settings.max_tokens
    adapted = _adapted(model, settings.lora_rank) if settings.lora_rank else None
    columns = {
        "anchor": [pair.question for pair in pairs],
        "positive": [pair.passage for pair in pairs],
    }
    trainer = SentenceTransformerTrainer(
        model=model,
        args=_arguments(settings, folder),
        train_dataset=Dataset.from_dict(columns),
        loss=losses.MultipleNegativesRankingLoss(model, scale=settings.scale),
        callbacks=[reporter(report)],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    if adapted is not None:
        adapted.save_pretrained(str(folder / "adapter"))
        adapted.merge_and_unload()
    model.save_pretrained(str(folder), create_model_card=False)


def _arguments(settings: RetrieverSettings, folder: Path) -> Any:
    import torch
    from sentence_transformers.sentence_transformer import training_args

    return training_args.SentenceTransformerTrainingArguments(
        output_dir=str(folder / "steps"),
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=settings.batch_size,
        learning_rate=settings.learning_rate,
        warmup_steps=0.1,
        batch_sampler=_in_order,
        bf16=torch.cuda.is_available(),
        seed=settings.seed,
        logging_steps=20,
        save_strategy="no",
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=False,
    )


def _in_order(dataset: Dataset, **options: Any) -> Any:
    """Batches of neighbours: the pairs stand in the order in which they are to be seen."""
    from sentence_transformers.base.sampler import DefaultBatchSampler
    from torch.utils.data import SequentialSampler

    return DefaultBatchSampler(SequentialSampler(dataset), **options)


def _adapted(model: SentenceTransformer, rank: int) -> Any:
    """The same model with small matrices beside its own, which alone are trained."""
    from peft import LoraConfig, TaskType, get_peft_model

    config = LoraConfig(
        task_type=TaskType.FEATURE_EXTRACTION,
        r=rank,
        lora_alpha=2 * rank,
        target_modules=_ADAPTED,
    )
    whole: Any = model[0]
    return get_peft_model(whole.auto_model, config)  # changes the layers in place
