"""Vectors by the text they were made of: made once, kept in files, searched exactly.

>>> vectors = open_vectors(folder)
>>> vectors.has("GET /pets listPets: All pets")
True

A file holds a batch and is never written again, so readers need no lock, and two processes that
embed the same text at most write the same vectors twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.retrieval.array_file import map_arrays, write_arrays
from core.retrieval.embed import Embedder, Matrix
from core.workspace import whole_file

BATCH = 512
"""Texts whose vectors are made and written in one go: some seconds of work."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Vectors:
    """Vectors in memory, by the identity of their texts."""

    rows: dict[str, int]
    matrix: Matrix

    def has(self, text: str) -> bool:
        """Whether a text has its vector."""
        return identity(text) in self.rows

    def similarities(self, query: Matrix, rows: NDArray[np.int64] | slice) -> Matrix:
        """The cosine of each of these rows and one query."""
        if not self.rows:
            return np.zeros(0, np.float32)
        found: Matrix = self.matrix[rows] @ query
        return found

    def nearest(self, query: Matrix, count: int) -> list[str]:
        """The identities of the nearest vectors, exactly; best first."""
        near = np.argsort(-self.similarities(query, slice(None)), kind="stable")[:count]
        names = list(self.rows)
        return [names[row] for row in near.tolist()]


NO_VECTORS = Vectors({}, np.zeros((0, 0), np.float32))


def identity(text: str) -> str:
    """What a text's vector is kept under."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def vectors_folder(workspace: Path, embedder: str) -> Path:
    """Where a workspace keeps the vectors of an embedder."""
    readable = "".join(char if char.isalnum() else "-" for char in embedder)[-40:]
    return workspace / "index" / "vectors" / f"{readable}-{identity(embedder)[:8]}"


def open_vectors(folder: Path) -> Vectors:
    """All vectors in a folder; none where there is no folder yet."""
    parts = [map_arrays(path) for path in sorted(folder.glob("*.vectors"))]
    names: list[str] = []
    for part in parts:
        names += _names(part["identities"])
    if not names:
        return NO_VECTORS
    matrix = np.concatenate([_matrix(part["vectors"], part["identities"]) for part in parts])
    return Vectors({name: row for row, name in enumerate(names)}, matrix)


def embed(texts: Iterable[str], embedder: Embedder) -> Vectors:
    """The vectors of some texts, in memory only. Raises ``ModelError``."""
    unique = {identity(text): text for text in texts}
    if not unique:
        return NO_VECTORS
    matrix = embedder.passages(list(unique.values()))
    return Vectors({name: row for row, name in enumerate(unique)}, matrix)


def embed_missing(
    folder: Path,
    texts: Iterable[str],
    embedder: Embedder,
    *,
    progress: Progress = lambda done, total, message: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Make the vectors that a folder lacks; how many that were. Raises ``ModelError``.

    What was made stays, also if it is cancelled half-way.
    """
    known = open_vectors(folder).rows
    missing = {name: text for text in texts if (name := identity(text)) not in known}
    # Texts of one length in one batch: the model pads the short ones.
    names = sorted(missing, key=lambda name: (len(missing[name]), name))
    done = 0
    while done < len(names) and not is_cancelled():
        progress(done, len(names), "texts have their vectors")
        batch = names[done : done + BATCH]
        _save(folder, batch, embedder.passages([missing[name] for name in batch]))
        done += len(batch)
    progress(done, len(names), "texts have their vectors")
    return done


def _save(folder: Path, names: Sequence[str], matrix: Matrix) -> None:
    joined = "".join(names)
    with whole_file(folder / f"{identity(joined)}.vectors") as file:
        write_arrays(
            file,
            {
                "identities": np.frombuffer(bytes.fromhex(joined), np.uint8),
                "vectors": np.ascontiguousarray(matrix).reshape(-1),
            },
        )


def _names(identities: NDArray[np.uint8]) -> list[str]:
    text = identities.tobytes().hex()
    return [text[at : at + 32] for at in range(0, len(text), 32)]


def _matrix(flat: Matrix, identities: NDArray[np.uint8]) -> Matrix:
    return flat.reshape(len(identities) // 16, -1)
