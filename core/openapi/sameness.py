"""Do two schemas, each of its own document, allow the same? Compared by what they say.

References are followed on both sides, circles included: two schemas are the same unless some path
through both leads to a difference. Texts for people (descriptions, examples, titles) do not count,
nor does the order of ``required``, ``enum`` and ``type``. Two ways to say the same thing, such as
``const`` and an ``enum`` of one, are different all the same.
"""

from __future__ import annotations

import orjson

from core.errors import DanglingReferenceError
from core.openapi.document import Document
from core.request import Json

_TEXTS = frozenset(
    {
        "$comment",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "summary",
        "title",
    }
)
_NAMED = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})
"""Keywords under which the members are named by the author, so that none is a keyword."""
_UNORDERED = frozenset({"required", "enum", "type"})

_Pair = tuple[Json, Json]
_Node = tuple[int, int]
"""Two schemas that references lead to, by identity: their documents keep them alive."""


class Sameness:
    """Compares schemas of two documents, and remembers those that references lead to."""

    def __init__(self, old: Document, new: Document) -> None:
        self._old = old
        self._new = new
        self._verdicts: dict[_Node, bool] = {}
        self._kept: list[_Pair] = []
        """What verdicts are about: an identity is one only as long as its object lives."""

    def same(self, old: Json, new: Json) -> bool:
        """Whether a schema of the old document says what one of the new document does."""
        pairs = self._pairs(old, new)
        if pairs is None:
            return False
        self._decide(pairs)
        return all(self._verdicts[_node(pair)] for pair in pairs)

    def _decide(self, pairs: list[_Pair]) -> None:
        """Bring these pairs, and all that they lead to, to a verdict.

        All are the same until one differs in itself; then those that lead to it differ too.
        """
        leads_to: dict[_Node, list[_Node]] = {}
        different: list[_Node] = []
        pending = list(pairs)
        while pending:
            pair = pending.pop()
            node = _node(pair)
            if node in self._verdicts:
                continue
            self._verdicts[node] = True
            self._kept.append(pair)
            inner = self._pairs(*pair)
            if inner is None:
                different.append(node)
                continue
            for child in map(_node, inner):
                leads_to.setdefault(child, []).append(node)
                if self._verdicts.get(child) is False:
                    different.append(node)
            pending += inner
        while different:
            node = different.pop()
            if self._verdicts[node]:
                self._verdicts[node] = False
                different += leads_to.get(node, ())

    def _pairs(self, old: Json, new: Json) -> list[_Pair] | None:
        """What references in two schemas lead to, in pairs; ``None`` if they differ before that."""
        found: list[_Pair] = []
        pending: list[tuple[Json, Json, bool]] = [(old, new, False)]
        while pending:
            left, right, is_named = pending.pop()
            if not is_named and (_is_reference(left) or _is_reference(right)):
                found.append((_target(left, self._old), _target(right, self._new)))
                left, right = _beside(left, self._old), _beside(right, self._new)
            if isinstance(left, dict) and isinstance(right, dict):
                left, right = _said(left, is_named), _said(right, is_named)
                if left.keys() != right.keys():
                    return None
                for name, value in left.items():
                    pending.append((value, right[name], not is_named and name in _NAMED))
            elif isinstance(left, list) and isinstance(right, list):
                if len(left) != len(right):
                    return None
                pending += [(one, other, False) for one, other in zip(left, right, strict=True)]
            elif left != right or isinstance(left, bool) != isinstance(right, bool):
                return None
        return found


def _node(pair: _Pair) -> _Node:
    return id(pair[0]), id(pair[1])


def _is_reference(value: Json) -> bool:
    return isinstance(value, dict) and isinstance(value.get("$ref"), str)


def _target(value: Json, document: Document) -> Json:
    """What a reference leads to; one that leads nowhere stands for itself."""
    try:
        return document.resolve(value)
    except DanglingReferenceError:
        return value["$ref"]


def _beside(value: Json, document: Document) -> Json:
    """What stands beside a reference and counts; nothing for what is no reference: that is in the
    pair.
    """
    if not _is_reference(value) or not document.has_sibling_keywords:
        return {}
    return {name: inner for name, inner in value.items() if name != "$ref"}


def _said(value: dict[str, Json], is_named: bool) -> dict[str, Json]:
    """The members that count, lists whose order says nothing in one order."""
    if is_named:
        return value
    return {
        name: _in_order(inner) if name in _UNORDERED and isinstance(inner, list) else inner
        for name, inner in value.items()
        if name not in _TEXTS and not name.startswith("x-")
    }


def _in_order(values: list[Json]) -> list[Json]:
    return sorted(values, key=lambda value: orjson.dumps(value, option=orjson.OPT_SORT_KEYS))
