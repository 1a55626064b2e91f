"""Training the bi-encoder that finds operations: a question and its passage come near.

>>> train_retriever(RetrieverSettings(), pairs, Path("retriever"))
>>> # CALLWRIGHT_EMBEDDER=retriever/model python3 run.py app

Every other passage of a batch is a wrong answer (multiple negatives ranking), and a batch is made
of groups of siblings, so that the model learns to tell the operations of one API apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.models.trained import model_path
from core.retrieval.embed import open_model
from core.settings import PLAIN_EMBEDDER
from train.checkpoint import Run, write_run
from train.pair_run import adapted, arguments, begin, check_numbers, divide, finish, resumable
from train.pairs import Pair
from train.report import Report, silent

if TYPE_CHECKING:
    from datasets import Dataset


@dataclass(frozen=True)
class RetrieverSettings:
    """What one training run is made with."""

    base: str = PLAIN_EMBEDDER
    """Name or folder of the model to begin with."""
    epochs: int = 1
    """Times that each pair is seen."""
    batch_size: int = 64
    """Pairs to one step; every other passage of a batch is a wrong answer."""
    learning_rate: float = 5e-5
    """At its highest, after a tenth of the steps; then it falls in a line."""
    scale: float = 20.0
    """What cosines are multiplied by before the softmax: the inverse temperature."""
    max_tokens: int = 96
    """Of a question, and of a passage; what is longer is cut."""
    lora_rank: int = 0
    """0 trains every weight; else an adapter of this rank, and the result is merged."""
    eval_pairs: int = 0
    """Pairs of APIs that are kept from training, for the loss on what it has not seen."""
    save_steps: int = 100
    """Steps from one checkpoint, from which a run can go on, to the next."""
    log_steps: int = 20
    """Steps from one point of the curve to the next."""
    seed: int = 1
    """Of the questions that are made, and of weights that are new."""
    threads: int = 2
    """Processors that are used where there is no GPU."""

    def __post_init__(self) -> None:
        check_numbers(self, "scale")


def train_retriever(
    settings: RetrieverSettings, pairs: Sequence[Pair], out: Path, on_log: Report = silent
) -> Run:
    """Train on pairs in their order, or go on, and leave the model, a folder of
    sentence-transformers, in ``out/model``; what is kept of the run is returned.

    Raises ``CallwrightError`` for pairs that make no batch and for a folder that holds another run,
    ``ModelError`` for an unknown base.
    """
    training, held_back = divide(pairs, settings)
    run = begin(settings, pairs, out, num_examples=len(training))
    import torch
    from sentence_transformers import SentenceTransformerTrainer
    from sentence_transformers.sentence_transformer import losses, training_args
    from transformers import set_seed

    torch.set_num_threads(settings.threads)
    set_seed(settings.seed)  # for what an adapter begins with
    # In halves, as some folders keep their weights, AdamW's small steps would be lost.
    model = open_model(settings.base, dtype=torch.float32)
    model.max_seq_length = settings.max_tokens
    model.model_card_data.generate_widget_examples = False  # no card is written
    whole: Any = model[0]
    adapter = (
        adapted(whole.auto_model, settings, task_type="FEATURE_EXTRACTION")
        if settings.lora_rank
        else None
    )
    kind = training_args.SentenceTransformerTrainingArguments
    trainer = resumable(SentenceTransformerTrainer)(
        model=model,
        args=arguments(kind, settings, out, batch_sampler=_in_order),
        train_dataset=_columns(training),
        eval_dataset=_columns(held_back) if held_back else None,
        loss=losses.MultipleNegativesRankingLoss(model, scale=settings.scale),
    )
    done = finish(trainer, run, out, on_log)
    if adapter is not None:
        adapter.save_pretrained(str(out / "adapter"))
        adapter.merge_and_unload()
    model.save_pretrained(str(model_path(out)), create_model_card=False)
    write_run(out, done)
    return done


def _columns(pairs: Sequence[Pair]) -> Dataset:
    from datasets import Dataset

    return Dataset.from_dict(
        {
            "anchor": [pair.question for pair in pairs],
            "positive": [pair.passage for pair in pairs],
        }
    )


def _in_order(dataset: Dataset, **options: Any) -> Any:
    """Batches of neighbours: the pairs stand in the order in which they are to be seen."""
    from sentence_transformers.base.sampler import DefaultBatchSampler
    from torch.utils.data import SequentialSampler

    return DefaultBatchSampler(SequentialSampler(dataset), **options)
