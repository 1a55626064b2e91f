"""Weights on this machine: which they are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

_WEIGHTS = ("*.safetensors", "*.bin", "*.gguf")


def written_at(path_or_name: str) -> str:
    """When the weights in a folder were last written, so that others in the same folder are other
    ones; empty for a name on the hub.
    """
    folder = Path(path_or_name)
    if not folder.is_dir():
        return ""
    moments = [file.stat().st_mtime for pattern in _WEIGHTS for file in folder.glob(pattern)]
    return datetime.fromtimestamp(max(moments), UTC).isoformat() if moments else ""
