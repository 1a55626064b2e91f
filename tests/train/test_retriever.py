"""Training a bi-encoder: a model of two small layers, made here, learns its questions."""

from pathlib import Path

import numpy as np
import pytest

from core.errors import CallwrightError
from core.retrieval.embed import load_embedder
from core.samples import SAMPLES
from train.__main__ import main
from train.pairs import Pair, make_pairs
from train.retriever import RetrieverSettings, train_retriever
from train.sources import read_entries


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A BERT with new weights and the words of the sample APIs."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, BertTokenizerFast, set_seed

    folder = tmp_path_factory.mktemp("base")
    words = [pair.passage for pair in make_pairs(read_entries([SAMPLES]), count=400, seed=0)]
    trained = BertWordPieceTokenizer()
    trained.train_from_iterator(words, vocab_size=800, show_progress=False)
    trained.save_model(str(folder))
    tokenizer = BertTokenizerFast(vocab=str(folder / "vocab.txt"), model_max_length=128)
    set_seed(1)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=128,
        max_position_embeddings=128,
    )
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    bert = modules.Transformer(str(folder / "bert"))
    pooling = modules.Pooling(64, pooling_mode="mean")
    SentenceTransformer(modules=[bert, pooling]).save_pretrained(str(folder / "model"))
    return str(folder / "model")


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return make_pairs(read_entries([SAMPLES]), count=640, seed=1)


@pytest.mark.parametrize("rank", [0, 8])
def test_training_brings_questions_near_to_their_passages(
    base: str, pairs: list[Pair], tmp_path: Path, rank: int
) -> None:
    losses: list[float] = []

    def report(_step: int, _total: int, measured: dict[str, float]) -> None:
        if "loss" in measured:
            losses.append(measured["loss"])

    settings = RetrieverSettings(
        base, epochs=10, batch_size=32, learning_rate=5e-3, lora_rank=rank, threads=1
    )
    train_retriever(settings, pairs, tmp_path / "model", report)
    assert losses[-1] < 0.8 * losses[0]
    assert first(str(tmp_path / "model"), pairs) > first(base, pairs) + 0.1


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
    with pytest.raises(CallwrightError, match="There are 1 pairs, and a batch takes 64"):
        train_retriever(RetrieverSettings(), [Pair("a", "b", "c")], tmp_path)


def test_the_command_trains_and_keeps_its_pairs(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run.toml").write_text(f'[retriever]\nbase = "{base}"\nbatch_size = 32\n')
    out = tmp_path / "model"
    options = f"--out {out} --pairs 64 --config {tmp_path / 'run.toml'}"
    assert main(["retriever", str(SAMPLES), *options.split()]) == 0, capsys.readouterr().err
    assert len((out / "pairs.jsonl").read_text().splitlines()) == 64
    assert load_embedder(str(out)).queries(["delete a pet"]).shape == (1, 64)
    assert "is trained" in capsys.readouterr().err


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retriever", str(tmp_path / "none"), "--out", str(tmp_path / "model")]) == 1
    assert "none" in capsys.readouterr().err
