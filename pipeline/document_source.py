"""Where a step opens the documents of a recipe: the workspace, or files on this machine.

Each process opens files and the workspace once.
"""

from __future__ import annotations

import functools
from pathlib import Path

from core.openapi.document import Document, document_of
from core.openapi.files import FileSet, read_path
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.originals import load_document
from pipeline.recipe import DocumentRef, Recipe


def open_document(recipe: Recipe, settings: Settings, reference: DocumentRef) -> Document:
    """A document of a recipe. Raises ``CallwrightError``."""
    if recipe.folder:
        return document_of(_files(Path(recipe.folder)), reference.name)
    return load_document(_store(settings), reference.name)


def stamp_of(recipe: Recipe, reference: DocumentRef) -> str:
    """Changes whenever a document may have changed. A SHA-256 says all by itself."""
    if not recipe.folder:
        return reference.name
    path = Path(recipe.folder, reference.name)
    where = path if path.is_file() else Path(recipe.folder)
    if not where.exists():
        return "gone"
    found = where.stat()
    return f"{reference.name} {found.st_size} {found.st_mtime_ns}"


@functools.lru_cache(maxsize=1)
def look_anew(_run: str) -> None:
    """Once for each run of a step: in a process that lives on, files may have changed."""
    _files.cache_clear()


@functools.lru_cache(maxsize=1)
def _files(folder: Path) -> FileSet:
    return read_path(folder)


@functools.lru_cache(maxsize=1)
def _store(settings: Settings) -> Store:
    return open_store(settings)
