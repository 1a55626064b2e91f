"""The settings of a run as a TOML file, one table for each kind of training.

>>> read_run(Path("run.toml"), "retriever", RetrieverSettings)
RetrieverSettings(base='all-MiniLM-L6-v2', epochs=2, ...)
"""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from core.errors import CallwrightError

_T = TypeVar("_T")


def read_run(path: Path, table: str, settings: type[_T], **changes: Any) -> _T:
    """The settings that a table of the file holds, with these changes; defaults elsewhere.

    Raises ``CallwrightError`` for a file that is no TOML, and for names and values that are none.
    """
    return make_settings(settings, {**read_table(path, table), **changes}, place(path, table))


def place(path: Path, table: str) -> str:
    """Where settings stand, for those who look for their mistake."""
    return f"[{table}] of {path.name}"


def read_table(path: Path, table: str) -> dict[str, Any]:
    """What a table of the file holds; nothing where there is no such table.

    Raises ``CallwrightError`` for a file that is no TOML.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get(table, {})
    except OSError as error:
        raise CallwrightError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CallwrightError(f"{path} is no TOML: {error}.") from error
    if not isinstance(found, dict):
        raise CallwrightError(f"{path}: {table} is no table. Write [{table}], and settings below.")
    return found


def make_settings(settings: type[_T], values: dict[str, Any], where: str) -> _T:
    """Settings from values by name, each of the type of its default. Raises ``CallwrightError``."""
    known = {field.name: field for field in fields(settings)}  # type: ignore[arg-type]
    for name, value in values.items():
        if name not in known:
            raise CallwrightError(f"{where}: {name} is no setting. There are: {', '.join(known)}.")
        values = {**values, name: _typed(value, known[name].default, f"{where}: {name}")}
    return settings(**values)


def _typed(value: Any, default: Any, where: str) -> Any:
    if isinstance(default, float) and type(value) is int:
        return float(value)
    if type(value) is not type(default):
        kind = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
        raise CallwrightError(f"{where} is {value!r}. Give {kind[type(default)]}.")
    return value
