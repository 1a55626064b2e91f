"""Files that a person handed over: kept in the workspace until they are imported.

>>> name = keep(store, {"pets.json": data})
>>> import_uploads(store, kept(store, name)).num_operations
12

A browser hands files over once. Kept first and imported afterwards, they outlive the page, the
server and the process that imports them.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

from core.errors import CallwrightError, DocumentError
from core.intake import Imported, ImportResult, Progress, import_files
from core.openapi.contents import Contents
from core.openapi.files import FileSet, read_upload
from core.openapi.operation import Dropped
from core.store.database import Store
from core.store.sources import Source
from core.workspace import uploads_path, whole_file

_NAMES = "names.json"


def keep(store: Store, files: Mapping[str, bytes]) -> str:
    """Write files into a folder of their own, for good; its name."""
    parent = uploads_path(store.workspace)
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=parent, prefix=""))
    for number, data in enumerate(files.values()):  # a stranger's names are no names of files
        with whole_file(folder / f"{number}.bin") as file:
            file.write(data)
    with whole_file(folder / _NAMES) as file:  # last: where it is, all is there
        file.write(orjson.dumps(list(files)))
    return folder.name


def kept(store: Store, name: str) -> dict[str, bytes]:
    """The files of that folder. Raises ``CallwrightError`` where they are no longer there."""
    folder = uploads_path(store.workspace) / Path(name).name
    try:
        names = orjson.loads((folder / _NAMES).read_bytes())
        return {name: (folder / f"{at}.bin").read_bytes() for at, name in enumerate(names)}
    except FileNotFoundError as error:
        raise CallwrightError(
            "The uploaded files are no longer kept. Upload them again."
        ) from error


def discard(store: Store, name: str) -> None:
    """Remove a folder whose files are imported."""
    shutil.rmtree(uploads_path(store.workspace) / Path(name).name, ignore_errors=True)


def waiting(store: Store, *, untouched_seconds: float) -> list[str]:
    """The folders that were made that long ago."""
    latest = time.time() - untouched_seconds
    folders = uploads_path(store.workspace).glob("*")
    return sorted(folder.name for folder in folders if folder.stat().st_mtime < latest)


def import_uploads(
    store: Store,
    files: Mapping[str, bytes],
    progress: Progress = lambda done, total, message: None,
) -> ImportResult:
    """Import every document of these files: each zip is a set, loose files may refer to each other.

    What cannot be used is refused with its reason.
    """
    refused: list[Dropped] = []
    sets = list(_sets(files, refused))
    total = sum(map(_document_bytes, sets))
    documents: list[Imported] = []
    ignored: dict[str, str] = {}
    done = 0
    for each in sets:
        progress(done, total, f"reading {each.name}")
        source = Source("upload", each.name)
        try:
            result = import_files(store, each, source, progress=_share(progress, done, total))
        except DocumentError as error:  # it holds no document at all
            refused.append(Dropped(each.name, "", str(error)))
            continue
        done += _document_bytes(each)
        documents += result.documents
        refused += result.refused
        if each.name not in files:  # loose files, each of which somebody chose
            refused += map(_unwanted, _unreached(each))
        ignored |= result.ignored
    return ImportResult(tuple(documents), tuple(refused), ignored)


def _sets(files: Mapping[str, bytes], refused: list[Dropped]) -> Iterator[FileSet]:
    loose: dict[str, bytes] = {}
    for name, data in files.items():
        if not (data.startswith(b"PK") or name.lower().endswith(".zip")):
            loose[name] = data
            continue
        try:
            yield read_upload(name, data)
        except DocumentError as error:
            refused.append(Dropped(name, "", str(error)))
    if len(loose) == 1:
        yield read_upload(*loose.popitem())
    elif loose:
        sizes = {name: len(data) for name, data in loose.items()}
        contents = Contents(sizes, {}, lambda name, size: loose[name][:size])
        yield FileSet(f"{len(loose)} files", contents)


def _document_bytes(files: FileSet) -> int:
    """What an import of these files counts."""
    try:
        return sum(map(files.size, files.entries()))
    except DocumentError:
        return 0


def _unreached(files: FileSet) -> list[str]:
    """Files that are no document, and that none leads to."""
    reached = {name for entry in files.entries() for name in files.reach(entry)}
    return [name for name in files if name not in reached]


def _unwanted(name: str) -> Dropped:
    reason = f"{name} is no OpenAPI document, and none of the others refers to it."
    return Dropped(name, "", f"{reason} Add the document that it belongs to.")


def _share(progress: Progress, before: int, total: int) -> Progress:
    """The part of a progress bar that belongs to one set of several."""
    return lambda done, _total, message: progress(before + done, total, message)
