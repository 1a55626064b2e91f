"""What names stand for in Swift code: variables, and the code's own functions and types."""

from __future__ import annotations

from dataclasses import dataclass, field

from tree_sitter import Node

from core.parse.swift_type import Type
from core.parse.thing import Folded


@dataclass
class Scope:
    """The names that are known at one point of the program."""

    names: dict[str, Folded] = field(default_factory=dict)
    """Variables, and ``Type.member`` for what belongs to a type as a whole."""
    functions: dict[str, Node] = field(default_factory=dict)
    owners: dict[str, Type] = field(default_factory=dict)
    """The types that functions belong to, by the names of the functions."""
    types: dict[str, Type] = field(default_factory=dict)
