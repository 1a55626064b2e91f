"""Where the real data lies: the shared folder, and the archive of 2,350 documents in it.

``CALLWRIGHT_SHARED`` names the shared folder (by default ``../shared`` beside the repository),
``CALLWRIGHT_ARCHIVE`` a folder where ``dev.tar.xz`` is unpacked already. Otherwise it is unpacked
once into a cache folder.
"""

from __future__ import annotations

import argparse
import os
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.errors import CallwrightError

_REPOSITORY = Path(__file__).parents[1]
_ARCHIVE = "openapi-directory/dev.tar.xz"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Options of every benchmark that reads the archive."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="cache folder for the unpacked archive (default: in the system's temporary folder)",
    )
    parser.add_argument(
        "--every",
        type=int,
        default=1,
        metavar="N",
        help="take one document in N (default: all)",
    )


def shared_data(name: str) -> Path:
    """A file or folder of the shared data. Raises ``CallwrightError`` where it is not there."""
    root = Path(os.environ.get("CALLWRIGHT_SHARED", _REPOSITORY.parent / "shared")) / "data"
    path = root / name
    if not path.exists():
        raise CallwrightError(
            f"There is no {path}. Set CALLWRIGHT_SHARED to the folder that holds data/{name}."
        )
    return path


@dataclass(frozen=True)
class Entry:
    """One document of the archive."""

    name: str
    """As reports show it: ``microsoft.com/graph.json``."""
    path: Path


def documents(arguments: argparse.Namespace) -> list[Entry]:
    """The archive's documents, largest first, so that the last worker does not end alone."""
    folder = archive(arguments.data)
    paths = sorted(folder.rglob("*.json"))[:: arguments.every]
    paths.sort(key=lambda path: -path.stat().st_size)
    return [Entry(path.relative_to(folder).as_posix(), path) for path in paths]


def archive(cache: Path | None) -> Path:
    """The folder of the unpacked archive; unpacks it where nobody has."""
    if given := os.environ.get("CALLWRIGHT_ARCHIVE"):
        return Path(given)
    target = cache_dir(cache) / "dev"
    if not target.exists():
        packed = shared_data(_ARCHIVE)
        print(f"Unpacking {packed.name} into {target} …", file=sys.stderr)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as partial:
            with tarfile.open(packed) as archived:
                archived.extractall(partial, filter="data")
            Path(partial, "dev").rename(target)
    return target


def cache_dir(given: Path | None) -> Path:
    """Where downloads and unpacked files are kept between runs."""
    return given or Path(tempfile.gettempdir()) / "callwright-benchmarks"
