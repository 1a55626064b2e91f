"""A part of a workspace's index: the postings of some documents, and the names of their operations.

One large segment lies in a file, small ones for what came since are in memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.retrieval.array_file import Arrays, array_text, map_arrays, text_array, write_arrays
from core.retrieval.postings import Postings, PostingsBuilder
from core.store.operations import Key, StoredOperation
from core.workspace import whole_file

_VERSION = 1
"""Of what is in a file: it grows when terms are made or weighed in another way."""


@dataclass(frozen=True)
class Segment:
    """Some documents, ready to be searched. Safe to share between threads."""

    postings: Postings
    documents: list[str]
    """Their SHA-256."""
    document_of: NDArray[np.uint32]
    """By row: which of the documents."""
    pointers: NDArray[np.uint8]
    """Of all rows, one after the other, in UTF-8."""
    pointer_ends: NDArray[np.int64]

    def key(self, row: int) -> Key:
        """The name of the operation in a row."""
        start = int(self.pointer_ends[row - 1]) if row else 0
        pointer = array_text(self.pointers[start : int(self.pointer_ends[row])])
        return self.documents[int(self.document_of[row])], pointer


@dataclass
class SegmentBuilder:
    """Collects documents one at a time."""

    _postings: PostingsBuilder = field(default_factory=PostingsBuilder)
    _documents: list[str] = field(default_factory=list)
    _sizes: list[int] = field(default_factory=list)
    _pointers: bytearray = field(default_factory=bytearray)
    _pointer_ends: array[int] = field(default_factory=lambda: array("q"))

    def add(self, document: str, operations: Iterable[StoredOperation]) -> None:
        """Add a document with its operations."""
        before = self._postings.num_rows
        for operation in operations:
            self._postings.add(operation)
            self._pointers += operation.pointer.encode()
            self._pointer_ends.append(len(self._pointers))
        self._documents.append(document)
        self._sizes.append(self._postings.num_rows - before)

    def build(self, others: Sequence[Postings] = ()) -> Segment:
        """The segment of what was added, by the statistics of ``others`` beside it."""
        numbers = np.arange(len(self._documents), dtype=np.uint32)
        return Segment(
            postings=self._postings.build(others),
            documents=self._documents,
            document_of=np.repeat(numbers, np.array(self._sizes, np.int64)),
            pointers=np.frombuffer(bytes(self._pointers), np.uint8),
            pointer_ends=np.array(self._pointer_ends, np.int64),
        )


def save_segment(path: Path, segment: Segment) -> None:
    """Write a segment aside and put it in the place of the old one, which its readers keep."""
    postings = segment.postings
    with whole_file(path) as file:
        write_arrays(
            file,
            {
                "version": np.array([_VERSION]),
                "documents": text_array("\n".join(segment.documents)),
                "document_of": segment.document_of,
                "pointers": segment.pointers,
                "pointer_ends": segment.pointer_ends,
                "terms": text_array("\n".join(postings.terms)),
                "starts": postings.starts,
                "rows": postings.rows,
                "weights": postings.weights,
                "path_rarity": postings.path_rarity,
                "average_length": np.array([postings.average_length]),
            },
        )


def open_segment(path: Path) -> Segment | None:
    """The segment in a file; ``None`` where there is none that this version can read."""
    try:
        arrays = map_arrays(path)
    except (FileNotFoundError, ValueError):
        return None
    is_ours = "version" in arrays and arrays["version"].tolist() == [_VERSION]
    return _segment(arrays) if is_ours else None


def _segment(arrays: Arrays) -> Segment:
    return Segment(
        postings=Postings(
            num_rows=len(arrays["document_of"]),
            terms=_lines(arrays["terms"]),
            starts=arrays["starts"],
            rows=arrays["rows"],
            weights=arrays["weights"],
            path_rarity=arrays["path_rarity"],
            average_length=float(arrays["average_length"][0]),
        ),
        documents=_lines(arrays["documents"]),
        document_of=arrays["document_of"],
        pointers=arrays["pointers"],
        pointer_ends=arrays["pointer_ends"],
    )


def _lines(values: NDArray[np.uint8]) -> list[str]:
    return array_text(values).split("\n") if len(values) else []
