"""What changed between two versions of an API, as far as callers notice: operations added, removed
and changed.

>>> difference(old, new).changed
(Change(label='GET /pets', what=('query parameter “limit” is now required',)),)

An operation has changed when its parameters or its body have. Responses are not compared, nor are
descriptions and examples. Schemas are compared by what they say, wherever they stand, so a schema
that only moved or got another name is no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import MediaType, Operation, Parameter
from core.openapi.sameness import Sameness
from core.openapi.shape import resolved, schema_type

_parameter_name = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Change:
    """An operation that is in both versions, and asks for something else than before."""

    label: str
    """As the newer version has it."""
    what: tuple[str, ...]
    """Each change in words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a newer version of a document changes; labels, in the order of the documents."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()


def difference(old: Document, new: Document) -> Difference:
    """What callers of the old version notice in the new one."""
    before, after = _by_place(old), _by_place(new)
    compare = _Comparison(old, new, Sameness(old, new))
    changes = (
        Change(after[place].label, tuple(compare.operations(before[place], after[place])))
        for place in after
        if place in before
    )
    return Difference(
        added=tuple(after[place].label for place in after if place not in before),
        removed=tuple(before[place].label for place in before if place not in after),
        changed=tuple(change for change in changes if change.what),
    )


def _by_place(document: Document) -> dict[tuple[str, str], Operation]:
    """Operations by method and path, whatever the path's parameters are called."""
    found: dict[tuple[str, str], Operation] = {}
    for operation in operations(document):
        if isinstance(operation, Operation):
            place = (operation.method, without_names(operation.path))
            if place in found:  # two paths that differ in nothing but names
                place = (operation.method, operation.path)
            found[place] = operation
    return found


def without_names(path: str) -> str:
    """A path whose parameters have no names: ``/pets/{}``."""
    return _parameter_name.sub("{}", path)


@dataclass(frozen=True, slots=True)
class _Comparison:
    old: Document
    new: Document
    schemas: Sameness

    def operations(self, old: Operation, new: Operation) -> Iterator[str]:
        if old.path != new.path:
            yield f"the path was {old.path}"
        yield from self._parameters(old, new)
        yield from self._bodies(old, new)

    def _parameters(self, old: Operation, new: Operation) -> Iterator[str]:
        before, after = _parameters_by_name(old, new.path), _parameters_by_name(new, new.path)
        for key in before:
            if key not in after:
                yield f"{_title(before[key])} removed"
        for key, parameter in after.items():
            if key not in before:
                yield f"{_title(parameter)} added{', required' if parameter.required else ''}"
            else:
                yield from self._parameter(before[key], parameter)

    def _parameter(self, old: Parameter, new: Parameter) -> Iterator[str]:
        if old.required != new.required:
            yield f"{_title(new)} is {'now' if new.required else 'no longer'} required"
        same_schema = self.schemas.same(old.schema, new.schema)
        if not same_schema or self._manner(old, self.old) != self._manner(new, self.new):
            yield f"{_title(new)} changed"

    @staticmethod
    def _manner(parameter: Parameter, document: Document) -> tuple[object, ...]:
        """How a value is written; whether lists are taken apart is nothing to a single value."""
        kind = schema_type(resolved(parameter.schema, document))
        explode = parameter.explode if kind in ("array", "object", "") else None
        return parameter.style, explode, parameter.media_type, parameter.allow_reserved

    def _bodies(self, old: Operation, new: Operation) -> Iterator[str]:
        before = {media_type.name: media_type for media_type in old.media_types}
        after = {media_type.name: media_type for media_type in new.media_types}
        if not before or not after:
            if before or after:
                yield f"body {'added' if after else 'removed'}"
            return
        if old.body_required != new.body_required:
            yield f"body is {'now' if new.body_required else 'no longer'} required"
        yield from (f"body as {name} removed" for name in before if name not in after)
        yield from (f"body as {name} added" for name in after if name not in before)
        kept = [name for name in after if name in before]
        if not all(self._same_body(before[name], after[name]) for name in kept):
            yield "body changed"

    def _same_body(self, old: MediaType, new: MediaType) -> bool:
        return self.schemas.same(old.schema, new.schema) and old.encoding == new.encoding


def _parameters_by_name(operation: Operation, path: str) -> dict[tuple[str, str], Parameter]:
    """By place and name; those of the path by the names that they have in ``path``."""
    names = dict(
        zip(_parameter_name.findall(operation.path), _parameter_name.findall(path), strict=False)
    )
    return {
        (parameter.place, _name(parameter, names)): parameter for parameter in operation.parameters
    }


def _name(parameter: Parameter, names: dict[str, str]) -> str:
    if parameter.place == "path":
        return names.get(parameter.name, parameter.name)
    return parameter.name.lower() if parameter.place == "header" else parameter.name


def _title(parameter: Parameter) -> str:
    return f"{parameter.place} parameter “{parameter.name}”"
