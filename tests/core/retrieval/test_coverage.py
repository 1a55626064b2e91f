"""How many operations have vectors, counted without loading a model."""

from __future__ import annotations

from pathlib import Path

from core.library import read_library
from core.retrieval.coverage import covered
from core.retrieval.embed import passage_text
from core.retrieval.vectors import embed_missing, vectors_folder
from core.samples import SAMPLES
from tests.core.retrieval.embedder import WordEmbedder


def test_only_operations_with_vectors_of_that_embedder_count(tmp_path: Path) -> None:
    entries = read_library([SAMPLES / "petshelter.json"]).entries
    assert covered(entries, tmp_path, "words") == 0
    folder = vectors_folder(tmp_path, "words")
    embed_missing(folder, map(passage_text, entries[:3]), WordEmbedder())
    assert covered(entries, tmp_path, "words") == 3
    assert covered(entries, tmp_path, "others") == 0
