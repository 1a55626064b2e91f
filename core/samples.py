"""The sample APIs, which are in every workspace from its first start on."""

from __future__ import annotations

from pathlib import Path

from core.intake import import_files
from core.openapi.files import read_path
from core.store.database import Store
from core.store.sources import Source, known_places

SAMPLES = Path(__file__).parents[1] / "examples" / "documents"


def add_samples(store: Store) -> None:
    """Import the samples that this workspace has never had; deleted ones stay deleted."""
    known = {place.partition("/")[0] for place in known_places(store, "sample")}
    for path in sorted(SAMPLES.iterdir()):
        if path.stem not in known:
            import_files(store, read_path(path), Source("sample", path.stem))
