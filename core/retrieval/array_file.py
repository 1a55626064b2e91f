"""Named arrays in one file that is mapped into memory, not read.

A first line says what the file is, a second one in JSON where each array begins; all begin at
multiples of 64 bytes. So 100,000 operations are opened in milliseconds, and processes share them.
"""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import orjson
from numpy.typing import NDArray

_MAGIC = b"Callwright arrays 1\n"
_ALIGNMENT = 64

Arrays = Mapping[str, NDArray[Any]]


def write_arrays(file: BinaryIO, arrays: Arrays) -> None:
    """Write flat arrays under their names."""
    places: dict[str, tuple[str, int, int]] = {}
    end = 0
    for name, values in arrays.items():
        start = -(-end // _ALIGNMENT) * _ALIGNMENT
        places[name] = (values.dtype.str, start, len(values))
        end = start + values.nbytes
    head = _MAGIC + orjson.dumps(places) + b"\n"
    body = -(-len(head) // _ALIGNMENT) * _ALIGNMENT
    file.write(head)
    for name, values in arrays.items():
        file.write(b"\0" * (body + places[name][1] - file.tell()))
        file.write(np.ascontiguousarray(values).data)


def map_arrays(path: Path) -> Arrays:
    """The arrays of a file, read-only; they stay as they are if the file is replaced.

    Raises ``ValueError`` for a file that is no such file, or damaged.
    """
    with path.open("rb") as file:
        if file.readline(len(_MAGIC)) != _MAGIC:
            raise ValueError(f"{path} holds no arrays")
        head = file.readline()
        body = -(-file.tell() // _ALIGNMENT) * _ALIGNMENT
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return {
        name: np.frombuffer(data, dtype, length, body + start)
        for name, (dtype, start, length) in orjson.loads(head).items()
    }


def text_array(text: str) -> NDArray[np.uint8]:
    """A text as an array of its bytes in UTF-8."""
    return np.frombuffer(text.encode(), np.uint8)


def array_text(values: NDArray[np.uint8]) -> str:
    """The text that such an array holds."""
    return values.tobytes().decode()
