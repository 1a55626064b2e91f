"""Files that were handed over: kept whole, imported as what they are, refused in words."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from core.errors import CallwrightError
from core.store.database import Store
from core.store.documents import live_documents
from core.uploads import discard, import_uploads, keep, kept

PATHS = {"/pets": {"get": {"summary": "List pets"}}}


def document(title: str = "Pets") -> bytes:
    info = {"title": title, "version": "1"}
    return json.dumps({"openapi": "3.1.0", "info": info, "paths": PATHS}).encode()


def zip_of(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def titles(store: Store) -> list[str]:
    return [row.title for row in live_documents(store)]


def test_files_are_kept_under_any_name_and_given_up(store: Store) -> None:
    files = {"../../a.json": b"1", "b\x00/c": b"2", "d" * 5000: b"3"}
    name = keep(store, files)
    assert kept(store, name) == files
    discard(store, name)
    with pytest.raises(CallwrightError, match="Upload them again"):
        kept(store, name)


def test_folder_of_another_place_is_not_read(store: Store) -> None:
    with pytest.raises(CallwrightError, match="Upload them again"):
        kept(store, "../documents")


def test_each_zip_is_a_set_and_loose_files_may_refer_to_each_other(store: Store) -> None:
    whole = {"$ref": "items.json"}
    linked = json.loads(document("Linked")) | {"paths": {"/items": whole}}
    files = {
        "linked.json": json.dumps(linked).encode(),
        "items.json": json.dumps(PATHS["/pets"]).encode(),
        "zoo.zip": zip_of({"cats.json": document("Cats"), "dogs.json": document("Dogs")}),
    }
    result = import_uploads(store, files)
    assert titles(store) == ["Cats", "Dogs", "Linked"]
    assert result.num_operations == 3 and not result.refused and not result.ignored


def test_what_cannot_be_used_is_said_and_the_rest_is_imported(store: Store) -> None:
    files = {
        "good.json": document(),
        "broken.json": b'{"openapi": ',
        "notes.txt": b"milk, bread",
        "broken.zip": b"PK\x03\x04 nothing",
        "empty.zip": zip_of({"a.txt": b"a"}),
    }
    result = import_uploads(store, files)
    assert titles(store) == ["Pets"]
    assert {lost.where for lost in result.refused} == {
        *("broken.json", "notes.txt"),
        *("broken.zip", "a.txt"),
    }


def test_progress_goes_on_from_set_to_set(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    files = {f"{name}.zip": zip_of({"a.json": document(name)}) for name in ("a", "b", "c")}
    import_uploads(store, files, lambda done, total, _: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1] == (3 * len(document("a")),) * 2
