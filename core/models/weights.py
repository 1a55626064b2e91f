"""Weights on this machine: which they are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

_WEIGHTS = ("*.safetensors", "*.bin", "*.gguf")


def weight_files(folder: Path) -> list[Path]:
    """The files of weights in a folder."""
    return [file for pattern in _WEIGHTS for file in folder.glob(pattern)]


def written_at(path_or_name: str) -> str:
    """When the weights in a folder were last written, so that others in the same folder are other
    ones; empty for a name on the hub.
    """
    folder = Path(path_or_name)
    if not folder.is_dir():
        return ""
    moments = [file.stat().st_mtime for file in weight_files(folder)]
    return datetime.fromtimestamp(max(moments), UTC).isoformat() if moments else ""
