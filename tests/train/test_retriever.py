"""Training a bi-encoder: a model of two small layers, made here, learns its questions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import CallwrightError
from core.models.trained import model_path
from core.retrieval.embed import load_embedder
from train.checkpoint import read_run
from train.pairs import Pair
from train.retriever import RetrieverSettings, train_retriever


@pytest.mark.parametrize("rank", [0, 8])
def test_training_brings_questions_near_to_their_passages(
    tiny_bert: str, pairs: list[Pair], tmp_path: Path, rank: int
) -> None:
    losses: list[float] = []

    def report(_step: int, _total: int, measured: dict[str, float]) -> None:
        if "loss" in measured:
            losses.append(measured["loss"])

    settings = RetrieverSettings(
        tiny_bert, epochs=10, batch_size=32, learning_rate=5e-3, lora_rank=rank, threads=1
    )
    train_retriever(settings, pairs, tmp_path, report)
    assert losses[-1] < 0.8 * losses[0]
    assert first(str(model_path(tmp_path)), pairs) > first(tiny_bert, pairs) + 0.1


def test_loss_is_told_of_apis_that_are_kept_back(
    tiny_bert: str, pairs: list[Pair], tmp_path: Path
) -> None:
    settings = RetrieverSettings(
        tiny_bert,
        epochs=2,
        batch_size=32,
        eval_pairs=64,
        save_steps=4,
        learning_rate=2e-3,
        threads=1,
    )
    run = train_retriever(settings, pairs[::2], tmp_path)
    told = [each["eval_loss"] for each in run.losses if "eval_loss" in each]
    assert len(set(told)) == 4, "at each checkpoint, of a model that changes"
    assert run.num_examples <= len(pairs) // 2 - 64
    assert read_run(tmp_path) == run


def first(model: str, pairs: list[Pair]) -> float:
    """The share of questions whose own passage is the nearest of all."""
    embedder = load_embedder(model)
    passages = list(dict.fromkeys(pair.passage for pair in pairs))
    asked = embedder.queries([pair.question for pair in pairs])
    nearest = np.argmax(asked @ embedder.passages(passages).T, axis=1)
    return float(
        np.mean([passages[at] == pair.passage for at, pair in zip(nearest, pairs, strict=True)])
    )


def test_too_few_pairs_are_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(CallwrightError, match="1 are left, and a batch takes 64"):
        train_retriever(RetrieverSettings(), [Pair("a", "b", "c")], tmp_path)
    assert not list(tmp_path.iterdir())
