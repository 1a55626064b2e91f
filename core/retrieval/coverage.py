"""How many operations have their vectors, by embedder.

>>> covered(entries, settings.workspace, "callwright-minilm")
237
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.retrieval.embed import load_embedder, passage_text
from core.retrieval.entry import Entry
from core.retrieval.vectors import open_vectors, vectors_folder


def covered(entries: Iterable[Entry], workspace: Path, embedder: str) -> int:
    """The operations that this embedder, by name or folder, has vectors for; none is loaded."""
    folder = vectors_folder(workspace, load_embedder(embedder).name)
    if not folder.is_dir():
        return 0
    vectors = open_vectors(folder)
    return sum(vectors.has(passage_text(entry)) for entry in entries)
