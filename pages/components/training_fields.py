"""Settings of a training as widgets: one for each field of its dataclass, with the field's words.

>>> show(SftSettings(), ["epochs"], "training_sft")
{'epochs': 20}
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import streamlit as st

_role = re.compile(r":\w+:`~?([^`]+)`")
_COLUMNS = 3


def show(settings: Any, names: Sequence[str], prefix: str) -> dict[str, Any]:
    """Draw these fields, as the settings have them; what they are now, by name."""
    about = helps(type(settings))
    found = {}
    for start in range(0, len(names), _COLUMNS):
        columns = st.columns(_COLUMNS, vertical_alignment="bottom")
        for column, name in zip(columns, names[start : start + _COLUMNS], strict=False):
            key = f"{prefix}_{name}"
            found[name] = _show(column, settings, name, about.get(name, ""), key)
    return found


def names_of(settings: Any) -> list[str]:
    """The fields in their order."""
    return [field.name for field in fields(settings)]


@cache
def helps(kind: type[Any]) -> dict[str, str]:
    """What the source says below each field of a dataclass."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for field, words in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            said = words.value if isinstance(words, ast.Expr) else None
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                found[field.target.id] = _spoken(said.value)
    return found


def _spoken(words: str) -> str:
    """A docstring as a sentence for people."""
    return " ".join(_role.sub(r"\1", words).replace("``", "`").split())


def _show(column: Any, settings: Any, name: str, about: str, key: str) -> Any:
    value = getattr(settings, name)
    if options := _options(type(settings), name):
        return column.selectbox(name, options, options.index(value), help=about, key=key)
    if isinstance(value, bool):
        return column.toggle(name, value, help=about, key=key)
    if isinstance(value, int):
        return int(column.number_input(name, value=value, step=1, help=about, key=key))
    if isinstance(value, float):
        return float(
            column.number_input(
                name, value=value, step=value / 10 or 0.01, format="%g", help=about, key=key
            )
        )
    return column.text_input(name, value, help=about, key=key).strip()


def _options(kind: type[Any], name: str) -> list[str]:
    hint = get_type_hints(kind)[name]
    return list(get_args(hint)) if get_origin(hint) is Literal else []
