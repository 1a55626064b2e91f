"""Files of the workspace are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.errors import StoreError
from core.workspace import converted_path, original_path, remove_partials, whole_file, write_once


def test_a_file_has_its_name_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "index" / "words.bin"
    with whole_file(path) as file:
        file.write(b"all of it")
        assert not path.exists()
    assert path.read_bytes() == b"all of it"
    assert list(path.parent.iterdir()) == [path]


def test_an_exception_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "words.bin"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), whole_file(path) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_who_has_the_old_file_open_goes_on_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "words.bin"
    path.write_bytes(b"old")
    with path.open("rb") as reader:
        with whole_file(path) as file:
            file.write(b"new")
        assert reader.read() == b"old"


def test_a_file_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    path = original_path(tmp_path, "abcd")
    write_once(path, b"first")
    write_once(path, b"second")
    assert path.read_bytes() == b"first"
    assert path.relative_to(tmp_path) == Path("documents/ab/abcd.bin")
    assert converted_path(tmp_path, "abcd").name == "abcd.json"


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot be written.*CALLWRIGHT_WORKSPACE"):
        write_once(original_path(tmp_path, "abcd"), b"")


def test_what_was_left_half_written_is_removed_after_a_while(tmp_path: Path) -> None:
    path = original_path(tmp_path, "abcd")
    write_once(path, b"whole")
    partial = path.with_name(".abcd.bin.x1")
    partial.write_bytes(b"half")
    remove_partials(tmp_path, untouched_seconds=60)
    assert partial.exists()
    os.utime(partial, (0, 0))
    remove_partials(tmp_path, untouched_seconds=60)
    assert list(path.parent.iterdir()) == [path]
