"""A second look at what was found: a cross-encoder reads question and operation together.

>>> reranker = load_reranker("BAAI/bge-reranker-large")
>>> reranker.scores("cancel a booking", ["DELETE /bookings/{id} cancelBooking: Cancel a booking"])
array([0.98], dtype=float32)

It is slow, a hundredth of a second for each operation on a processor, so it sees only the best that
the other ways have brought. Models come through sentence-transformers, by name or folder.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Scores = NDArray[np.float32]

_BATCH = 16
_LONGEST = 256
"""Tokens of question and operation together."""


class Reranker(Protocol):
    """What judges how well texts answer a question."""

    @property
    def name(self) -> str:
        """What it is called."""

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """From 0 to 1 for each text, the higher the better. Raises ``ModelError``."""


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers, loaded when it is first wanted. Safe to share."""

    def __init__(self, name: str, *, threads: int = 1) -> None:
        self.name = name
        self._threads = threads
        self._lock = threading.Lock()
        self._model: CrossEncoder | None = None

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """From 0 to 1 for each text. Raises ``ModelError``."""
        if not texts:
            return np.zeros(0, np.float32)
        with self._lock:
            if self._model is None:
                self._model = _load(self.name, self._threads)
            pairs: list[Any] = [(question, text) for text in texts]
            logits = self._model.predict(
                pairs,
                batch_size=_BATCH,
                show_progress_bar=False,
                convert_to_numpy=True,
                activation_fn=_as_it_is(),
            )
        found: Scores = (1 / (1 + np.exp(-np.asarray(logits, np.float64)))).astype(np.float32)
        return found


def load_reranker(name: str, *, threads: int = 1) -> Reranker:
    """The reranker of that name or folder; its weights are read when it is first used."""
    return CrossEncoderReranker(name, threads=threads)


def _load(name: str, threads: int) -> CrossEncoder:
    try:
        import torch
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise ModelError(
            f"Looking again needs {error.name}: pip install -r requirements.txt"
        ) from error
    torch.set_num_threads(threads)
    try:
        model: CrossEncoder = CrossEncoder(name, max_length=_LONGEST)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The reranker {name} cannot be loaded: {error}. Give a folder that holds it, or set "
            "CALLWRIGHT_RERANKER=none to do without."
        ) from error
    if model.num_labels != 1:
        raise ModelError(
            f"The reranker {name} gives {model.num_labels} scores for each pair, where one is "
            "wanted. Choose a cross-encoder that was trained for ranking."
        )
    return model


def _as_it_is() -> Callable[[Any], Any]:
    """So that the model gives what no curve has bent yet, whatever its own settings say."""
    from torch.nn import Identity

    return Identity()
