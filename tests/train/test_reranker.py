"""Training a cross-encoder: a model of two small layers, made here, learns to choose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import CallwrightError, ModelError
from core.models.trained import model_path
from core.retrieval.rerank import load_reranker
from train.checkpoint import read_run
from train.choices import Choice, choices
from train.pairs import Pair
from train.reranker import RerankerSettings, train_reranker

FEW = 24
"""So many questions are learnt by heart."""


@pytest.fixture(scope="module")
def settings(tiny_bert: str) -> RerankerSettings:
    return RerankerSettings(
        tiny_bert,
        epochs=40,
        batch_size=4,
        learning_rate=2e-3,
        wrong=1,
        found_by="none",
        threads=1,
    )


@pytest.fixture(scope="module")
def asked(pairs: list[Pair], settings: RerankerSettings) -> list[Choice]:
    return choices(pairs[:FEW], None, wrong=1, seed=settings.seed)


@pytest.fixture(scope="module")
def trained(
    pairs: list[Pair], settings: RerankerSettings, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("reranker") / "run"
    train_reranker(settings, pairs[:FEW], out)
    return out


def losses(out: Path) -> list[float]:
    run = read_run(out)
    assert run is not None and run.is_done
    return [each["loss"] for each in run.losses if "loss" in each]


def test_training_puts_the_right_passage_first(trained: Path, asked: list[Choice]) -> None:
    found = losses(trained)
    assert found[-1] < found[0] / 2
    assert first(str(model_path(trained)), asked) > 0.8  # by chance: 0.5


def test_adapter_learns_and_is_merged(
    trained: Path,
    settings: RerankerSettings,
    pairs: list[Pair],
    asked: list[Choice],
    tmp_path: Path,
) -> None:
    base = str(model_path(trained))
    again = replace(settings, base=base, lora_rank=8, epochs=10, learning_rate=5e-3)
    train_reranker(again, pairs[:FEW], tmp_path / "run")
    assert losses(tmp_path / "run")[-1] < losses(trained)[-1]
    merged = model_path(tmp_path / "run")
    assert first(str(merged), asked) > 0.8
    before, after = (load_reranker(str(each)).scores("a pet", ["pets"]) for each in (base, merged))
    assert after != pytest.approx(before, abs=1e-3)


def test_loss_is_told_of_apis_that_are_kept_back(
    tiny_bert: str, pairs: list[Pair], tmp_path: Path
) -> None:
    settings = RerankerSettings(
        tiny_bert, found_by=tiny_bert, eval_pairs=16, save_steps=10, wrong=1
    )
    run = train_reranker(settings, pairs[::10], tmp_path)
    assert any("eval_loss" in each for each in run.losses)
    assert run.num_examples < 64


def first(model: str, asked: list[Choice]) -> float:
    """The share of questions for which the right passage has the best score."""
    reranker = load_reranker(model)
    scores = [reranker.scores(each.question, [each.right, *each.wrong]) for each in asked]
    assert all(0 <= score <= 1 for found in scores for score in found.tolist())
    return float(np.mean([np.argmax(found) == 0 for found in scores]))


def test_unknown_base_is_told(pairs: list[Pair], tmp_path: Path) -> None:
    settings = RerankerSettings(str(tmp_path / "none"), found_by="none")
    with pytest.raises(ModelError, match="A reranker cannot begin with"):
        train_reranker(settings, pairs, tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("wrong", 0, "wrong is 0. Give a number above 0"),
        ("learning_rate", -1.0, "learning_rate is -1.0"),
        ("lora_rank", -1, "lora_rank is -1. Give 0 or more"),
        ("eval_pairs", -5, "eval_pairs is -5"),
    ],
)
def test_bad_settings_are_told(name: str, value: float, message: str) -> None:
    with pytest.raises(CallwrightError, match=message):
        RerankerSettings(**{name: value})
