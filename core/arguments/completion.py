"""Arguments made whole: what an object needs beside the members that were said.

Who says “30 days to pay” gives ``terms.days``; that ``terms`` also needs a currency, the document
knows, and a placeholder stands for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.build import choose_media_type
from core.openapi.document import Document
from core.openapi.json_value import laid_over
from core.openapi.operation import Operation
from core.openapi.schema import satisfies
from core.openapi.shape import ALTERNATIVES, properties_of, property_of, resolved
from core.request import Json
from core.values import PlaceholderValues


def complete(
    operation: Operation, arguments: Mapping[str, Any], values: PlaceholderValues
) -> dict[str, Any]:
    """The same arguments, objects inside a body made whole, as :func:`core.build.build` takes
    them.
    """
    media_type = choose_media_type(operation)
    body = arguments.get("body")
    if media_type is None or not isinstance(body, dict | list):
        return dict(arguments)
    return {**arguments, "body": _whole(body, media_type.schema, operation.document, values)}


def _whole(given: Json, schema: Any, document: Document, values: PlaceholderValues) -> Json:
    """The first reading of a value that its schema allows, else the one that says most of it."""
    if isinstance(given, list):
        items = resolved(schema, document).get("items", True)
        return [_whole(item, items, document, values) for item in given]
    if not isinstance(given, dict):
        return given
    readings = [
        _completed(given, alternative, document, values)
        for alternative in _alternatives(given, schema, document)
    ]
    return next((each for each in readings if satisfies(each, schema, document)), readings[0])


def _alternatives(given: dict[str, Json], schema: Any, document: Document) -> list[Any]:
    """The schema, or what it may mean instead, by how many of the given members it knows."""
    plain = resolved(schema, document)
    for keyword in ALTERNATIVES:
        listed = plain.get(keyword)
        if isinstance(listed, list) and listed:
            return sorted(
                listed, key=lambda each: -len(given.keys() & properties_of(each, document).keys())
            )
    return [schema]


def _completed(
    given: dict[str, Json], schema: Any, document: Document, values: PlaceholderValues
) -> dict[str, Json]:
    members = {
        name: _whole(value, property_of(schema, name, document), document, values)
        for name, value in given.items()
    }
    needed = values.member(schema).value
    whole = laid_over(needed, members) if isinstance(needed, dict) else members
    return whole if isinstance(whole, dict) else members
