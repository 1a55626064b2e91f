"""How much of a stranger's file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep memory and time small on any input; no known real document meets one."""

    max_json_bytes: int = 128 * _MB
    """Size of one JSON file, and of the text that a YAML file's aliases expand to."""
    max_yaml_bytes: int = 32 * _MB
    """Size of one YAML file: it is read about ten times slower than JSON."""
    max_depth: int = 500
    """Objects and lists within one another, aliases expanded."""
    max_nodes: int = 2_000_000
    """Values of one YAML file with its aliases expanded."""
    max_files: int = 10_000
    """Files in one zip or folder."""
    max_unpacked_bytes: int = 512 * _MB
    """All files of one zip together; a folder's are only read when they are wanted."""
    max_ratio: int = 200
    """Unpacked size over packed size of one zip; text packs 5 to 30 times."""

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            if getattr(self, name) <= 0:
                raise ValueError(f"Limits.{name} must be a positive number.")


LIMITS = Limits()
"""What is used where nobody says otherwise."""
