"""Arrays in a mapped file: the same as written, whatever happens to the file."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from core.retrieval.array_file import array_text, map_arrays, text_array, write_arrays
from core.workspace import whole_file

ARRAYS = {
    "rows": np.arange(1_000, dtype=np.uint32),
    "weights": np.linspace(0, 1, 7, dtype=np.float32),
    "nothing": np.zeros(0, np.int64),
    "text": text_array("Straße 🐶\n"),
    "strided": np.arange(20)[::2],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "arrays.bin"
    with whole_file(path) as file:
        write_arrays(file, ARRAYS)
    return path


def test_arrays_are_read_as_they_were_written(path: Path) -> None:
    found = map_arrays(path)
    assert found.keys() == ARRAYS.keys()
    for name, values in ARRAYS.items():
        assert found[name].dtype == values.dtype
        np.testing.assert_array_equal(found[name], values)
    assert array_text(found["text"]) == "Straße 🐶\n"


def test_mapped_arrays_cannot_be_changed(path: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        map_arrays(path)["rows"][0] = 1


def test_readers_keep_the_old_arrays_when_the_file_is_swapped(path: Path) -> None:
    found = map_arrays(path)
    with whole_file(path) as file:
        write_arrays(file, {"rows": np.zeros(3, np.uint32)})
    np.testing.assert_array_equal(found["rows"], ARRAYS["rows"])
    assert len(map_arrays(path)["rows"]) == 3


@pytest.mark.parametrize("size", [0, 5, 19, 20, 60, 500])
def test_a_damaged_file_is_refused(path: Path, size: int) -> None:
    os.truncate(path, size)
    with pytest.raises(ValueError):
        map_arrays(path)


def test_another_file_is_refused(path: Path) -> None:
    path.write_bytes(b"openapi: 3.1.0\n")
    with pytest.raises(ValueError, match="holds no arrays"):
        map_arrays(path)
