"""Small documents in a workspace."""

from __future__ import annotations

from typing import Any

import orjson

from core.intake import Imported, ImportResult, import_files
from core.openapi.files import read_upload
from core.store.database import Store
from core.store.sources import Source

UPLOAD = Source("upload", "pets.json")


def pets(*labels: str, version: str = "1", title: str = "Pets", **more: Any) -> bytes:
    """A document with these operations: ``GET /pets``."""
    paths: dict[str, Any] = more.pop("paths", {})
    for label in labels:
        method, path = label.split()
        paths.setdefault(path, {})[method.lower()] = {"summary": f"Does {label} for you"}
    info = {"title": title, "version": version}
    return orjson.dumps({"openapi": "3.1.0", "info": info, "paths": paths, **more})


def import_bytes(
    store: Store, data: bytes, name: str = "pets.json", source: Source = UPLOAD, **options: Any
) -> ImportResult:
    return import_files(store, read_upload(name, data), source, **options)


def imported(store: Store, data: bytes, name: str = "pets.json") -> Imported:
    """The one document in these bytes."""
    (found,) = import_bytes(store, data, name).documents
    return found
