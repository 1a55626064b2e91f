"""Training the cross-encoder that looks once more at what was found.

>>> train_reranker(RerankerSettings(), pairs, Path("reranker"))
>>> # CALLWRIGHT_RERANKER=reranker/model python3 run.py app

It reads a question and a passage together and scores them: the right passage is to come before the
siblings that a retriever brings (:mod:`train.choices`), by the cross-entropy over each question's
passages (localized contrastive estimation, arXiv 2101.08751).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import ModelError
from core.models.trained import model_path
from core.retrieval.embed import load_embedder, model_folder, open_model
from core.settings import DEFAULT_EMBEDDER, NONE, PLAIN_EMBEDDER
from train.checkpoint import Run, write_run
from train.choices import Choice, choices
from train.pair_run import adapted, arguments, begin, check_numbers, divide, finish, resumable
from train.pairs import Pair
from train.report import Report, silent

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_CERTAIN = 30.0
"""The loss takes a softmax of what is wanted; this leaves the wrong ones nothing."""


@dataclass(frozen=True)
class RerankerSettings:
    """What one training run is made with."""

    base: str = PLAIN_EMBEDDER
    """Name or folder of the model to begin with: a cross-encoder, or any BERT."""
    epochs: int = 1
    """Times that each question is seen."""
    batch_size: int = 8
    """Questions, each with all its passages, to one step."""
    learning_rate: float = 1e-4
    """At its highest, after a tenth of the steps; then it falls in a line."""
    wrong: int = 4
    """Passages to each question that are not the right one."""
    found_by: str = DEFAULT_EMBEDDER
    """Name or folder of the embedder that brings the wrong ones; ``none`` takes any siblings."""
    max_tokens: int = 96
    """Of question and passage together."""
    lora_rank: int = 0
    """0 trains every weight; else an adapter of this rank, and the result is merged."""
    eval_pairs: int = 0
    """Questions about APIs that are kept from training, for the loss on what it has not seen."""
    save_steps: int = 100
    """Steps from one checkpoint, from which a run can go on, to the next."""
    log_steps: int = 20
    """Steps from one point of the curve to the next."""
    seed: int = 1
    """Of the questions that are made, of the wrong passages, and of weights that are new."""
    threads: int = 2
    """Processors that are used where there is no GPU."""

    def __post_init__(self) -> None:
        check_numbers(self, "wrong")


def train_reranker(
    settings: RerankerSettings, pairs: Sequence[Pair], out: Path, on_log: Report = silent
) -> Run:
    """Train, or go on, and leave the model in ``out/model``; what is kept of the run is returned.

    Raises ``CallwrightError`` for pairs that make no batch and for a folder that holds another run,
    ``ModelError`` for an unknown base.
    """
    training, held_back = divide(pairs, settings)
    run = begin(settings, pairs, out, num_examples=len(training))
    import torch
    from sentence_transformers.cross_encoder import CrossEncoderTrainer, losses, training_args
    from transformers import set_seed

    torch.set_num_threads(settings.threads)
    embedder = (
        load_embedder(settings.found_by, threads=settings.threads)
        if settings.found_by != NONE
        else None
    )
    chosen = choices([*training, *held_back], embedder, wrong=settings.wrong, seed=settings.seed)
    set_seed(settings.seed)  # for the layer that scores, which is new
    model = _open(settings)
    model.model_card_data.generate_widget_examples = False  # no card is written
    adapter = _adapter(model, settings) if settings.lora_rank else None
    trainer = resumable(CrossEncoderTrainer)(
        model=model,
        args=arguments(training_args.CrossEncoderTrainingArguments, settings, out),
        train_dataset=_columns(chosen[: len(training)]),
        eval_dataset=_columns(chosen[len(training) :]) if held_back else None,
        loss=losses.ListNetLoss(model),
    )
    done = finish(trainer, run, out, on_log)
    if adapter is not None:
        adapter.merge_and_unload()
    model.save_pretrained(str(model_path(out)), create_model_card=False)
    write_run(out, done)
    return done


def _open(settings: RerankerSettings) -> CrossEncoder:
    import torch
    from sentence_transformers import CrossEncoder

    try:
        model: CrossEncoder = CrossEncoder(
            model_folder(settings.base),
            num_labels=1,
            max_length=settings.max_tokens,
            model_kwargs={"dtype": torch.float32},  # in halves, small steps would be lost
        )
    except (OSError, ValueError) as error:
        raise ModelError(
            f"A reranker cannot begin with {settings.base}: {str(error).splitlines()[0]} Give a "
            f"folder that holds a model, or {PLAIN_EMBEDDER}, which is always there."
        ) from error
    if settings.base == DEFAULT_EMBEDDER:  # a folder and an adapter
        retriever: Any = open_model(settings.base)[0]
        whole: Any = model[0]
        whole.auto_model.bert.load_state_dict(retriever.auto_model.state_dict())
    return model


def _columns(chosen: Sequence[Choice]) -> Any:
    """Each question with its passages, the right one first."""
    from datasets import Dataset

    return Dataset.from_dict(
        {
            "query": [choice.question for choice in chosen],
            "passages": [[choice.right, *choice.wrong] for choice in chosen],
            "label": [[_CERTAIN, *(0.0 for _ in choice.wrong)] for choice in chosen],
        }
    )


def _adapter(model: CrossEncoder, settings: RerankerSettings) -> Any:
    """The body of the model with an adapter; the layer that scores is trained in full."""
    whole: Any = model[0]
    return adapted(whole.auto_model, settings, modules_to_save=["classifier"])
