"""A tiny embedder that means words: as real as the interface asks, and in no need of weights."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from core.errors import ModelError
from core.retrieval.embed import Matrix
from core.words import telling_stems

SIZE = 64


class WordEmbedder:
    """Texts with the same words point the same way; ``told`` counts the passages it was given."""

    def __init__(self, name: str = "words") -> None:
        self.name = name
        self.told: list[str] = []

    def queries(self, texts: Sequence[str]) -> Matrix:
        return np.stack([_vector(text) for text in texts])

    def passages(self, texts: Sequence[str]) -> Matrix:
        self.told += texts
        return np.stack([_vector(text) for text in texts])


class BrokenEmbedder:
    """One whose weights are not there."""

    name = "broken"

    def queries(self, texts: Sequence[str]) -> Matrix:
        raise ModelError("The embedder broken cannot be loaded. Give a folder that holds it.")

    def passages(self, texts: Sequence[str]) -> Matrix:
        return self.queries(texts)


def _vector(text: str) -> Matrix:
    vector = np.full(SIZE, 1e-6, np.float32)
    for stem in telling_stems(text):
        vector[crc32(stem.encode()) % SIZE] += 1
    found: Matrix = vector / np.float32(np.linalg.norm(vector))
    return found
