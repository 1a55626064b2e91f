"""A retriever of two small layers with new weights, which knows the words of some texts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def make_tiny_bert(folder: Path, texts: Iterable[str]) -> str:
    """Write it, and return its folder: a bi-encoder, which is a BERT for other models, too."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, BertTokenizerFast, set_seed

    trained = BertWordPieceTokenizer()
    trained.train_from_iterator(texts, vocab_size=800, show_progress=False)
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
