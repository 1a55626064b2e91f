"""The child process of :mod:`core.openapi.validation`: openapi-spec-validator behind limits.

``python -m core.openapi.validator SECONDS BYTES FINDINGS`` reads a document as JSON and writes one
JSON object per line: each finding as soon as it is known, at the end how many were not written and
how many references were passed over. An exception ends the process: its last line is the reason
that the report gives.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any, NoReturn
from urllib.parse import unquote

import orjson
from jsonschema.exceptions import ValidationError, relevance
from jsonschema_path import SchemaPath
from openapi_spec_validator import (
    OpenAPIV2SpecValidator,
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)
from openapi_spec_validator.validation.exceptions import (
    ExtraParametersError,
    UnresolvableParameterError,
)
from openapi_spec_validator.validation.keywords import KeywordValidator, ValueValidator
from openapi_spec_validator.validation.registries import KeywordValidatorRegistry

from core.openapi.reference import pointer, pointer_tokens
from core.openapi.stand_in import Place, leads_out, references, set_aside
from core.request import Json
from core.wire import shorten

VALIDATORS = {
    "2.0": OpenAPIV2SpecValidator,
    "3.0": OpenAPIV30SpecValidator,
    "3.1": OpenAPIV31SpecValidator,
    "3.2": OpenAPIV32SpecValidator,
}
_LONGEST_MESSAGE = 240
_WAYS_OUT = ("socket.connect", "socket.getaddrinfo", "urllib.Request")


def findings(root: dict[str, Json]) -> Iterator[tuple[str, Place]]:
    """What is wrong with a document, as messages and places; changes the document."""
    member = "swagger" if "swagger" in root else "openapi"
    validator_class = _validator_class(root.get(member))
    if validator_class is None:
        yield f"“{member}” must be one of {', '.join(VALIDATORS)}, in quotes.", (member,)
        return
    shape = validator_class.schema_validator
    shape.check_schema(shape.schema)  # lazy: now it is read from its package, before the wall
    sys.addaudithook(_stay_inside)
    # First the shape, against the JSON Schema of the specification: it follows no reference.
    for error in shape.iter_errors(root):
        cause = _cause(error)
        if not leads_out(cause.instance):  # many files say $ref where the specification has none
            yield _message(cause), tuple(cause.absolute_path)
    # Then what a schema cannot say, which needs the references followed.
    is_partial = count_outside(root) > 0
    yield from set_aside(root)
    path = SchemaPath.from_dict(root, handlers=_NoHandlers(), resolved_cache_maxsize=128)
    validator = validator_class(path)
    registry = KeywordValidatorRegistry(
        {name: _located(cls) for name, cls in validator.keyword_validators.items()}
    )
    check: Any = registry["__root__"]
    for error in check(path):
        if not (
            is_partial and isinstance(error, ExtraParametersError | UnresolvableParameterError)
        ):
            cause = _cause(error)
            place = (*_steps(root, error.place), *cause.absolute_path)
            yield _message(cause), place


def count_outside(root: Json) -> int:
    """How many references lead out of the document."""
    return sum(not reference.target.startswith("#") for reference in references(root))


def _validator_class(version: Json) -> Any:
    """``3.0.4`` → the validator of 3.0; None where there is none."""
    if not isinstance(version, str):
        return None
    return VALIDATORS.get(".".join(version.split(".")[:2]))


def _located(keyword: Any) -> type[KeywordValidator]:
    """The same validator, whose errors know the path at which they were found."""
    checks_a_value = issubclass(keyword, ValueValidator)

    def call(self: Any, *arguments: Any, **options: Any) -> Iterator[ValidationError]:
        path = next((value for value in arguments if isinstance(value, SchemaPath)), None)
        for error in keyword.__call__(self, *arguments, **options):
            if not hasattr(error, "place") and path is not None:
                error.place = (*path.parts, "default") if checks_a_value else path.parts
            yield error

    return type(keyword.__name__, (keyword,), {"__call__": call})


def _steps(root: Json, place: Place) -> Place:
    """The place in the text that a path through references leads to."""
    value = root
    steps: Place = ()
    for step in place:
        while isinstance(value, dict) and isinstance(value.get("$ref"), str) and step not in value:
            steps = tuple(pointer_tokens(unquote(value["$ref"][1:])))
            value = _at(root, steps)
        steps = (*steps, step)
        value = _at(value, (step,))
    return steps


def _at(value: Json, steps: Place) -> Json:
    for step in steps:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def _cause(error: ValidationError) -> ValidationError:
    """The error that explains “not valid under any of the given schemas”."""
    while error.context:
        alternatives = _alternatives(error)
        meant = [errors for errors in alternatives if not any(map(_rules_out, errors))]
        if len(meant) == 1:
            error = max(meant[0], key=relevance)
        elif not meant and any(map(_is_about_kind, chain(*alternatives))):
            return _no_such_kind(alternatives)
        else:  # as jsonschema's own best_match: the deepest comes closest to what was meant
            error = min(chain(*(meant or alternatives)), key=relevance)
    return error


def _alternatives(error: ValidationError) -> list[list[ValidationError]]:
    """What is wrong with the value under each of the given schemas, and those within them."""
    by_schema: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        by_schema.setdefault(next(iter(inner.schema_path), None), []).append(inner)
    alternatives: list[list[ValidationError]] = []
    for errors in by_schema.values():
        within = [inner for inner in errors if inner.context and not inner.path]
        found = [[inner for inner in errors if inner not in within]]
        for inner in within:
            found = [[*some, *others] for some in found for others in _alternatives(inner)]
        alternatives += found
    return alternatives


def _rules_out(error: ValidationError) -> bool:
    """Whether an error says that the author meant another alternative."""
    if error.validator == "required":
        return bool("$ref" in error.validator_value and "$ref" not in error.instance)
    return _is_about_kind(error)


def _is_about_kind(error: ValidationError) -> bool:
    """Whether the member that tells objects of several kinds apart says another kind."""
    return error.validator in ("enum", "const") and list(error.path) in (["type"], ["in"])


def _no_such_kind(alternatives: list[list[ValidationError]]) -> ValidationError:
    """One error from those of the alternatives that come closest: no parameter is ``in: body``."""
    clues = [[error for error in errors if _is_about_kind(error)] for errors in alternatives]
    ranks = [(any(error.path[0] == "in" for error in errors), len(errors)) for errors in clues]
    best = min(rank for rank, errors in zip(ranks, clues, strict=True) if errors)
    closest = [
        error for rank, errors in zip(ranks, clues, strict=True) if rank == best for error in errors
    ]
    kinds: dict[str, None] = {}
    for error in closest:
        if error.path == closest[0].path:
            value = error.validator_value
            kinds |= dict.fromkeys(value if error.validator == "enum" else [value])
    closest[0].message = f"{closest[0].instance!r} is not one of {list(kinds)}"
    return closest[0]


def _message(error: ValidationError) -> str:
    """One sentence; a long value in it is cut."""
    text = error.message
    shown = repr(error.instance)
    if len(shown) > 60 and text.startswith(shown):
        text = shown[:59] + "…" + text[len(shown) :]
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"


class _NoHandlers(dict[str, Callable[[str], NoReturn]]):
    """Claims every scheme of URL, and opens none; an empty dict would mean “fetch it”."""

    def __contains__(self, scheme: object) -> bool:
        return True

    def __missing__(self, scheme: str) -> Callable[[str], NoReturn]:
        return _refuse


def _refuse(url: str) -> NoReturn:
    raise PermissionError(f"the document wants to open {shorten(url, 120)}, which is not allowed")


def _stay_inside(event: str, arguments: tuple[Any, ...]) -> None:
    """A second wall, for the ways of a library that we do not know."""
    if event in _WAYS_OUT:
        raise PermissionError(f"the document wants to reach the network ({event})")


def _bound(seconds: float, max_bytes: int) -> None:
    """Limits that hold even if the parent dies; Windows has none of them."""
    if sys.platform != "win32":
        import resource

        limits = {resource.RLIMIT_AS: max_bytes, resource.RLIMIT_CPU: int(seconds) + 1}
        for limit, value in limits.items():
            with suppress(ValueError, OSError):  # macOS refuses some
                resource.setrlimit(limit, (value, value))


def _main(seconds: str, max_bytes: str, max_findings: str) -> None:
    _bound(float(seconds), int(max_bytes))
    seen: set[tuple[str, Place]] = set()
    root = orjson.loads(sys.stdin.buffer.read())
    passed_over = count_outside(root)
    for finding in findings(root):
        if finding in seen:
            continue
        seen.add(finding)
        if len(seen) <= int(max_findings):
            message, place = finding
            _write({"message": message, "pointer": pointer(*place)})
    _write({"more": max(0, len(seen) - int(max_findings)), "passed_over": passed_over})


def _write(value: Json) -> None:
    sys.stdout.buffer.write(orjson.dumps(value) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main(*sys.argv[1:])
