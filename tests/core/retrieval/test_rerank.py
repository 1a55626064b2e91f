"""A second look by a cross-encoder: a real one of a few thousand random numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from core.errors import ModelError
from core.library import library_of
from core.openapi.document import Document
from core.retrieval.rerank import Scores, load_reranker
from core.retrieval.retriever import RERANKED, Retriever


def make_cross_encoder(folder: Path, *, num_labels: int = 1) -> str:
    """Write a tiny BERT that judges pairs into a folder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz/{}:"]
    words += [f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words))
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=num_labels,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def test_cross_encoder_in_a_folder_scores_pairs(tmp_path: Path) -> None:
    reranker = load_reranker(make_cross_encoder(tmp_path / "model"))
    texts = ["list the cows", "delete a cow"]
    found = reranker.scores("cows", texts)
    assert found.shape == (2,)
    assert ((found > 0) & (found < 1)).all()
    assert np.allclose(reranker.scores("cows", texts[::-1]), found[::-1], atol=1e-5)
    assert reranker.scores("cows", []).shape == (0,)


def test_model_that_does_not_rank_is_refused(tmp_path: Path) -> None:
    reranker = load_reranker(make_cross_encoder(tmp_path / "model", num_labels=3))
    with pytest.raises(ModelError, match="3 scores for each pair"):
        reranker.scores("cows", ["list the cows"])


def test_model_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="CALLWRIGHT_RERANKER=none"):
        load_reranker(str(tmp_path / "nothing")).scores("cows", ["list the cows"])


class Backwards:
    """Thinks most of what came last."""

    name = "backwards"

    def __init__(self) -> None:
        self.num_seen = 0

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        self.num_seen = len(texts)
        return np.linspace(0, 1, len(texts), dtype=np.float32)


def test_second_look_orders_the_best_and_leaves_the_rest() -> None:
    paths = {
        f"/cows/{number}": {"get": {"summary": "the cow " * (number + 1)}}
        for number in range(RERANKED + 5)
    }
    root = {"openapi": "3.1.0", "info": {"title": "Farm", "version": "1"}, "paths": paths}
    entries = library_of([Document(root)]).entries
    reranker = Backwards()
    plain = Retriever(entries).search("cow", top_k=25).hits
    again = Retriever(entries, reranker=reranker).search("cow", top_k=25).hits
    assert reranker.num_seen == RERANKED
    assert again[0].entry.key == plain[RERANKED - 1].entry.key
    assert again[0].reasons.reranked == 1
    assert [hit.entry.key for hit in again[RERANKED:]] == [
        hit.entry.key for hit in plain[RERANKED:]
    ]
